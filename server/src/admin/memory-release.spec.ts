import { isWorthReleasing } from './memory-release.js';

const MiB = 1024 * 1024;

test.each([
  ['quiet, and much lies around', 0.001, 200 * MiB, true],
  ['quiet, and little lies around', 0.001, 5 * MiB, false],
  ['somebody is at work', 0.3, 200 * MiB, false],
  ['less than before', 0, -50 * MiB, false],
])('%s', (_, share, grown, expected) => {
  expect(isWorthReleasing(share, grown)).toBe(expected);
});
