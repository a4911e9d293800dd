import { BlockList } from './block-list.js';

const list = new BlockList([
  '1.2.3.0/24', '5.0.0.1-5.0.0.9', '9.9.9.9', '2001:db8::/33', 'fe80::1 - fe80::5', '10.0.0.0-10.0.0.255',
  '10.0.1.0/24', 'nonsense', '1.2.3.4/99', '7.7.7.7-6.6.6.6', '8.8.8.8-::1', '', '0.0.0.0-',
]); // prettier-ignore

test.each([
  ['1.2.3.0', true],
  ['1.2.3.255', true],
  ['1.2.4.0', false],
  ['5.0.0.0', false],
  ['5.0.0.5', true],
  ['9.9.9.9', true],
  ['::ffff:9.9.9.9', true],
  ['::ffff:909:909', true],
  ['9.9.9.10', false],
  ['2001:db8:7fff::1', true],
  ['2001:db8:8000::', false],
  ['fe80::3', true],
  ['[fe80::3]', true],
  ['10.0.1.7', true],
  ['10.0.2.0', false],
  ['7.7.7.7', false],
  ['8.8.8.8', false],
  ['example.org', false],
])('%s blocked: %s', (address, isBlocked) => {
  expect(list.contains(address)).toBe(isBlocked);
});

test('a list of a hundred thousand ranges answers as a short one does', () => {
  const lines = Array.from(
    { length: 100_000 },
    (_, i) =>
      `${1 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}.0-${1 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}.7`,
  );
  const long = new BlockList(lines);
  expect(long.contains('1.200.7.7')).toBe(true);
  expect(long.contains('1.200.7.8')).toBe(false);
});
