import { editDistance, forgivenEdits } from './edit-distance.js';

test.each([
  ['matrix', 'matrix', 0],
  ['marix', 'matrix', 1],
  ['mattrix', 'matrix', 1],
  ['matrox', 'matrix', 1],
  ['martix', 'matrix', 1],
  ['intersteler', 'interstellar', 2],
  ['matrix', 'casablanca', Infinity],
  ['abcd', 'abcdefgh', Infinity],
])('%s and %s are %d apart', (typed, term, distance) => expect(editDistance(typed, term, 2)).toBe(distance));

test.each([
  ['intrest', 'interstellar', 1],
  ['inters', 'interstellar', 0],
  ['godfahter', 'godfathers', 1],
  ['xyzzy', 'interstellar', Infinity],
])('%s begins %s with %d errors', (typed, term, distance) =>
  expect(editDistance(typed, term, 2, true)).toBe(distance),
);

test('forgives nothing in short words, one error in most, two in long ones', () => {
  expect([3, 4, 7, 8].map(forgivenEdits)).toEqual([0, 1, 1, 2]);
});
