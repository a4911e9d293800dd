import { AddressSet, noRanges, RangeCollector } from './address-set.js';
import { parseBlockList } from './parse-block-list.js';

const setOf = async (text: string) => {
  const ranges = new RangeCollector();
  const parsed = await parseBlockList(Buffer.from(text, 'latin1'), ranges);
  return { parsed, set: await AddressSet.of(ranges) };
};
const text4 = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
const text6 = (value: bigint): string =>
  [7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n].map((part) => ((value >> (part * 16n)) & 0xffffn).toString(16)).join(':');
const textsOf = ({ ranges: { starts, ends, ranges6 } }: AddressSet): string[] => [
  ...Array.from(starts, (start, at) => `${text4(start)}-${text4(ends[at] ?? 0)}`),
  ...ranges6.map(([start, end]) => `${text6(start)}-${text6(end)}`),
];
const rangesOf = async (text: string): Promise<string[]> => textsOf((await setOf(text)).set);

const lines: [line: string, ranges: string[]][] = [
  ['1.2.3.4', ['1.2.3.4-1.2.3.4']],
  ['1.2.3.4/24', ['1.2.3.0-1.2.3.255']],
  ['1.2.3.4/32', ['1.2.3.4-1.2.3.4']],
  ['128.0.0.0/2', ['128.0.0.0-191.255.255.255']],
  ['1.2.3.4-1.2.3.9', ['1.2.3.4-1.2.3.9']],
  ['  1.2.3.4  -  1.2.3.9\t# why', ['1.2.3.4-1.2.3.9']],
  ['255.255.255.255', ['255.255.255.255-255.255.255.255']],
  ['0.0.0.0-0.0.0.0', ['0.0.0.0-0.0.0.0']],
  ['Some organisation:1.2.3.4-1.2.3.9', ['1.2.3.4-1.2.3.9']],
  ['Some: organisation, 5.6.7.8:1.2.3.4-1.2.3.9\r', ['1.2.3.4-1.2.3.9']],
  ['1.2.3.4 and more:1.2.3.5-1.2.3.9', ['1.2.3.5-1.2.3.9']],
  ['001.002.003.004 - 001.002.003.010 , 100 , Some organisation', ['1.2.3.4-1.2.3.10']],
  ['001.002.003.004 - 001.002.003.010 , 000 , x', ['1.2.3.4-1.2.3.10']],
  ['001.002.003.004 - 001.002.003.010 , 127 , x', ['1.2.3.4-1.2.3.10']],
  ['001.002.003.004 - 001.002.003.010 , 128 , allowed', []],
  ['001.002.003.004 - 001.002.003.010 , 255 , allowed', []],
  ['001.002.003.004 - 001.002.003.010', ['1.2.3.4-1.2.3.10']],
  ['2001:db8::/32', ['2001:db8:0:0:0:0:0:0-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff']],
  ['2001:db8::1', ['2001:db8:0:0:0:0:0:1-2001:db8:0:0:0:0:0:1']],
  ['2001:DB8::1 - 2001:db8::5 # why', ['2001:db8:0:0:0:0:0:1-2001:db8:0:0:0:0:0:5']],
  ['::ffff:1.2.3.4', ['1.2.3.4-1.2.3.4']],
  ['::ffff:102:300/120', ['1.2.3.0-1.2.3.255']],
  ['', []],
  ['# 1.2.3.4', []],
  ['; 1.2.3.4', []],
  ['// 1.2.3.4', []],
];
test.each(lines)('%j', async (line, ranges) => {
  const { parsed, set } = await setOf(line);
  expect(textsOf(set)).toEqual(ranges);
  expect(parsed.malformed).toBe(0);
});

const malformed = [
  '1.2.3', '1.2.3.256', '1.2.3.4.5', '1.2.3.4/33', '1.2.3.4/', '1.2.3.4-', '1.2.3.9-1.2.3.4', '1.2.3.4-1.2.3', 'hello', '<html>',
  'label:', ':', '0.0.0.0/0', '0.0.0.0-255.255.255.255', '1.2.3.4 5.6.7.8', '0x1.2.3.4', '1.2.3.0004', '-1.2.3.4', '::/0', '2001:db8::/129x',
  '2001:db8::5-2001:db8::1', 'x'.repeat(5000),
]; // prettier-ignore
test.each(malformed)('%.40j is no range', async (line) => {
  const { parsed, set } = await setOf(line);
  expect([parsed.ranges, parsed.malformed, set.size]).toEqual([0, 1, 0]);
});

test('ranges are sorted and merged, in whatever order and format they come', async () => {
  expect(
    await rangesOf('9.0.0.0/8\n1.0.0.5\r\nx:1.0.0.0-1.0.0.4\n1.0.0.2-1.0.0.3\n1.0.0.7\n200.0.0.0-200.0.0.9'),
  ).toEqual(['1.0.0.0-1.0.0.5', '1.0.0.7-1.0.0.7', '9.0.0.0-9.255.255.255', '200.0.0.0-200.0.0.9']);
  expect(await rangesOf('2001:db8::5\n2001:db8::1-2001:db8::4\n2001:db8::2')).toEqual([
    '2001:db8:0:0:0:0:0:1-2001:db8:0:0:0:0:0:5',
  ]);
  expect(await rangesOf('255.255.255.255\n255.255.255.0/24\n0.0.0.0')).toHaveLength(2);
});

test('finds what is in it, to the address', async () => {
  const { set } = await setOf('10.0.0.5-10.0.0.9\n10.0.1.0/24\n200.0.0.1\n2001:db8::/64');
  const within = [
    '10.0.0.5',
    '10.0.0.7',
    '10.0.0.9',
    '10.0.1.0',
    '10.0.1.255',
    '200.0.0.1',
    '::ffff:10.0.0.5',
    '::ffff:a00:5',
    '2001:db8::1',
    '[2001:db8::1]',
    '2001:db8::ffff:ffff:ffff:ffff',
  ];
  const outside = [
    '10.0.0.4',
    '10.0.0.10',
    '10.0.0.255',
    '10.0.2.0',
    '0.0.0.0',
    '255.255.255.255',
    '200.0.0.2',
    '::ffff:10.0.0.4',
    '2001:db8:0:1::',
    '::',
    '::10.0.0.5',
    'nobody',
    '',
  ];
  expect(within.filter((address) => !set.has(address))).toEqual([]);
  expect(outside.filter((address) => set.has(address))).toEqual([]);
  expect(new AddressSet(noRanges).has('10.0.0.5')).toBe(false);
});

test('half a million lines in any order, read a few milliseconds at a time', async () => {
  const total = 500_000;
  const text = Array.from({ length: total }, (_, index) => {
    const place = (index * 7919) % total;
    const start = [1 + (place >> 15), (place >> 7) & 255, (place & 127) * 2, 0].join('.');
    return `organisation ${index}:${start}-${start}`;
  }).join('\n');
  let turns = 0;
  let watching = true;
  const turn = (): void => {
    turns++;
    if (watching) setImmediate(turn);
  };
  turn();
  const { parsed, set } = await setOf(text);
  watching = false;
  expect(parsed).toEqual({ ranges: total, malformed: 0 });
  expect(set.size).toBe(total);
  expect(set.has('1.0.2.0')).toBe(true);
  expect(set.has('1.0.3.0')).toBe(false);
  // Others had their turn every few thousand lines.
  expect(turns).toBeGreaterThan(total / 5000);
});
