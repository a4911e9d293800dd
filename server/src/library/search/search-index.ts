export const searchKinds = [
  'title',
  'episode',
  'person',
  'file',
  'artist',
  'album',
  'track',
  'photo',
] as const;
export type SearchKind = (typeof searchKinds)[number];
/** What there is of films and series. */
export const filmKinds = ['title', 'episode', 'person', 'file'] as const satisfies readonly SearchKind[];

/** One thing that can be found. */
export interface SearchDocument {
  kind: SearchKind;
  /** Id of the title, episode, person or file; unique over all kinds. */
  id: string;
  /** The title it belongs to; its own id for a title. */
  titleId: string | null;
  /** Everything it goes by, the main name first: “Amélie”, “Le Fabuleux Destin d’Amélie Poulain”, “2001”. */
  names: readonly string[];
  /** Breaks ties, higher first: when it was added, in milliseconds since the epoch. */
  boost: number;
}

export interface SearchHit {
  kind: SearchKind;
  id: string;
  titleId: string | null;
  /** Typing errors that were forgiven. */
  edits: number;
}

/**
 * Finds things by what people type: word beginnings, any diacritics, small typing errors. Two adapters: FTS5 on SQLite,
 * `tsvector` on PostgreSQL. Whoever changes titles, episodes, people or files says so inside the same transaction,
 * best through `SearchIndexer` (search-indexer.service.ts), which reads the documents from the tables itself:
 * call it once per batch, not per row.
 */
export abstract class SearchIndex {
  /** Adds or replaces; what is unchanged costs one look. Joins the transaction under way. */
  abstract upsert(documents: readonly SearchDocument[]): Promise<void>;
  abstract remove(ids: readonly string[]): Promise<void>;
  /** The best hits of each kind, best first: whole name, beginning of the name, words, beginnings of words, typos. */
  abstract find(query: string, kinds: readonly SearchKind[], limit: number): Promise<SearchHit[]>;
}
