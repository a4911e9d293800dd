import { fold, storedNames, storedText, wordsOf } from './search-text.js';

test.each([
  ['Amélie', 'amelie'],
  ['Łódź', 'lodz'],
  ['Straße', 'strasse'],
  ['Ægir & Œdipus', 'aegir  and  oedipus'],
  ['Schindler’s List', 'schindlers list'],
  ['S.W.A.T.', 'swat'],
  ['M*A*S*H', 'mash'],
  ['ﬁlm Ⅳ', 'film iv'],
  ['İstanbul', 'istanbul'],
  ['Ёлки', 'елки'],
])('folds %s to %s', (text, folded) => expect(fold(text)).toBe(folded));

test.each([
  ['The Lord of the Rings: The Two Towers', ['the', 'lord', 'of', 'the', 'rings', 'the', 'two', 'towers']],
  ['千と千尋の神隠し', ['千', 'と', '千', '尋', 'の', '神', '隠', 'し']],
  ['Akira アキラ 1988', ['akira', 'ア', 'キ', 'ラ', '1988']],
  ['The.Matrix.1999.2160p-GRP.mkv', ['the', 'matrix', '1999', '2160p', 'grp', 'mkv']],
  ['!!!', []],
])('reads the words of %s', (text, words) => expect(wordsOf(text)).toEqual(words));

test('Hangul is found while a syllable is still being typed', () => {
  expect(wordsOf('기생충')[0]?.startsWith(wordsOf('기새')[0] ?? '?')).toBe(true);
});

test('stored names come back as words, without repetition', () => {
  const text = storedText(['Amélie', 'Le Fabuleux Destin', 'amelie', '—']);
  expect(storedNames(text)).toEqual([['amelie'], ['le', 'fabuleux', 'destin']]);
});
