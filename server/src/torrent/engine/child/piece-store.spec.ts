import { createHash } from 'node:crypto';
import { link, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineResume } from '../torrent-engine.js';
import { FilePool } from './file-pool.js';
import { Layout } from './layout.js';
import { PieceCache } from './piece-cache.js';
import { PieceGone, PieceStore } from './piece-store.js';
import { RecentPieces } from './recent-pieces.js';
import { fileStamps, findPieces } from './resume.js';

const pieceLength = 16 * 1024;
const infoHash = 'a'.repeat(40);
/** Files that share pieces: 2½ pieces, half a piece of padding, 1½ pieces, ½ piece and nothing. */
const lengths = [2.5, 0.5, 1.5, 0.5, 0].map((pieces) => pieces * pieceLength);
const files = lengths.map((length, index) => ({
  length,
  offset: lengths.slice(0, index).reduce((sum, each) => sum + each, 0),
  padding: index === 1,
}));
const layout = new Layout(pieceLength, 5 * pieceLength, files);
const content = Buffer.alloc(5 * pieceLength);
content.forEach((_, at) => (content[at] = (at * 7 + (at >> 8)) & 255));
content.fill(0, files[1]!.offset, files[2]!.offset);
const piece = (index: number): Buffer => content.subarray(index * pieceLength, (index + 1) * pieceLength);
const hashes = [0, 1, 2, 3, 4].map((index) => createHash('sha1').update(piece(index)).digest('hex'));
const fileContent = (index: number): Buffer =>
  content.subarray(files[index]!.offset, files[index]!.offset + files[index]!.length);

let folder: string;
let gone: number[];

async function open(
  cap = 1024 * 1024,
  recent = new RecentPieces(),
): Promise<{ store: PieceStore; cache: PieceCache }> {
  const pool = new FilePool();
  const cache = new PieceCache(folder, pool, cap);
  await cache.load();
  const store = new PieceStore({
    ...{ infoHash, layout, hashes, cache, recent, files: pool, folder: join(folder, infoHash) },
    worthlessness: () => Infinity,
    gone: (index) => gone.push(index),
  });
  return { store, cache };
}

const all = [0, 1, 2, 3, 4];
const onDisk = (index: number): Promise<Buffer> => readFile(join(folder, infoHash, String(index)));
const names = async (): Promise<string[]> => (await readdir(join(folder, infoHash))).sort();

async function expectRight(store: PieceStore): Promise<void> {
  for (const index of all)
    expect(Buffer.from(await store.read(index, 0, pieceLength)).equals(piece(index))).toBe(true);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-store-'));
  gone = [];
});
afterEach(() => rm(folder, { recursive: true }));

test('what was watched is at its place once it is asked for, and in the cache again when it is not: fetched once', async () => {
  const { store, cache } = await open();
  for (const index of all) expect(await store.put(index, piece(index))).toBe(true);
  expect(await names()).toEqual(['pieces']);
  expect(cache.usedBytes).toBe(content.length);
  await store.setWished([0]);
  expect((await onDisk(0)).equals(fileContent(0))).toBe(true);
  // Its last piece is its own but for padding.
  expect(cache.usedBytes).toBe(2 * pieceLength);
  await store.setWished([0, 2]);
  expect((await onDisk(2)).equals(fileContent(2))).toBe(true);
  expect(cache.of(infoHash).map((each) => each.piece)).toEqual([4]);
  expect(cache.usedBytes).toBe(0);
  await expectRight(store);
  await store.setWished([]);
  expect(await names()).toEqual(['pieces']);
  expect(cache.usedBytes).toBe(content.length);
  await expectRight(store);
  expect(gone).toEqual([]);
});

