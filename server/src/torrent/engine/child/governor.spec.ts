import {
  type GovernedReader,
  type GovernorInput,
  idleMs,
  plan,
  readAheadFor,
  worthlessness,
} from './governor.js';
import { Layout } from './layout.js';
import { PieceSet } from './piece-set.js';

const mebibyte = 1024 * 1024;
/** Two episodes of 100 MiB, and a file of 1 MiB between them, in pieces of 1 MiB. */
const layout = new Layout(mebibyte, 201 * mebibyte, [
  { offset: 0, length: 100 * mebibyte, padding: false },
  { offset: 100 * mebibyte, length: mebibyte, padding: true },
  { offset: 101 * mebibyte, length: 100 * mebibyte, padding: false },
]);

const reader = (offset: number, changes: Partial<GovernedReader> = {}): GovernedReader => ({
  fileIndex: 0,
  offset: offset * mebibyte,
  idleSince: null,
  ...changes,
});

const planOf = (changes: Partial<GovernorInput> = {}): ReturnType<typeof plan> =>
  plan({
    layout,
    readers: [],
    priorities: new Map(),
    shareBytes: 60 * mebibyte,
    readAheadBytes: 32 * mebibyte,
    held: new PieceSet(layout.pieceCount),
    nowMs: 1_000_000,
    ...changes,
  });

const pieces = (ranges: readonly { from: number; to: number }[]): string =>
  ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');

test('nobody reads and nothing is wished for: nothing is fetched, nothing is kept', () => {
  expect(planOf()).toEqual({ fetch: [], urgent: [], keep: [], windowEnds: [] });
});

test.each([
  ['a reader', [reader(0)], '0 0-3 4-30 94-99 0-5'],
  ['a reader in the middle of a piece', [reader(50.5)], '50 50-54 55-81 94-99 0-5'],
  ['a reader near the end stays in its file', [reader(98)], '98 98-99 94-99 0-5'],
  ['behind the last byte', [reader(100)], '99 99 94-99 0-5'],
  [
    'two readers: what each needs now, then what is near, then the rest',
    [reader(0), reader(50)],
    '0 50 0-3 50-53 4-30 54-80 94-99 0-5',
  ],
  ['two readers of one place', [reader(10), reader(10)], '10 10-13 10-13 14-40 14-40 94-99 0-5'],
  [
    'another file has edges of its own',
    [reader(150, { fileIndex: 2 })],
    '150 150-153 154-180 195-200 101-106',
  ],
])('%s', (_name, readers, expected) => {
  expect(pieces(planOf({ readers }).fetch)).toBe(expected);
});

test('what is there already is not fetched, and its reader is in no hurry', () => {
  const held = new PieceSet(layout.pieceCount);
  for (let piece = 0; piece <= 10; piece++) held.add(piece);
  const { fetch, urgent } = planOf({ readers: [reader(2)], held });
  expect(pieces(fetch)).toBe('11-32 94-99');
  expect(urgent).toEqual([]);
  expect(planOf({ readers: [reader(11)], held }).urgent).toEqual([11]);
});

test('a reader that takes nothing for a minute holds no window; one that waits for us holds it for ever', () => {
  const idle = reader(10, { idleSince: 1_000_000 - idleMs });
  expect(planOf({ readers: [idle] })).toEqual({ fetch: [], urgent: [], keep: [], windowEnds: [null] });
  const soon = reader(10, { idleSince: 1_000_001 - idleMs });
  expect(planOf({ readers: [soon] }).urgent).toEqual([10]);
  expect(planOf({ readers: [reader(10)], nowMs: 1e12 }).urgent).toEqual([10]);
});

test('wishes come after readers, high before normal before low, padding never, what is skipped neither', () => {
  const priorities = new Map([[0, 'low'], [1, 'high'], [2, 'high']] as const); // prettier-ignore
  expect(pieces(planOf({ priorities }).fetch)).toBe('101-200 0-99');
  expect(pieces(planOf({ priorities: new Map([[0, 'skip'], [2, 'normal']]) }).fetch)).toBe('101-200'); // prettier-ignore
  expect(pieces(planOf({ priorities, readers: [reader(50)] }).fetch)).toMatch(/^50 50-53 .* 101-200 0-99$/);
});

test.each([1, 2, 4, 20, 200, 3000])(
  'with a share of %d MiB, all that one reader keeps fits in it',
  (share) => {
    const shareBytes = share * mebibyte;
    for (const offset of [0, 3.3, 50, 99.9]) {
      const { keep, fetch } = planOf({
        shareBytes,
        readAheadBytes: 256 * mebibyte,
        readers: [reader(offset)],
      });
      const kept = new Set(
        keep.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)),
      );
      // The piece it reads from and the one behind are kept whatever the share is.
      expect(kept.size * mebibyte).toBeLessThanOrEqual(Math.max(2 * mebibyte, shareBytes));
      for (const { from, to } of fetch) {
        for (let piece = from; piece <= to; piece++) expect(kept.has(piece)).toBe(true);
      }
    }
  },
);

test('what is kept is worth less the farther it lies from who reads; what nobody keeps is worth nothing', () => {
  const { keep } = planOf({ readers: [reader(50)] });
  expect(worthlessness(keep, 50)).toBe(0);
  expect(worthlessness(keep, 80)).toBe(30);
  expect(worthlessness(keep, 49)).toBe(1);
  expect(worthlessness(keep, 20)).toBe(Infinity);
  expect(worthlessness(keep, 85)).toBe(Infinity);
});

test('windows end where they do, and grow with the cache between 32 and 256 MiB', () => {
  expect(planOf({ readers: [reader(10), reader(95)] }).windowEnds).toEqual([42 * mebibyte, 100 * mebibyte]);
  expect([0.1, 1, 2, 100].map((gib) => readAheadFor(gib * 1024 * mebibyte) / mebibyte)).toEqual([
    32, 64, 128, 256,
  ]);
});
