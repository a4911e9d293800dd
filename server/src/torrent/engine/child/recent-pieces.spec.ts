import { RecentPieces } from './recent-pieces.js';

const mebibyte = 1024 * 1024;
const hash = 'a'.repeat(40);
const other = 'b'.repeat(40);

test('the oldest go, those of a torrent that goes, and what is taken back', () => {
  const recent = new RecentPieces();
  const [first, second, third] = [7, 6, 4].map((length) => new Uint8Array(length * mebibyte));
  recent.add(hash, 0, first!);
  recent.add(hash, 1, second!);
  expect(recent.get(hash, 0)).toBe(first);
  recent.add(other, 0, third!);
  expect([recent.get(hash, 0), recent.get(hash, 1), recent.get(other, 0)]).toEqual([
    undefined,
    second,
    third,
  ]);
  recent.delete(other, 0);
  recent.add(hash, 2, first!);
  expect(recent.get(other, 0)).toBeUndefined();
  expect(recent.get(hash, 1)).toBe(second);
  recent.deleteAll(hash);
  recent.add(other, 1, third!);
  expect([1, 2].map((piece) => recent.get(hash, piece))).toEqual([undefined, undefined]);
  expect(recent.get(other, 1)).toBe(third);
});
