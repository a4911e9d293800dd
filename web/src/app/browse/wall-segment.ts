import type { TitleCard, TitleFacets } from '@hearth/contract/title';

/** One reply of the list: a page of titles and where the next one begins. */
export interface WallPage {
  readonly items: readonly TitleCard[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/** How far a segment was read from one of its ends. */
interface Reading {
  readonly count: number;
  readonly cursor: string | null;
  /** The server says there is no more this way. */
  readonly ended: boolean;
}

export type End = 'head' | 'tail';

/** A stretch of the wall that is read on its own, from both ends. */
export interface Segment {
  readonly letter?: string;
  /** Index of its first title on the wall. */
  readonly start: number;
  readonly count: number;
  /** By place in the segment; between what was read from both ends, what an earlier reading found or nothing. */
  readonly items: readonly (TitleCard | undefined)[];
  readonly head: Reading;
  readonly tail: Reading;
}

const unread: Reading = { count: 0, cursor: null, ended: false };

export function newSegment(start: number, count: number, letter?: string): Segment {
  return { start, count, letter, items: [], head: unread, tail: unread };
}

/** A wall sorted by name, one segment a letter: the scroll bar and a jump to “T” are exact before anything is read. */
export function segmentsByLetter(letters: TitleFacets['letters'], descending: boolean): Segment[] {
  const rank = (value: string) => (value === '#' ? '' : value);
  const order = letters
    .filter((letter) => letter.count > 0)
    .toSorted((a, b) => rank(a.value).localeCompare(rank(b.value)));
  if (descending) order.reverse();
  let start = 0;
  return order.map(({ value, count }) => {
    const segment = newSegment(start, count, value);
    start += count;
    return segment;
  });
}

/** From which end to read next so that wall indexes `first` to `last` become known; undefined when they are. */
export function endToRead(
  segment: Segment,
  first: number,
  last: number,
  reversible: boolean,
): End | undefined {
  const { start, count, head, tail } = segment;
  const from = Math.max(first - start, head.count);
  const to = Math.min(last - start, count - tail.count - 1);
  if (from > to) return undefined;
  const [headCost, tailCost] = [to + 1 - head.count, count - tail.count - from];
  const near: End = reversible && !tail.ended && tailCost < headCost ? 'tail' : 'head';
  return segment[near].ended ? undefined : near;
}

/** `segment` after one more page was read from `end`. */
export function withPage(segment: Segment, end: End, page: WallPage): Segment {
  const before = segment[end];
  const items = [...segment.items];
  page.items.forEach((item, offset) => {
    const place = end === 'head' ? before.count + offset : segment.count - 1 - before.count - offset;
    if (place >= 0 && place < segment.count) items[place] = item;
  });
  const reading: Reading = {
    count: before.count + page.items.length,
    cursor: page.nextCursor,
    // An empty page would be asked for again and again.
    ended: page.nextCursor === null || page.items.length === 0,
  };
  return { ...segment, items, [end]: reading };
}
