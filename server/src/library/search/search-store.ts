import type { SearchKind } from './search-index.js';
import type { Candidate } from './search-rank.js';

/** A document ready to store: its names folded (`storedText`). */
export interface StoredDocument {
  kind: SearchKind;
  id: string;
  titleId: string | null;
  text: string;
  /** The second name, as a line of `text`. */
  otherName: string | null;
  boost: number;
}

/** A document as it is read. */
export interface CandidateRow {
  item_id: string;
  title_id: string | null;
  text: string;
  boost: number;
}

export const toCandidate = (row: CandidateRow): Candidate => ({
  id: row.item_id,
  titleId: row.title_id,
  text: row.text,
  boost: row.boost,
});

/** How far a range of names is read before it is sorted by age. */
export const namesRead = 5000;

/** How much of a word must have been typed. */
export type WordPart = 'whole' | 'beginning';

/** What the two databases do differently; the ranking above them is the same. */
export interface SearchStore {
  /** `terms` join the vocabulary. */
  put(documents: readonly StoredDocument[], terms: readonly string[]): Promise<void>;
  drop(ids: readonly string[]): Promise<void>;
  /** Documents whose first or second name begins with `beginning` (folded words, one space between), whole names first, then the newest. */
  named(kind: SearchKind, beginning: string, limit: number): Promise<Candidate[]>;
  /** Documents with, for each typed word, one of its readings as a word or as the beginning of one; newest first. */
  worded(
    kind: SearchKind,
    readings: readonly (readonly string[])[],
    part: WordPart,
    limit: number,
  ): Promise<Candidate[]>;
  /** Terms that were added after the term with this id, in byte order, and the last id there is. */
  termsAfter(id: number): Promise<{ terms: string[]; last: number }>;
}
