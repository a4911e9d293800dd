import { nearTerms, type NearTerms } from './near-terms.js';
import type { SearchStore } from './search-store.js';

/** So many new terms are searched beside the rest, and read anew each time; with more, all are put in one order. */
const newTerms = 2000;
/** Ids are given before the commit: a slower transaction may add lower ones than those already read. */
const lateIds = 500;
/** Typing errors forgiven in a word of this length. */
const forgivenEdits = (length: number): number => (length < 8 ? 1 : 2);
/** Words worth correcting: at least this long, and made of letters. */
export const correctable = /^\p{L}{3,}$/u;
/** Words of three letters are all close to each other: only letters in the wrong order are forgiven. */
const isForgiven = (word: string, term: string): boolean =>
  word.length > 3 || letters(word) === letters(term);
const letters = (word: string): string => word.split('').sort().join('');

/**
 * The words that the library's names are made of, in memory: looking for what a word may have been meant to be takes
 * longer in either database. Read when somebody first mistypes; a hundred thousand words take some megabytes.
 */
export class Vocabulary {
  private terms: string[] = [];
  private last = 0;

  constructor(private readonly store: Pick<SearchStore, 'termsAfter'>) {}

  /** What the word may have been meant to be: terms by typing errors, or beginnings of terms if it is still being typed. */
  async near(word: string, isBeginning: boolean): Promise<NearTerms> {
    if (!correctable.test(word)) return new Map();
    const fresh = await this.freshTerms();
    const most = forgivenEdits(word.length);
    const near = (terms: readonly string[]) => [...nearTerms(terms, word, most, isBeginning)];
    return new Map([...near(this.terms), ...near(fresh)].filter(([term]) => isForgiven(word, term)));
  }

  private async freshTerms(): Promise<string[]> {
    const { terms } = await this.store.termsAfter(Math.max(0, this.last - lateIds));
    if (terms.length <= newTerms + lateIds) return terms;
    const all = await this.store.termsAfter(0);
    [this.terms, this.last] = [all.terms, all.last];
    return [];
  }
}
