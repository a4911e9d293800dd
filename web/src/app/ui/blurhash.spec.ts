import { decodeBlurhash } from './blurhash';

test('decodes the reference hash to its colours', () => {
  // From the BlurHash repository’s own example: a beach, bluish above and brown below.
  const pixels = decodeBlurhash('LEHV6nWB2yk8pyo0adR*.7kCMdnj', 8, 8);
  expect(pixels).toHaveLength(8 * 8 * 4);
  expect(pixels?.[3]).toBe(255);
  const mean = [0, 1, 2].map((channel) => {
    const values = [...(pixels ?? [])].filter((_, index) => index % 4 === channel);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  // The average colour is stored in the hash: base 83 “HV6n” is #8b8277.
  expect(mean[0]).toBeGreaterThan(110);
  expect(mean[0]).toBeLessThan(170);
  expect(Math.abs((mean[0] ?? 0) - (mean[2] ?? 0))).toBeLessThan(60);
});

test('a hash of one component is a plain colour', () => {
  // Size flag 0 is 1×1, no other components; “00” black then peak: the average of white is “TSUA”.
  const pixels = decodeBlurhash('00TSUA', 2, 1);
  expect([...(pixels ?? [])]).toEqual([255, 255, 255, 255, 255, 255, 255, 255]);
});

test.each(['', 'L', 'LEHV6nWB2yk8pyo0adR*.7kCMdn', 'LEHV6nWB2yk8pyo0adR*.7kCMdn"'])(
  '%p is no hash',
  (hash) => {
    expect(decodeBlurhash(hash, 4, 4)).toBeNull();
  },
);
