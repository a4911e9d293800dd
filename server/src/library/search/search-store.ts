import type { SearchKind } from './search-index.js';
import type { Candidate } from './search-rank.js';

/** A document ready to store: its names folded (`storedText`). */
export interface StoredDocument {
  kind: SearchKind;
  id: string;
  titleId: string | null;
  text: string;
  boost: number;
}

/** What the two databases do differently; the ranking above them is the same. */
export interface SearchStore {
  put(documents: readonly StoredDocument[], terms: readonly string[]): Promise<void>;
  drop(ids: readonly string[]): Promise<void>;
  /** Documents whose main name begins with `beginning` (folded words, one space between). */
  named(kind: SearchKind, beginning: string, limit: number): Promise<Candidate[]>;
  /** Documents with, for each typed word, a word that begins with one of its readings; newest first. */
  worded(
    kind: SearchKind,
    readings: readonly (readonly string[])[],
    limit: number,
    whole: boolean,
  ): Promise<Candidate[]>;
  /** Known words that look like `word`, at least `minLength` and at most `maxLength` long, likest first. */
  similarTerms(word: string, minLength: number, maxLength: number): Promise<string[]>;
}
