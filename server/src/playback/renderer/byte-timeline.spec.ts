import { timelineOf } from './byte-timeline.js';

test('a calm beginning takes fewer bytes than a busy end', () => {
  // 100 s in groups of 10 s: the second half has nine times the bytes.
  const keyframes = Array.from({ length: 10 }, (_, at) => at * 10);
  const bytes = keyframes.map((seconds) => (seconds < 50 ? 1000 : 9000));
  const at = timelineOf({ keyframes, bytes }, 50_000, 100);
  expect(at?.(0)).toBe(0);
  expect(at?.(0.05)).toBeCloseTo(25);
  expect(at?.(0.1)).toBeCloseTo(50);
  expect(at?.(0.55)).toBeCloseTo(75);
  expect(at?.(1)).toBe(100);
  expect(at?.(7)).toBe(100);
});

test('sound that the index does not count lies evenly beside the picture', () => {
  const at = timelineOf({ keyframes: [0, 50], bytes: [1000, 9000] }, 20_000, 100);
  // Half of the film: a tenth of the picture, half of the sound.
  expect(at?.((1000 + 5000) / 20_000)).toBeCloseTo(50);
});

test.each([
  [{ keyframes: [0], bytes: [10] }, 10],
  [{ keyframes: [0, 5] }, 10],
  [{ keyframes: [0, 5], bytes: [0, 0] }, 10],
  [{ keyframes: [0, 5], bytes: [1, 1] }, 0],
])('what knows too little says nothing', (groups, size) => expect(timelineOf(groups, size, 10)).toBeNull());
