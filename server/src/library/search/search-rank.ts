import { storedNames } from './search-text.js';

/** A typed word and what it may stand for, with the number of typing errors each reading assumes. */
export type Reading = ReadonlyMap<string, number>;

export interface Candidate {
  id: string;
  titleId: string | null;
  text: string;
  boost: number;
}

export interface Ranked extends Candidate {
  edits: number;
  /** 0 the whole name · 1 beginning of the name · 2 whole words · 3 beginnings of words */
  tier: number;
}

interface Match {
  edits: number;
  tier: number;
}

/** How a word of a name answers to a typed one: errors forgiven and whether it is the whole word; undefined if not at all. */
function wordMatch(reading: Reading, word: string): { edits: number; whole: boolean } | undefined {
  let best: { edits: number; whole: boolean } | undefined;
  for (const [term, edits] of reading) {
    if (!word.startsWith(term)) continue;
    const whole = word === term;
    if (!best || edits < best.edits || (edits === best.edits && whole && !best.whole))
      best = { edits, whole };
  }
  return best;
}

/** All typed words at the beginning of the name, in order. */
function headMatch(readings: readonly Reading[], name: readonly string[]): Match | undefined {
  if (name.length < readings.length) return undefined;
  let edits = 0;
  let isWhole = true;
  for (const [at, reading] of readings.entries()) {
    const match = wordMatch(reading, name[at] ?? '');
    if (!match || (!match.whole && at < readings.length - 1)) return undefined;
    edits += match.edits;
    isWhole &&= match.whole;
  }
  return { edits, tier: isWhole && name.length === readings.length ? 0 : 1 };
}

/** Every typed word somewhere in the names. */
function wordsMatch(readings: readonly Reading[], words: readonly string[]): Match | undefined {
  let edits = 0;
  let tier = 2;
  for (const reading of readings) {
    const matches = words.map((word) => wordMatch(reading, word)).filter((match) => match !== undefined);
    const fewest = Math.min(...matches.map((match) => match.edits));
    if (matches.length === 0) return undefined;
    edits += fewest;
    if (!matches.some((match) => match.whole && match.edits === fewest)) tier = 3;
  }
  return { edits, tier };
}

/** The year stands among the names to be found, but nothing is called by it alone: a film “2012” comes before those of 2012. */
const isYear = (name: readonly string[]): boolean => name.length === 1 && /^\d{4}$/.test(name[0] ?? '');

const better = (a: Match, b: Match): number => a.edits - b.edits || a.tier - b.tier;

/** Candidates that answer to all typed words, best first; ties go to the newer one. */
export function rank(readings: readonly Reading[], candidates: readonly Candidate[]): Ranked[] {
  const ranked = candidates.flatMap((candidate) => {
    const names = storedNames(candidate.text);
    const called = names.filter((name, at) => at === 0 || !isYear(name));
    const matches = [...called.map((name) => headMatch(readings, name)), wordsMatch(readings, names.flat())];
    const [best] = matches.filter((match) => match !== undefined).sort(better);
    return best ? [{ ...candidate, ...best }] : [];
  });
  return ranked.sort((a, b) => better(a, b) || b.boost - a.boost || (a.id < b.id ? -1 : 1));
}
