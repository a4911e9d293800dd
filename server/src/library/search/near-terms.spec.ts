import { nearTerms } from './near-terms.js';

const terms = [
  'alien',
  'aliens',
  'casablanca',
  'godfathers',
  'interstellar',
  'marathon',
  'matrix',
  'night',
  'nights',
];

test.each<[string, number, [string, number][]]>([
  ['matrix', 2, [['matrix', 0]]],
  ['marix', 2, [['matrix', 1]]],
  ['mattrix', 2, [['matrix', 1]]],
  ['matrox', 2, [['matrix', 1]]],
  ['martix', 1, [['matrix', 1]]],
  ['nigth', 1, [['night', 1]]],
  ['alein', 2, [['alien', 1], ['aliens', 2]]],
  ['intersteler', 2, [['interstellar', 2]]],
  ['intersteler', 1, []],
])('%s within %d errors is near %j', (typed, most, near) =>
  expect([...nearTerms(terms, typed, most, false)]).toEqual(near),
); // prettier-ignore

test.each([
  ['intrest', 1, [['interst', 1]]],
  ['inters', 0, [['inters', 0]]],
  ['xyzzy', 2, []],
])('%s within %d errors may begin %j', (typed, most, near) =>
  expect([...nearTerms(terms, typed, most, true)]).toEqual(near),
);

test('a long run of terms that begin wrong hides none behind it', () => {
  for (const length of [1, 2, 3, 7, 8, 9, 100]) {
    const run = Array.from(
      { length },
      (_, at) => `zebra${String.fromCharCode(97 + (at % 26)).repeat(at)}`,
    ).sort();
    expect([...nearTerms(['alien', ...run, 'zinc'], 'zicn', 1, false)]).toEqual([['zinc', 1]]);
  }
});
