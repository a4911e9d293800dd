import { isWatched, resumePosition } from './resume.js';

test.each([
  ['the beginning of a film is not worth resuming', 29, 5400, 0],
  ['half a minute is', 30, 5400, 30],
  ['in a short clip 5 % is enough', 4, 60, 4],
  ['the credits are not worth resuming', 4860, 5400, 0],
  ['just before them is', 4859, 5400, 4859],
  ['an unknown length resumes anywhere', 100, 0, 100],
])('%s', (_, position, duration, expected) => {
  expect(resumePosition(position, duration)).toBe(expected);
});

test('nothing of unknown length is ever watched by position', () => {
  expect(isWatched(100, 0)).toBe(false);
});
