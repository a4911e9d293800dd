import { ordeal } from '../testing/mutation.js';
import { formatClock, formatNptRange, parseClock, parseNptRange } from './npt.js';

test.each([
  ['npt=10.5-', { start: 10.5 }],
  ['npt=0:10:05.7-0:20:00', { start: 605.7, end: 1200 }],
  ['npt=0-', { start: 0 }],
  ['npt=335.11-336.08/40445.4', { start: 335.11, end: 336.08 }],
  [' NPT = 12 - 14 ', { start: 12, end: 14 }],
  ['npt=00:00:30.000-', { start: 30 }],
  ['npt=100:00:00-', { start: 360_000 }],
])('%s is a range', (header, expected) => {
  const range = parseNptRange(header);
  expect(range?.start).toBeCloseTo(expected.start, 6);
  expect(range?.end).toBe('end' in expected ? expected.end : undefined);
});

test.each([
  '',
  'npt',
  'npt=',
  'npt=-',
  'npt=-5',
  'npt=now-',
  'bytes=0-',
  'npt=5-3',
  'npt=1:2-',
  'npt=1e9-',
  'npt=10:61:99:1-',
  '10-',
])('“%s” is none', (header) => {
  const range = parseNptRange(header);
  // A minute and a second without hours are read as such: no device means anything else by them.
  expect(range).toEqual(header === 'npt=1:2-' ? { start: 62 } : undefined);
});

test('ranges are written with milliseconds', () => {
  expect(formatNptRange(10.5, 600, 3600)).toBe('npt=10.500-600.000/3600.000');
  expect(formatNptRange(0, undefined, undefined)).toBe('npt=0.000-/*');
});

test.each([
  [0, '0:00:00.000'],
  [10, '0:00:10.000'],
  [3.0234, '0:00:03.023'],
  [59.9996, '0:01:00.000'],
  [3600 * 12 + 61.5, '12:01:01.500'],
  [-4, '0:00:00.000'],
  [Number.NaN, '0:00:00.000'],
])('%s seconds are %s', (time, text) => {
  expect(formatClock(time)).toBe(text);
});

test.each([
  ['0:00:10', 10],
  ['0:00:10.500', 10.5],
  ['00:01:00.1/4', 60.25],
  ['1:02:03.5/0', 3723],
  [' 123:00:00 ', 442_800],
  ['02:03', 123],
  ['NOT_IMPLEMENTED', undefined],
  ['', undefined],
  ['-0:00:10', undefined],
  ['1:2:3:4', undefined],
])('a renderer’s %s is %s', (text, expected) => {
  expect(parseClock(text)).toBe(expected);
});

test('20 000 mutants: a range or none', () => {
  const texts = ['npt=10.5-', 'npt=0:10:05.7-0:20:00', 'npt=335.11-336.08/40445.4'];
  const result = ordeal(
    (text) => {
      const range = parseNptRange(text);
      if (range && !(range.start >= 0 && (range.end ?? Infinity) >= range.start)) throw new Error('no range');
    },
    { texts, pieces: ['-', '=', ':', '.', '9', 'npt=', '/', ' '], own: [] },
  );
  expect(result).toMatchObject({ faults: [], slow: [] });
});
