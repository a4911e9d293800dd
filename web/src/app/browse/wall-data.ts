import { computed, signal } from '@angular/core';
import type { TitleCard, TitleFacets } from '@hearth/contract/title';

/** One reply of the list: a page of titles and where the next one begins. */
export interface WallPage {
  readonly items: readonly TitleCard[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/** Asks for titles after `cursor`; `letter` limits them to one initial. */
export type FetchPage = (request: { cursor?: string; letter?: string; limit: number }) => Promise<WallPage>;

interface Segment {
  readonly letter?: string;
  /** Index of its first title on the wall. */
  readonly start: number;
  readonly count: number;
  /** What to show; beyond `fresh` it is what an earlier reading found. */
  readonly items: readonly TitleCard[];
  /** How many of `items` this reading has brought. */
  readonly fresh: number;
  readonly cursor: string | null;
  readonly complete: boolean;
}

/** Titles per request: large, since a jump into the middle of a segment walks there page by page. */
const pageSize = 120;
/** Below this, one list is quicker than one per letter. */
const smallest = 360;

/** Cuts a wall sorted by name into one segment a letter, so that the scroll bar and a jump to “T” are exact at once. */
export function segmentsByLetter(letters: TitleFacets['letters'], descending: boolean): Segment[] {
  const rank = (value: string) => (value === '#' ? '' : value);
  const order = [...letters]
    .filter((letter) => letter.count > 0)
    .sort((a, b) => rank(a.value).localeCompare(rank(b.value)));
  if (descending) order.reverse();
  let start = 0;
  return order.map(({ value, count }) => {
    const segment: Segment = {
      letter: value,
      start,
      count,
      items: [],
      fresh: 0,
      cursor: null,
      complete: false,
    };
    start += count;
    return segment;
  });
}

/**
 * The titles behind a wall. Keyset pages can only be read in order, so the wall is cut into segments that are each
 * read from their own start; without letters (other sorts) there is one segment.
 */
export class WallData {
  readonly #fetch: FetchPage;
  readonly #segments = signal<readonly Segment[]>([]);
  readonly #known = signal(false);
  readonly #problem = signal<unknown>(undefined);
  readonly #loading = new Set<number>();
  #wanted: readonly [number, number] = [0, 30];
  #generation = 0;

  readonly total = computed(() => this.#segments().reduce((sum, segment) => sum + segment.count, 0));
  /** False until the number of titles is known. */
  readonly known = this.#known.asReadonly();
  readonly problem = this.#problem.asReadonly();
  readonly letters = computed(() =>
    this.#segments().flatMap(({ letter, start }) => (letter === undefined ? [] : [{ letter, start }])),
  );

  constructor(fetch: FetchPage) {
    this.#fetch = fetch;
  }

  /** The title at `index`, if it has arrived. Reads a signal. */
  readonly at = (index: number): TitleCard | undefined => {
    const segment = this.#segments().find(({ start, count }) => index >= start && index < start + count);
    return segment?.items[index - segment.start];
  };

  /** Reads anew, letter by letter where `letters` are given. What is shown stays until the first titles are there. */
  async load(letters?: TitleFacets['letters'], descending = false): Promise<void> {
    const generation = ++this.#generation;
    const total = letters?.reduce((sum, letter) => sum + letter.count, 0) ?? 0;
    this.#loading.clear();
    if (letters && total > smallest) {
      this.#reset(segmentsByLetter(letters, descending));
      return this.#fill();
    }
    try {
      const page = await this.#fetch({ limit: pageSize });
      if (generation !== this.#generation) return;
      this.#reset([withPage({ ...blank, count: page.total }, page)]);
      await this.#fill();
    } catch (error) {
      if (generation === this.#generation) this.#problem.set(error);
    }
  }

  /** Says what is on screen: `first` to `last`, both included. */
  want(first: number, last: number): void {
    this.#wanted = [first, last];
    void this.#fill();
  }

  #reset(segments: readonly Segment[]): void {
    this.#problem.set(undefined);
    // What was read before is shown until the fresh titles arrive: no flash of grey.
    const before = this.#segments();
    this.#segments.set(
      segments.map((segment) => {
        const old = before.find(({ letter }) => segment.letter === letter);
        if (!old || old.count !== segment.count) return segment;
        return { ...segment, items: [...segment.items, ...old.items.slice(segment.fresh)] };
      }),
    );
    this.#known.set(true);
  }

  /** Starts a reader for every segment on screen that lacks titles. */
  async #fill(): Promise<void> {
    const [first, last] = this.#wanted;
    const touched = this.#segments().flatMap(({ start, count, complete }, index) =>
      !complete && start <= last && start + count > first && !this.#loading.has(index) ? [index] : [],
    );
    await Promise.all(touched.map((index) => this.#read(index, this.#generation)));
  }

  /** Reads one segment page by page for as long as the screen wants more of it. */
  async #read(index: number, generation: number): Promise<void> {
    this.#loading.add(index);
    try {
      for (let segment = this.#lacking(index); segment; segment = this.#lacking(index)) {
        const page = await this.#fetch({
          cursor: segment.cursor ?? undefined,
          letter: segment.letter,
          limit: pageSize,
        });
        if (generation !== this.#generation) return;
        this.#segments.update((segments) =>
          segments.map((old, at) => (at === index ? withPage(old, page) : old)),
        );
      }
    } catch (error) {
      if (generation === this.#generation) this.#problem.set(error);
    } finally {
      if (generation === this.#generation) this.#loading.delete(index);
    }
  }

  /** The segment at `index` if the screen wants more of it than was read. */
  #lacking(index: number): Segment | undefined {
    const segment = this.#segments()[index];
    const [first, last] = this.#wanted;
    if (!segment || segment.complete || segment.start > last || segment.start + segment.count <= first)
      return undefined;
    return segment.fresh < Math.min(segment.count, last - segment.start + 1) ? segment : undefined;
  }
}

const blank: Segment = { start: 0, count: 0, items: [], fresh: 0, cursor: null, complete: false };

function withPage(segment: Segment, page: WallPage): Segment {
  const fresh = segment.fresh + page.items.length;
  return {
    ...segment,
    items: [...segment.items.slice(0, segment.fresh), ...page.items, ...segment.items.slice(fresh)],
    fresh,
    cursor: page.nextCursor,
    // An empty page would be asked for again and again.
    complete: page.nextCursor === null || page.items.length === 0,
  };
}
