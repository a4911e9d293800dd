import { expect, test } from '@jest/globals';
import { StallWatch } from './stall-watch.js';

test('who waits for long stalls since he began; what comes, and wanting nothing, ends it', () => {
  let now = 1000;
  const watch = new StallWatch(() => now);
  const after = (ms: number): number | null => {
    now += ms;
    return watch.since;
  };
  expect(after(60_000)).toBeNull(); // nobody wants anything
  watch.wants(true);
  expect(after(19_999)).toBeNull();
  watch.wants(true);
  expect(Date.now() - (after(1) ?? 0)).toBeGreaterThanOrEqual(20_000);
  watch.came();
  watch.wants(true);
  expect(after(19_999)).toBeNull();
  expect(after(1)).not.toBeNull();
  watch.wants(false);
  expect(after(60_000)).toBeNull();
});
