import { editDistance, forgivenEdits } from './edit-distance.js';
import { type SearchDocument, type SearchHit, SearchIndex, type SearchKind } from './search-index.js';
import { type Candidate, rank, type Ranked, type Reading } from './search-rank.js';
import type { SearchStore } from './search-store.js';
import { queryWords, storedText } from './search-text.js';

/** Words worth correcting: at least this long, and made of letters. */
const correctable = /^\p{L}{4,}$/u;
/** Readings of one mistyped word that are followed up. */
const readingsOfWord = 8;
/** Candidates that are ranked in memory for one kind. */
const candidatePool = 200;

/** The search both databases share: candidates from the store, typos from its vocabulary, ranking here. */
export class RankedSearchIndex extends SearchIndex {
  constructor(private readonly store: SearchStore) {
    super();
  }

  async upsert(documents: readonly SearchDocument[]): Promise<void> {
    if (documents.length === 0) return;
    const stored = documents.map(({ names, ...rest }) => ({ ...rest, text: storedText(names) }));
    const words = new Set(stored.flatMap(({ text }) => text.split(/[ \n]+/)));
    await this.store.put(stored, [...words].filter((word) => correctable.test(word)).sort());
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.store.drop(ids);
  }

  async find(query: string, kinds: readonly SearchKind[], limit: number): Promise<SearchHit[]> {
    const words = queryWords(query);
    if (words.length === 0) return [];
    const asTyped = words.map((word) => new Map([[word, 0]]));
    let corrected: Promise<Reading[] | undefined> | undefined;
    const hits: SearchHit[] = [];
    for (const kind of kinds) {
      let found = rank(asTyped, await this.candidates(kind, words, limit));
      if (found.length < limit) {
        corrected ??= this.correct(words);
        found = await this.withTypos(kind, found, await corrected, limit);
      }
      for (const { id, titleId, edits } of found.slice(0, limit)) hits.push({ kind, id, titleId, edits });
    }
    return hits;
  }

  private async candidates(kind: SearchKind, words: readonly string[], limit: number): Promise<Candidate[]> {
    const pool = Math.max(candidatePool, limit);
    const readings = words.map((word) => [word]);
    const named = await this.store.named(kind, words.join(' '), pool);
    const begun = await this.store.worded(kind, readings, pool, false);
    // Too many words begin like this: the newest need not hold the whole words, which rank higher.
    const whole = begun.length === pool ? await this.store.worded(kind, readings, pool, true) : [];
    return unique([...named, ...begun, ...whole]);
  }

  private async withTypos(
    kind: SearchKind,
    found: readonly Ranked[],
    readings: Reading[] | undefined,
    limit: number,
  ): Promise<Ranked[]> {
    if (!readings) return [...found];
    const pool = Math.max(candidatePool, limit);
    const terms = readings.map((reading) => [...reading.keys()]);
    const candidates = await this.store.worded(kind, terms, pool, false);
    const known = new Set(found.map(({ id }) => id));
    return [...found, ...rank(readings, candidates).filter(({ id }) => !known.has(id))];
  }

  /** What the words may have been meant to be; undefined when nothing else comes near. */
  private async correct(words: readonly string[]): Promise<Reading[] | undefined> {
    const readings: Reading[] = [];
    for (const [at, word] of words.entries()) readings.push(await this.read(word, at === words.length - 1));
    return readings.some((reading) => reading.size > 1) ? readings : undefined;
  }

  private async read(word: string, isLast: boolean): Promise<Reading> {
    const most = correctable.test(word) ? forgivenEdits(word.length) : 0;
    const asTyped = new Map([[word, 0]]);
    if (most === 0) return asTyped;
    const longest = isLast ? word.length + 12 : word.length + most;
    const terms = await this.store.similarTerms(word, word.length - most, longest);
    const near = terms
      .map((term) => ({ term, edits: editDistance(word, term, most, isLast) }))
      .filter(({ term, edits }) => edits > 0 && edits <= most && !term.startsWith(word))
      .sort((a, b) => a.edits - b.edits || a.term.length - b.term.length)
      .slice(0, readingsOfWord);
    for (const { term, edits } of near) asTyped.set(term, edits);
    return asTyped;
  }
}

const unique = (candidates: readonly Candidate[]): Candidate[] => [
  ...new Map(candidates.map((candidate) => [candidate.id, candidate])).values(),
];
