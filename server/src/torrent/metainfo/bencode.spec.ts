import { BencodedDictionary, decodeBencode, encodeBencode } from './bencode.js';
import { TorrentInvalid } from './torrent-invalid.js';
import { faultOf } from './testing/fault-of.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const plain = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString('latin1')
    : value instanceof BencodedDictionary
      ? Object.fromEntries([...value.entries].map(([key, item]) => [key, plain(item)]))
      : Array.isArray(value)
        ? value.map(plain)
        : value;

const good: [text: string, value: unknown][] = [
  ['i0e', 0],
  ['i-42e', -42],
  ['i9007199254740991e', Number.MAX_SAFE_INTEGER],
  ['0:', ''],
  ['4:spam', 'spam'],
  ['le', []],
  ['l4:spami7ee', ['spam', 7]],
  ['d3:cow3:moo4:spaml1:aee', { cow: 'moo', spam: ['a'] }],
  ['4:spam\r\n', 'spam'],
];
test.each(good)('reads %j', (text, value) => expect(plain(decodeBencode(bytes(text)))).toEqual(value));

const bad = [
  '', 'e', 'i', 'ie', 'i-e', 'i-0e', 'i03e', 'i+3e', 'i1.5e', 'i 1e', 'i9007199254740993e', `i${'9'.repeat(400)}e`,
  '5:spam', '-1:a', '01:a', '99999999999999999999:a', ':', '4', '4:', 'l', 'l4:spam', 'd', 'd3:cow', 'd3:cowe', 'di1e3:mooe',
  'd1:ai1e1:ai2ee', 'd9:__proto__dee', 'i1ei2e', 'x', '4:spamx', '<html>',
]; // prettier-ignore
test.each(bad)('refuses %j', (text) => {
  expect(faultOf(() => decodeBencode(bytes(text)))).toBe('not-bencoded');
});

test('bombs of depth and of number are refused before they cost anything', () => {
  const deep = bytes('l'.repeat(4_000_000));
  expect(faultOf(() => decodeBencode(deep))).toBe('too-deep');
  const wide = bytes(`l${'le'.repeat(4_000_000)}e`);
  expect(faultOf(() => decodeBencode(wide))).toBe('too-many-parts');
  expect(() => decodeBencode(bytes('d1:a'.repeat(40)))).toThrow(TorrentInvalid);
});

const order: [text: string, canonical: boolean][] = [
  ['d1:ai1e1:bi1ee', true],
  ['d1:bi1e1:ai1ee', false],
  ['d1:ad1:bi1e1:ai1eee', false],
  ['d1:ald1:bi1e1:ai1eeee', false],
  ['d2:\xc3\xa4i1ee', true],
  ['d2:\xc3\x28i1ee', false], // no UTF-8
  ['d4:\xef\xbb\xbfai1ee', false], // a byte order mark
  ['d3:\xef\xbf\xbdi1ee', false], // U+FFFD
  // U+FF5E before U+10000 in bytes, after it in the engine's sorting by UTF-16 units.
  ['d3:\xef\xbd\x9ei1e4:\xf0\x90\x80\x80i1ee', false],
];
test.each(order)('%j can be encoded anew without a change: %p', (text, canonical) => {
  const value = decodeBencode(bytes(text));
  expect(value instanceof BencodedDictionary && value.canonical).toBe(canonical);
});

test('knows where dictionaries stand, and views the input', () => {
  const input = bytes('d1:ad1:b2:xyee');
  const root = decodeBencode(input);
  const inner = root instanceof BencodedDictionary ? root.get('a') : null;
  expect(inner).toMatchObject({ start: 4, end: 13 });
  const leaf = inner instanceof BencodedDictionary ? inner.bytes('b') : undefined;
  expect(leaf?.buffer).toBe(input.buffer);
});

test('writes what it reads', () => {
  const value = new Map<string, number | string>([
    ['b', 'ü'],
    ['a', -1],
  ]);
  expect(Buffer.from(encodeBencode([value, 'x', 0])).toString('latin1')).toBe(
    'ld1:ai-1e1:b2:\xc3\xbce1:xi0ee',
  );
});
