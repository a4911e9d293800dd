import { foldName } from '../scan/sort-name.js';

const romans: Readonly<Record<string, string>> = {
  ii: '2', iii: '3', iv: '4', v: '5', vi: '6', vii: '7', viii: '8', ix: '9', x: '10', xi: '11', xii: '12', xiii: '13',
}; // prettier-ignore

const articles = new Set([
  'the',
  'a',
  'an',
  'le',
  'la',
  'les',
  'der',
  'die',
  'das',
  'el',
  'los',
  'las',
  'il',
]);

/** Words of a name without its article, numerals as digits. */
function wordsOf(name: string): string[] {
  const words = foldName(name).split(' ').filter(Boolean);
  const [first = '', ...rest] = words;
  const bare = rest.length > 0 && articles.has(first) ? rest : words;
  return bare
    .map((word, index) => (index > 0 ? (romans[word] ?? word) : word))
    .filter((word) => word !== 'part');
}

/** A name before its colon or dash; file names often have no more. */
const headOf = (name: string): string => name.split(/:\s|\s[-–—]\s/u)[0] ?? name;

const numbersIn = (words: readonly string[]): string =>
  words
    .filter((word) => /^\d+$/u.test(word))
    .sort()
    .join(' ');

/**
 * How alike two names are, 0–1: 1 for the same but for writing, 0.9 where one has a subtitle that the other leaves out.
 * A number that only one of them has makes it another part.
 */
export function nameLikeness(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const [one, other] = [left.join(''), right.join('')];
  if (one === '' || other === '') return 0;
  if (one === other) return 1;
  const heads = [wordsOf(headOf(a)).join(''), wordsOf(headOf(b)).join('')];
  if (numbersIn(left) === numbersIn(right) && (heads[0] === other || heads[1] === one)) return 0.9;
  const likeness = Math.max(
    sharedWords(left, right),
    1 - distance(one, other) / Math.max(one.length, other.length),
  );
  return likeness * (numbersIn(left) === numbersIn(right) ? 0.95 : 0.5);
}

/** Sørensen–Dice over words. */
function sharedWords(a: readonly string[], b: readonly string[]): number {
  const left = [...b];
  const shared = a.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (a.length + b.length);
}

/** Levenshtein's, over at most 200 characters. */
function distance(a: string, b: string): number {
  const [one, other] = [a.slice(0, 200), b.slice(0, 200)];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
