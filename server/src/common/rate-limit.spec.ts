import { RateLimit } from './rate-limit.js';

test('so many in a window that slides, of each key', () => {
  let now = 0;
  const limit = new RateLimit(2, 60_000, () => now);
  expect(limit.take('ada')).toBe(0);
  now = 20_000;
  expect(limit.take('ada')).toBe(0);
  expect(limit.take('ada')).toBe(40);
  expect(limit.take('bob')).toBe(0);
  now = 60_000;
  expect(limit.take('ada')).toBe(0);
  expect(limit.take('ada')).toBe(20);
});
