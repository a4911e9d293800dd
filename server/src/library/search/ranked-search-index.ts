import { type SearchDocument, type SearchHit, SearchIndex, type SearchKind } from './search-index.js';
import { type Candidate, rank, type Ranked, type Reading } from './search-rank.js';
import type { SearchStore, WordPart } from './search-store.js';
import { queryWords, storedText } from './search-text.js';
import { correctable, Vocabulary } from './vocabulary.js';

/** Readings of one mistyped word that are followed up. */
const readingsOfWord = 24;
/** What finds so many is not mistyped. */
const correctlyTyped = 100;
/** Candidates that are ranked in memory for one kind, unless more are asked for. */
const candidatePool = 200;

/** What the typed words may stand for, as whole words and as beginnings of words. */
type Readings = Record<WordPart, Reading[]>;

/** The search both databases share: candidates from the store, typing errors from its vocabulary, ranking here. */
export class RankedSearchIndex extends SearchIndex {
  private readonly vocabulary: Vocabulary;

  constructor(private readonly store: SearchStore) {
    super();
    this.vocabulary = new Vocabulary(store);
  }

  async upsert(documents: readonly SearchDocument[]): Promise<void> {
    if (documents.length === 0) return;
    const stored = documents.map(({ names, ...rest }) => {
      const text = storedText(names);
      return { ...rest, text, otherName: text.split('\n')[1] ?? null };
    });
    const words = new Set(stored.flatMap(({ text }) => text.split(/[ \n]+/)));
    await this.store.put(stored, [...words].filter((word) => correctable.test(word)).sort());
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.store.drop(ids);
  }

  async find(query: string, kinds: readonly SearchKind[], limit: number): Promise<SearchHit[]> {
    const words = queryWords(query);
    if (words.length === 0) return [];
    let corrected: Promise<Readings | undefined> | undefined;
    const correct = () => (corrected ??= this.correct(words));
    const hits: SearchHit[] = [];
    for (const kind of kinds)
      for (const { id, titleId, edits } of await this.findKind(kind, words, limit, correct))
        hits.push({ kind, id, titleId, edits });
    return hits;
  }

  /** Looks for what ranks highest first, and stops as soon as there is enough of it. */
  private async findKind(
    kind: SearchKind,
    words: readonly string[],
    limit: number,
    correct: () => Promise<Readings | undefined>,
  ): Promise<Ranked[]> {
    const found = new Map<string, Ranked>();
    const add = (readings: readonly Reading[], candidates: readonly Candidate[]): boolean => {
      const fresh = candidates.filter(({ id }) => !found.has(id));
      for (const each of rank(readings, fresh)) found.set(each.id, each);
      return found.size >= limit;
    };
    const worded = async (readings: Reading[], part: WordPart, pool: number) =>
      add(readings, await this.store.worded(kind, readings.map((reading) => termsOf(reading, part)), part, pool)); // prettier-ignore
    const best = () => [...found.values()].slice(0, limit);

    const typed = words.map((word): Reading => new Map([[word, 0]]));
    const pool = Math.max(candidatePool, limit);
    if (add(typed, await this.store.named(kind, words.join(' '), limit))) return best();
    // What is found already may be found again: hence more than are missing.
    if (await worded(typed, 'whole', Math.min(2 * limit, pool))) return best();
    if (await worded(typed, 'beginning', Math.min(3 * limit, pool))) return best();
    const corrected = found.size < correctlyTyped ? await correct() : undefined;
    if (!corrected || (await worded(corrected.whole, 'whole', pool))) return best();
    await worded(corrected.beginning, 'beginning', pool);
    return best();
  }

  /** What the words may have been meant to be; undefined when nothing else comes near. */
  private async correct(words: readonly string[]): Promise<Readings | undefined> {
    const readings: Readings = { whole: [], beginning: [] };
    for (const [at, word] of words.entries()) {
      const whole = await this.read(word, false);
      readings.whole.push(whole);
      const isLast = at === words.length - 1;
      readings.beginning.push(isLast ? new Map([...(await this.read(word, true)), ...whole]) : whole);
    }
    return readings.beginning.some((reading) => reading.size > 1) ? readings : undefined;
  }

  private async read(word: string, isBeginning: boolean): Promise<Reading> {
    const near = [...(await this.vocabulary.near(word, isBeginning))]
      .filter(([term]) => !term.startsWith(word))
      .sort(([a, edits], [b, more]) => edits - more || lengthGap(a, word) - lengthGap(b, word))
      .slice(0, readingsOfWord);
    return new Map([[word, 0], ...near]);
  }
}

const lengthGap = (term: string, word: string): number => Math.abs(term.length - word.length);

/** The terms to look for: a term whose beginning is looked for need not be. */
const termsOf = (reading: Reading, part: WordPart): string[] => {
  const terms = [...reading.keys()];
  if (part === 'whole') return terms;
  return terms.filter((term) => !terms.some((other) => other !== term && term.startsWith(other)));
};
