import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../../../../tests/support/seeded-random.js';
import { FilePool } from './file-pool.js';
import { PieceCache } from './piece-cache.js';

const kibibyte = 1024;
const [one, two] = ['1'.repeat(40), '2'.repeat(40)] as const;

/** Bytes of the files in a folder, as the system gives them out. */
async function taken(folder: string): Promise<number> {
  let total = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const stats = await stat(join(folder, name)).catch(() => null);
    if (stats?.isFile()) total += Math.max(stats.blocks * 512, Math.ceil(stats.size / 4096) * 4096);
  }
  return total;
}

/** Looks at the disk before and after every write. */
class WatchedPool extends FilePool {
  most = 0;
  writes = 0;

  constructor(private readonly folder: string) {
    super();
  }

  override async use<T>(...args: Parameters<FilePool['use']>): Promise<T> {
    const [, isWrite] = args;
    const result = await super.use<unknown>(...args);
    if (isWrite) {
      this.writes++;
      this.most = Math.max(this.most, await taken(this.folder));
    }
    // As the base has it; the compiler does not carry T through a tuple of parameters.
    return result as T;
  }
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-pieces-'));
});
afterEach(() => rm(folder, { recursive: true }));

test.each([1, 2, 3])(
  'whatever is written, read, kept and given up, the cap holds at every write (seed %d)',
  async (seed) => {
    const random = seededRandom(seed);
    const cap = 256 * kibibyte;
    const files = new WatchedPool(folder);
    const cache = new PieceCache(folder, files, cap);
    await cache.load();
    const held = new Map<string, Set<number>>([[one, new Set()], [two, new Set()]]); // prettier-ignore
    const worth = new Map<number, number>();
    for (const infoHash of [one, two]) {
      cache.attach(infoHash, {
        worthlessness: (piece) => worth.get(piece) ?? Infinity,
        evicted: (piece) => held.get(infoHash)?.delete(piece),
      });
    }
    const pending: Promise<void>[] = [];
    for (let step = 0; step < 300; step++) {
      const infoHash = random() < 0.5 ? one : two;
      const piece = Math.floor(random() * 60);
      const action = random();
      if (action < 0.7) {
        const bytes = new Uint8Array(1 + Math.floor(random() * 40 * kibibyte)).fill(piece);
        const put = cache.put(infoHash, piece, bytes, false, worth.get(piece) ?? Infinity);
        const note = (isStored: boolean): void => {
          if (isStored) held.get(infoHash)?.add(piece);
          else held.get(infoHash)?.delete(piece);
        };
        pending.push(put.then(note));
      } else if (action < 0.8) worth.set(piece, Math.floor(random() * 50));
      else if (action < 0.9) worth.delete(piece);
      else cache.touch(infoHash, piece);
      if (pending.length >= 8) await Promise.all(pending.splice(0));
      expect(cache.usedBytes).toBeLessThanOrEqual(cap);
    }
    await Promise.all(pending);
    expect(files.writes).toBeGreaterThan(50);
    expect(files.most).toBeGreaterThan(cap / 2);
    expect(files.most).toBeLessThanOrEqual(cap);
    expect(await taken(folder)).toBe(cache.usedBytes);
    for (const [infoHash, pieces] of held) {
      expect(cache.of(infoHash).map(({ piece }) => piece).sort()).toEqual([...pieces].sort()); // prettier-ignore
    }
  },
);

const piece = (fill: number): Uint8Array => new Uint8Array(16 * kibibyte).fill(fill);

test('the least recently used that nobody reads goes first, then what lies farthest; what matters more stays', async () => {
  const cache = new PieceCache(folder, new FilePool(), 64 * kibibyte);
  await cache.load();
  const gone: number[] = [];
  const worth = [Infinity, Infinity, 5, 9];
  cache.attach(one, { worthlessness: (index) => worth[index] ?? 0, evicted: (index) => gone.push(index) });
  for (const index of [0, 1, 2, 3])
    expect(await cache.put(one, index, piece(index), false, worth[index]!)).toBe(true);
  cache.touch(one, 0);
  expect(await cache.put(one, 10, piece(10), false, 0)).toBe(true);
  expect(await cache.put(one, 11, piece(11), false, 0)).toBe(true);
  expect(await cache.put(one, 12, piece(12), false, 7)).toBe(true);
  expect(gone).toEqual([1, 0, 3]);
  // Nothing there matters less than that.
  expect(await cache.put(one, 13, piece(13), false, 5)).toBe(false);
  expect(await cache.put(one, 14, piece(14), false, Infinity)).toBe(false);
  expect(gone).toEqual([1, 0, 3]);
});

test('an earlier process’s pieces are found, counted, and go first; a lower cap holds at once', async () => {
  const first = new PieceCache(folder, new FilePool(), 1024 * kibibyte);
  await first.load();
  for (const index of [0, 1, 2]) await first.put(one, index, piece(index), false, 0);
  await writeFile(join(folder, one, 'pieces', 'not a piece'), 'x');
  await mkdir(join(folder, 'not a torrent'));
  const next = new PieceCache(folder, new FilePool(), 1024 * kibibyte);
  await next.load();
  expect(next.of(one).map((each) => each.piece).sort()).toEqual([0, 1, 2]); // prettier-ignore
  expect(next.usedBytes).toBe(48 * kibibyte);
  await next.setCap(20 * kibibyte);
  expect(next.usedBytes).toBe(16 * kibibyte);
  expect((await readdir(join(folder, one, 'pieces'))).length).toBe(2);
});

test('what is part of a file that was asked for is not counted, and not evicted', async () => {
  const cache = new PieceCache(folder, new FilePool(), 32 * kibibyte);
  await cache.load();
  for (const index of [0, 1, 2]) expect(await cache.put(one, index, piece(index), true, 0)).toBe(true);
  expect(cache.usedBytes).toBe(0);
  expect(await cache.put(two, 0, piece(9), false, Infinity)).toBe(true);
  await cache.setPinned(one, 0, false);
  await cache.setPinned(one, 1, false);
  expect(cache.usedBytes).toBe(32 * kibibyte);
  expect([cache.has(one, 0), cache.has(one, 1), cache.has(two, 0)]).toEqual([false, true, true]);
  await cache.deleteAll(one);
  expect(cache.usedBytes).toBe(16 * kibibyte);
});

test('few files are open, whatever was written; a file that is used is not closed', async () => {
  const files = new FilePool();
  const paths = Array.from({ length: 200 }, (_, index) => join(folder, String(index)));
  await Promise.all(
    paths.map((path, index) => files.use(path, true, (file) => file.write(Buffer.from(String(index)), 0))),
  );
  expect(files.openFiles).toBeLessThanOrEqual(128);
  await expect(files.use(join(folder, 'missing'), false, () => Promise.resolve())).rejects.toMatchObject({
    code: 'ENOENT',
  });
  let isClosed = false;
  await files.use(paths[0]!, false, async (file) => {
    void files.close(paths[0]!).then(() => (isClosed = true));
    expect((await file.stat()).size).toBe(1);
    expect(isClosed).toBe(false);
  });
  expect(await readFile(paths[199]!, 'utf8')).toBe('199');
});
