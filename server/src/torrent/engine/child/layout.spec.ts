import { layOut, Layout, refuseLargeMetainfo } from './layout.js';
import { PieceSet } from './piece-set.js';

const files = [
  { offset: 0, length: 10, padding: false },
  { offset: 10, length: 0, padding: false },
  { offset: 10, length: 6, padding: true },
  { offset: 16, length: 25, padding: false },
];
const layout = new Layout(16, 41, files);

test('pieces and files lie over each other as the torrent says', () => {
  expect(layout.pieceCount).toBe(3);
  expect([0, 1, 2].map((piece) => layout.pieceSize(piece))).toEqual([16, 16, 9]);
  expect(layout.partsOf(0)).toEqual([
    { file: 0, position: 0, offset: 0, length: 10 },
    { file: 2, position: 0, offset: 10, length: 6 },
  ]);
  expect(layout.partsOf(2)).toEqual([{ file: 3, position: 16, offset: 0, length: 9 }]);
  expect([0, 1, 2, 3, 4].map((index) => layout.piecesOf(index))).toEqual([
    { from: 0, to: 0 },
    null,
    { from: 0, to: 0 },
    { from: 1, to: 2 },
    null,
  ]);
});

const described = {
  pieceLength: 16,
  length: 41,
  pieces: ['a', 'b', 'c'],
  files: files.map((file, index) => ({ ...file, path: index === 2 ? 'T/.pad/6' : `T/${index}` })),
};

test('padding is known by its name or its attribute', () => {
  expect(layOut(described).files.map(({ padding }) => padding)).toEqual([false, false, true, false]);
  const info = { files: [{}, {}, {}, { attr: Buffer.from('xp') }] };
  expect(layOut({ ...described, info }).files[3]?.padding).toBe(true);
  const bitComet = described.files.map((file) => ({
    ...file,
    path: 'T/_____padding_file_0_if you see this',
  }));
  expect(layOut({ ...described, files: bitComet }).files[0]?.padding).toBe(true);
});

test.each([
  ['pieces of 32 MiB', { pieceLength: 32 * 1024 * 1024 }],
  ['pieces of no length', { pieceLength: 0 }],
  ['more files than we take', { files: Array.from({ length: 5001 }, () => described.files[0]!) }],
  ['more pieces than we take', { pieces: Array.from({ length: 50_001 }, () => 'a') }],
  ['pieces that do not add up', { pieces: ['a'] }],
  ['a length that is none', { length: Number.NaN }],
  ['a file of less than nothing', { files: [{ path: 'x', offset: 0, length: -1 }] }],
])('%s: refused', (_name, changes) => {
  expect(() => layOut({ ...described, ...changes })).toThrow('The torrent is refused');
});

test('a .torrent of more than 8 MiB is refused', () => {
  expect(() => refuseLargeMetainfo(new Uint8Array(8 * 1024 * 1024 + 1))).toThrow('too large');
});

test('a set of pieces is a bitfield as it is sent', () => {
  const set = new PieceSet(10);
  expect([set.add(0), set.add(9), set.add(9), set.add(10), set.delete(3)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect([...set.bytes]).toEqual([0x80, 0x40]);
  expect([set.size, set.firstMissing(0, 9), set.firstMissing(9, 9)]).toEqual([2, 1, 10]);
  expect(new PieceSet(10, Uint8Array.of(0xff, 0xc0)).size).toBe(10);
});
