import { TokenBucket } from './token-bucket.js';

test('what is taken goes at its rate, after a quarter of a second at once', () => {
  let now = 0;
  const bucket = new TokenBucket(1000, () => now);
  expect(bucket.take(250)).toBe(0);
  expect(bucket.take(500)).toBe(500);
  // A second taker waits behind the first.
  expect(bucket.take(500)).toBe(1000);
  now = 1000;
  expect(bucket.take(100)).toBe(100);
});

test('time without use is not saved up', () => {
  let now = 0;
  const bucket = new TokenBucket(1000, () => now);
  now = 60_000;
  expect(bucket.take(250)).toBe(0);
  expect(bucket.take(1000)).toBe(1000);
});

test('a new rate counts at once', () => {
  let now = 0;
  const bucket = new TokenBucket(1000, () => now);
  bucket.take(250);
  bucket.bytesPerSecond = 10_000;
  now = 100;
  expect(bucket.take(2000)).toBeCloseTo(100);
});
