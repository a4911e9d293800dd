import { parseRange, type RangeDecision } from './byte-range.js';

const rows: [string | undefined, number, RangeDecision][] = [
  [undefined, 1000, null],
  ['bytes=0-0', 1000, [{ start: 0, end: 0 }]],
  ['bytes=0-', 1000, [{ start: 0, end: 999 }]],
  ['bytes=500-', 1000, [{ start: 500, end: 999 }]],
  ['bytes=-1', 1000, [{ start: 999, end: 999 }]],
  ['bytes=-2000', 1000, [{ start: 0, end: 999 }]],
  ['bytes=-0', 1000, 'unsatisfiable'],
  ['bytes=999-5000', 1000, [{ start: 999, end: 999 }]],
  ['bytes=1000-', 1000, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=5-2', 1000, null],
  ['bytes=', 1000, null],
  ['bytes=-', 1000, null],
  ['bytes=a-b', 1000, null],
  ['bytes=0x1-5', 1000, null],
  ['items=0-5', 1000, null],
  ['Bytes=0-5', 1000, [{ start: 0, end: 5 }]],
  ['bytes=0-5, 10-15', 1000, [{ start: 0, end: 5 }, { start: 10, end: 15 }]], // prettier-ignore
  ['bytes=0-5,6-9', 1000, [{ start: 0, end: 9 }]],
  ['bytes=10-15,0-5', 1000, [{ start: 10, end: 15 }, { start: 0, end: 5 }]], // prettier-ignore
  ['bytes=0-5,2000-', 1000, [{ start: 0, end: 5 }]],
  ['bytes=0-1,2-x', 1000, null],
  [`bytes=${Array.from({ length: 9 }, (_, n) => `${n * 10}-${n * 10 + 1}`).join(',')}`, 1000, null],
  ['bytes=99999999999999999999-', 1000, null],
];

test.each(rows)('%s of %d bytes', (header, size, expected) => {
  expect(parseRange(header, size)).toEqual(expected);
});
