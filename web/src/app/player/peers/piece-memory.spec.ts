import { PieceMemory } from './piece-memory';

const piece = (size: number) => new Uint8Array(size);
const nothing = () => undefined;

test('never more than fits: what was used longest ago goes, and somebody is told', () => {
  const forgotten: number[] = [];
  const memory = new PieceMemory(300, (which) => forgotten.push(which));
  for (const index of [0, 1, 2]) memory.put(index, piece(100), nothing);
  memory.read(0);
  memory.put(3, piece(100), nothing);
  expect(forgotten).toEqual([1]);
  expect(memory.read(0)).toBeDefined();
  expect(memory.read(1)).toBeUndefined();
  // The same one again takes no more room.
  memory.put(3, piece(100), nothing);
  expect(forgotten).toEqual([1]);
});

test('two pieces are kept, however large they are', () => {
  const forgotten: number[] = [];
  const memory = new PieceMemory(300, (which) => forgotten.push(which));
  for (const index of [0, 1, 2]) memory.put(index, piece(1000), nothing);
  expect(forgotten).toEqual([0]);
});

test('a part of a piece is read, a piece that is not here is an error', async () => {
  const memory = new PieceMemory(300, nothing);
  memory.put(7, Uint8Array.of(1, 2, 3, 4), nothing);
  const get = (which: number) =>
    new Promise((resolve) =>
      memory.get(which, { offset: 1, length: 2 }, (error, bytes) => resolve(error ?? bytes)),
    );
  expect(await get(7)).toEqual(Uint8Array.of(2, 3));
  expect(await get(8)).toBeInstanceOf(Error);
});
