import { computed, signal } from '@angular/core';
import type { TitleCard, TitleFacets } from '@hearth/contract/title';
import {
  type End,
  endToRead,
  newSegment,
  type Segment,
  segmentsByLetter,
  type WallPage,
  withPage,
} from './wall-segment';

export interface PageRequest {
  readonly cursor?: string;
  /** Limits it to one initial. */
  readonly letter?: string;
  readonly limit: number;
  /** In the opposite order of the wall’s. */
  readonly reversed: boolean;
}
export type FetchPage = (request: PageRequest) => Promise<WallPage>;

/** Titles per request: large, since a jump into the middle of a segment walks there page by page. */
const pageSize = 120;
/** Below this, one list is quicker than one per letter. */
const smallest = 360;

/**
 * The titles behind a wall. Keyset pages can only be read in order, so the wall is cut into segments, each read from
 * whichever of its ends is nearer to what is on screen; without letters (other sorts) there is one segment.
 */
export class WallData {
  readonly #fetch: FetchPage;
  readonly #reversible: boolean;
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

  /** `reversible`: the order can be asked for backwards (a shuffled one can’t). */
  constructor(fetch: FetchPage, reversible = true) {
    this.#fetch = fetch;
    this.#reversible = reversible;
  }

  /** The title at `index`, if it has arrived. Reads a signal. */
  readonly at = (index: number): TitleCard | undefined => {
    const segment = this.#segments().find(({ start, count }) => index >= start && index < start + count);
    return segment?.items[index - segment.start];
  };

  /** Reads anew, letter by letter where `letters` are given. What is shown stays until its successor is there. */
  async load(letters?: TitleFacets['letters'], descending = false): Promise<void> {
    const generation = ++this.#generation;
    const total = letters?.reduce((sum, letter) => sum + letter.count, 0) ?? 0;
    this.#loading.clear();
    if (letters && total > smallest) {
      this.#reset(segmentsByLetter(letters, descending));
      return this.#fill();
    }
    try {
      const page = await this.#fetch({ limit: pageSize, reversed: false });
      if (generation !== this.#generation) return;
      this.#reset([withPage(newSegment(0, page.total), 'head', page)]);
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
    const before = this.#segments();
    this.#segments.set(
      segments.map((segment) => {
        const old = before.find(({ letter }) => segment.letter === letter);
        if (!old || old.count !== segment.count) return segment;
        const items = Array.from(
          { length: segment.count },
          (_, place) => segment.items[place] ?? old.items[place],
        );
        return { ...segment, items };
      }),
    );
    this.#known.set(true);
  }

  /** Starts a reader for every segment on screen that lacks titles. */
  async #fill(): Promise<void> {
    const readers = this.#segments().flatMap((_, index) =>
      this.#next(index) && !this.#loading.has(index) ? [this.#read(index, this.#generation)] : [],
    );
    await Promise.all(readers);
  }

  /** Reads one segment page by page for as long as the screen wants more of it. */
  async #read(index: number, generation: number): Promise<void> {
    this.#loading.add(index);
    try {
      for (let next = this.#next(index); next; next = this.#next(index)) {
        const { segment, end } = next;
        const page = await this.#fetch({
          cursor: segment[end].cursor ?? undefined,
          letter: segment.letter,
          limit: pageSize,
          reversed: end === 'tail',
        });
        if (generation !== this.#generation) return;
        this.#segments.update((segments) =>
          segments.map((old, at) => (at === index ? withPage(old, end, page) : old)),
        );
      }
    } catch (error) {
      if (generation === this.#generation) this.#problem.set(error);
    } finally {
      if (generation === this.#generation) this.#loading.delete(index);
    }
  }

  #next(index: number): { segment: Segment; end: End } | undefined {
    const segment = this.#segments()[index];
    const [first, last] = this.#wanted;
    if (!segment || segment.start > last || segment.start + segment.count <= first) return undefined;
    const end = endToRead(segment, first, last, this.#reversible);
    return end && { segment, end };
  }
}
