import { binned, piecesOf, wantedRanges } from './piece-bins';

/** As the server sends it. */
const field = (bits: string) =>
  btoa(String.fromCharCode(...(bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2))));

test('the first piece is the highest bit, and padding is no piece', () => {
  expect([...piecesOf(field('1010000011'), 10)]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 1]);
  expect([...piecesOf('', 3)]).toEqual([0, 0, 0]);
});

test('few pieces have a cell each', () => {
  expect(binned(Uint8Array.of(1, 0, 1), 100).map(({ have }) => have)).toEqual([1, 0, 1]);
});

test('many thousands share cells, none is lost, none counted twice', () => {
  const pieces = Uint8Array.from({ length: 40_003 }, (_, piece) => (piece < 20_000 ? 1 : 0));
  const cells = binned(pieces, 960);
  expect(cells).toHaveLength(960);
  const whole = cells.filter(({ have }) => have === 1).length;
  const empty = cells.filter(({ have }) => have === 0).length;
  expect(whole + empty).toBeGreaterThanOrEqual(959);
  expect(whole).toBeGreaterThan(470);
  expect(cells.every(({ have }) => have >= 0 && have <= 1)).toBe(true);
});

test('what somebody watches lies where its file lies', () => {
  const files = [
    { index: 0, size: 1000 },
    { index: 1, size: 5000 },
  ];
  const reader = { fileIndex: 1, position: 0, readyUntil: 0, windowEnd: 2000 };
  expect(wantedRanges([reader], files, 500)).toEqual([{ first: 2, last: 5 }]);
  expect(wantedRanges([{ ...reader, fileIndex: 7 }], files, 500)).toEqual([]);
  expect(wantedRanges([{ ...reader, windowEnd: 0 }], files, 500)).toEqual([]);
  const cells = binned(new Uint8Array(12), 6, [{ first: 2, last: 5 }]);
  expect(cells.map(({ wanted }) => wanted)).toEqual([false, true, true, false, false, false]);
});
