import { chapterAt, chapterMarks, percentOf, positionAt } from './seek-scale';

test.each([
  [150, 50],
  [100, 0],
  [0, 0],
  [999, 100],
])('a pointer at %d px is at %d s', (x, seconds) => expect(positionAt(x, 100, 100, 100)).toBe(seconds));

test('a bar without width or a film without length is at its beginning', () => {
  expect(positionAt(10, 0, 0, 100)).toBe(0);
  expect(percentOf(10, 0)).toBe(0);
});

const chapters = [
  { title: 'Opening', startSeconds: 0, endSeconds: 60 },
  { title: 'The harbour', startSeconds: 60, endSeconds: 120 },
];
test('knows the chapter of a place', () => {
  expect(chapterAt(chapters, 59.9)?.title).toBe('Opening');
  expect(chapterAt(chapters, 60)?.title).toBe('The harbour');
  expect(chapterAt([], 60)).toBeUndefined();
});
test('marks where chapters begin, but not the beginning', () =>
  expect(chapterMarks(chapters, 120)).toEqual([50]));