test('asked for from the beginning, pieces go to their place; what is given up and has no room is gone', async () => {
  const { store, cache } = await open(2 * pieceLength);
  await store.setWished([0, 2, 3]);
  for (const index of all) expect(await store.put(index, piece(index))).toBe(true);
  expect(await names()).toEqual(['0', '2', '3']);
  expect(cache.usedBytes).toBe(0);
  await expectRight(store);
  await store.setWished([]);
  expect(cache.usedBytes).toBeLessThanOrEqual(2 * pieceLength);
  expect(all.filter((index) => store.holds(index)).length + new Set(gone).size).toBe(5);
  for (const index of all.filter((each) => store.holds(each))) {
    expect(Buffer.from(await store.read(index, 0, pieceLength)).equals(piece(index))).toBe(true);
  }
});

test('a file that a library has as well is never written to, and stays when the torrent goes', async () => {
  const first = await open();
  await first.store.setWished([0]);
  for (const index of all) await first.store.put(index, piece(index));
  const kept = join(folder, 'kept.mkv');
  await link(join(folder, infoHash, '0'), kept);
  await expect(first.store.put(0, piece(0))).rejects.toThrow('kept');
  await first.store.setWished([]);
  expect((await readFile(kept)).equals(fileContent(0))).toBe(true);
  await first.store.close(true);
  expect((await readFile(kept)).equals(fileContent(0))).toBe(true);
  await expect(names()).rejects.toMatchObject({ code: 'ENOENT' });
});

test('of what an earlier process left, untouched files are believed, changed ones checked, damage is seen when read', async () => {
  const first = await open();
  await first.store.setWished([0, 2]);
  for (const index of all) await first.store.put(index, piece(index));
  const resume: EngineResume = {
    ...{ bitfield: Uint8Array.of(0xf8), downloaded: 0, uploaded: 0 },
    files: await fileStamps(first.store),
  };
  const next = await open();
  await next.store.setWished([0, 2]);
  const believed = await findPieces(next.store, resume);
  expect([believed.held.size, believed.unchecked.size, believed.files]).toEqual([5, 0, [0, 2]]);
  await expectRight(next.store);

  const path = join(folder, infoHash, '0');
  const { mtimeMs, size } = await stat(path);
  const damaged = Buffer.from(fileContent(0));
  damaged[pieceLength + 5]! ^= 1;
  await writeFile(path, damaged);
  await utimes(path, mtimeMs / 1000 + 10, mtimeMs / 1000 + 10);
  const third = await open();
  await third.store.setWished([0, 2]);
  const checked = await findPieces(third.store, resume);
  expect([[...checked.unchecked], checked.held.size]).toEqual([[0, 1, 2], 2]);
  expect([await third.store.check(0), await third.store.check(1)]).toEqual([true, false]);
  expect([third.store.holds(0), third.store.holds(1)]).toEqual([true, false]);

  const stamped = resume.files.with(0, { size, modifiedMs: Math.floor((await stat(path)).mtimeMs) });
  const fourth = await open();
  await fourth.store.setWished([0, 2]);
  expect((await findPieces(fourth.store, { ...resume, files: stamped })).held.size).toBe(5);
  await expect(fourth.store.read(1, 0, 10)).rejects.toBeInstanceOf(PieceGone);
  expect([gone, fourth.store.holds(1)]).toEqual([[1], false]);
  expect(await fourth.store.put(1, piece(1))).toBe(true);
  expect((await onDisk(0)).equals(fileContent(0))).toBe(true);
});

test('a damaged piece of the cache, and one of another length, are not believed either', async () => {
  const first = await open();
  for (const index of all) await first.store.put(index, piece(index));
  await writeFile(first.cache.path(infoHash, 3), Buffer.alloc(pieceLength));
  await writeFile(first.cache.path(infoHash, 4), 'short');
  const { store } = await open();
  const { held } = await findPieces(store, null);
  expect([held.size, held.has(4)]).toEqual([4, false]);
  await expect(store.read(3, 0, 5)).rejects.toBeInstanceOf(PieceGone);
  expect(gone).toEqual([3]);
});
