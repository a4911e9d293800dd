/** Letters that Unicode does not decompose. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
};
const undecomposed = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');
/** `S.W.A.T.`, `M*A*S*H`: said as one word. */
const spelled = /(?<![\p{L}\p{N}])(?:\p{L}[.*]){2,}\p{L}?(?![\p{L}\p{N}])/gu;
/** Han and kana are written without spaces: each character is a word of its own. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu;

/** Longest word that is kept, in characters; what is longer is a hash in a file name. */
const longestWord = 40;

/** Text reduced to what people type: lower case, no diacritics (NFKD), no apostrophes, `&` as “and”. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(undecomposed, (letter) => letters[letter] ?? letter)
    .replace(/['’ʼ`´]/g, '')
    .replace(/&/g, ' and ')
    .replace(spelled, (run) => run.replace(/[.*]/g, ''));
}

/** The words of a text, folded, in order. */
export function wordsOf(text: string): string[] {
  return (fold(text).match(word) ?? []).map((each) => each.slice(0, longestWord));
}

/** Most words a query is read of; the rest hardly narrows anything. */
const longestQuery = 8;

/** The words of what a person typed. */
export const queryWords = (query: string): string[] => wordsOf(query).slice(0, longestQuery);

/** Names as stored: each on a line, its words after one space each, so that ` ma` finds every word beginning with it. */
export const storedText = (names: readonly string[]): string =>
  [
    ...new Set(
      names.map((name) =>
        wordsOf(name)
          .map((each) => ` ${each}`)
          .join(''),
      ),
    ),
  ]
    .filter(Boolean)
    .join('\n');

/** The names of a stored text, as words. */
export const storedNames = (text: string): string[][] =>
  text.split('\n').map((line) => line.split(' ').filter(Boolean));
