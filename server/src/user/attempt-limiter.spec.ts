import { AttemptLimiter } from './attempt-limiter.js';

let now = 0;
const limiter = (): AttemptLimiter =>
  new AttemptLimiter({ free: 3, firstBlockMs: 1000, longestBlockMs: 5000 }, () => now);

const fail = (attempts: AttemptLimiter, times: number): void => {
  for (let i = 0; i < times; i += 1) attempts.fail('ada');
};

test('a few typos cost nothing, then each failure blocks for twice as long, up to a limit', () => {
  const attempts = limiter();
  fail(attempts, 2);
  expect(attempts.retryAfter('ada')).toBe(0);
  const waits = [1, 2, 3, 4, 5].map(() => {
    fail(attempts, 1);
    return attempts.retryAfter('ada');
  });
  expect(waits).toEqual([1, 2, 4, 5, 5]);
  expect(attempts.retryAfter('eve')).toBe(0);
});

test('success and time forgive', () => {
  const attempts = limiter();
  fail(attempts, 3);
  now += 1000;
  expect(attempts.retryAfter('ada')).toBe(0);
  attempts.succeed('ada');
  fail(attempts, 2);
  expect(attempts.retryAfter('ada')).toBe(0);
  now += 61 * 60_000;
  fail(attempts, 2);
  expect(attempts.retryAfter('ada')).toBe(0);
});

test('remembers a bounded number of keys', () => {
  const attempts = limiter();
  fail(attempts, 3);
  for (let i = 0; i < 10_000; i += 1) attempts.fail(`address ${i}`);
  expect(attempts.retryAfter('ada')).toBe(0);
});
