import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { quietLogger } from '../../../../tests/support/probe-job.js';
import { DiskSegmentStore, type DiskSegmentStoreSettings } from './disk-segment-store.js';
import { fill, pieceOf, segmentStoreContract } from './segment-store.contract.js';
import { segmentPath } from './segment-path.js';
import { SegmentStoreFull } from './segment-store.port.js';

/** Files and their sizes below a folder, those being written included; what vanishes meanwhile is not there. */
async function filesBelow(directory: string): Promise<{ path: string; size: number }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const facts = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, size: (await stat(path).catch(() => undefined))?.size ?? 0 };
    });
  return Promise.all(facts);
}

const bytesBelow = async (directory: string): Promise<number> =>
  (await filesBelow(directory).catch(() => [])).reduce((sum, { size }) => sum + size, 0);

describe('segments on disk', () => {
  let directory: string;
  const open = (settings: Partial<DiskSegmentStoreSettings> = {}): DiskSegmentStore =>
    new DiskSegmentStore({ directory, capacity: 10_000_000, floor: 0, logger: quietLogger(), ...settings });
  const fileOf = (n: number): string => join(directory, segmentPath(pieceOf('film', n)));

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hearth-segments-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  segmentStoreContract((capacity) =>
    Promise.resolve({ store: open({ capacity }), stored: () => bytesBelow(directory) }),
  );

  test('outlive the process, with their order of use', async () => {
    const before = open();
    for (const n of [1, 2, 3]) await before.put(pieceOf('film', n), fill(n, 10_000));
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(fileOf(2), longAgo, longAgo);
    // Asked before the walk is over, and after it.
    const store = open({ capacity: 31_000 });
    expect([...((await store.get(pieceOf('film', 3))) ?? [])]).toEqual([...fill(3, 10_000)]);
    await store.put(pieceOf('film', 4), fill(4, 10_000));
    expect(await store.has(pieceOf('film', 2))).toBe(false);
    expect(await store.has(pieceOf('film', 1))).toBe(true);
    expect(await bytesBelow(directory)).toBe(store.bytes);
  });

  test('make way at once when the capacity was made smaller', async () => {
    const before = open();
    for (let n = 0; n < 20; n += 1) await before.put(pieceOf('film', n), fill(n, 10_000));
    await open({ capacity: 50_000 }).survey();
    expect(await bytesBelow(directory)).toBeLessThanOrEqual(50_000);
  });

  test('half-written files of a killed process are cleared away, strangers are not', async () => {
    await mkdir(join(directory, '.incoming'), { recursive: true });
    await writeFile(join(directory, '.incoming', '01ARZ'), 'half');
    await writeFile(join(directory, 'README'), 'mine');
    const store = open();
    await store.survey();
    expect((await filesBelow(directory)).map(({ path }) => path)).toEqual([join(directory, 'README')]);
    expect(store.bytes).toBe(0);
  });

  test.each([
    ['empty', (path: string) => truncate(path, 0)],
    ['cut', (path: string) => truncate(path, 5000)],
    ['full of zeros', (path: string) => writeFile(path, Buffer.alloc(10_008))],
    [
      'changed by a bit',
      async (path: string) => {
        const bytes = await readFile(path);
        bytes.writeUInt8(bytes.readUInt8(77) ^ 1, 77);
        await writeFile(path, bytes);
      },
    ],
  ])('a file that a power cut left %s is a miss, and goes', async (_, damage) => {
    await open().put(pieceOf('film', 1), fill(1, 10_000));
    await damage(fileOf(1));
    const store = open();
    await store.survey();
    expect(await store.get(pieceOf('film', 1))).toBeUndefined();
    expect(await filesBelow(directory)).toEqual([]);
    expect(store.bytes).toBe(0);
  });

  test('what somebody deleted by hand is missed, and no longer counted', async () => {
    const store = open();
    await store.put(pieceOf('film', 1), fill(1));
    await rm(dirname(fileOf(1)), { recursive: true });
    expect(await store.get(pieceOf('film', 1))).toBeUndefined();
    expect(store.bytes).toBe(0);
    await store.put(pieceOf('film', 1), fill(2));
    expect(await store.get(pieceOf('film', 1))).toBeDefined();
  });

  test('leave the disk its free space: the cache gives way, then says it is full', async () => {
    let others = 0;
    const free = async (): Promise<number> => 200_000 - others - (await bytesBelow(directory));
    const store = open({ floor: 50_000, free });
    for (let n = 0; n < 30; n += 1) {
      await store.put(pieceOf('film', n), fill(n, 10_000));
      expect(await free()).toBeGreaterThanOrEqual(50_000);
    }
    expect(store.bytes).toBeGreaterThan(130_000);
    others = 120_000;
    await store.put(pieceOf('film', 50), fill(1, 10_000));
    expect(await free()).toBeGreaterThanOrEqual(50_000);
    expect(await store.has(pieceOf('film', 50))).toBe(true);
    others = 160_000;
    await expect(store.put(pieceOf('film', 51), fill(1, 10_000))).rejects.toBeInstanceOf(SegmentStoreFull);
    expect(await filesBelow(directory)).toEqual([]);
    others = 0;
    await store.put(pieceOf('film', 52), fill(1, 10_000));
    expect(await store.has(pieceOf('film', 52))).toBe(true);
  });

  test('of several processes in one directory: one gives what another made, and in the end all count it', async () => {
    let time = Date.now();
    const [one, other] = [open({ shared: true }), open({ shared: true, capacity: 60_000, now: () => time })];
    await Promise.all([one.survey(), other.survey()]);
    for (let n = 0; n < 5; n += 1) await one.put(pieceOf('film', n), fill(n, 10_000));
    expect([...((await other.get(pieceOf('film', 3))) ?? [])]).toEqual([...fill(3, 10_000)]);
    expect(await other.has(pieceOf('film', 4))).toBe(true);
    expect(await other.has(pieceOf('film', 9))).toBe(false);
    await one.forget('film');
    expect(await other.has(pieceOf('film', 3))).toBe(false);
    for (let n = 0; n < 7; n += 1) await one.put(pieceOf('film', n), fill(n, 10_000));
    // What another is writing is not rubbish yet.
    await writeFile(join(directory, '.incoming', '01ARZ'), 'half');
    time += 11 * 60_000;
    await utimes(join(directory, '.incoming', '01ARZ'), time / 1000, time / 1000);
    await other.put(pieceOf('series', 0), fill(1, 10_000));
    expect(await bytesBelow(directory)).toBe(other.bytes + 4);
    expect(other.bytes).toBeLessThanOrEqual(60_000);
  });

  test('are bounded in number too', async () => {
    const store = open({ mostFiles: 10 });
    for (let n = 0; n < 30; n += 1) await store.put(pieceOf('film', n), fill(n, 10));
    expect(await filesBelow(directory)).toHaveLength(10);
    const smaller = open({ mostFiles: 4 });
    await smaller.survey();
    expect(await filesBelow(directory)).toHaveLength(4);
  });

  test('what is being written while its content is forgotten does not come back', async () => {
    const store = open();
    const writes = Array.from({ length: 20 }, (_, n) => store.put(pieceOf('film', n), fill(n, 50_000)));
    await writes[0];
    await store.forget('film');
    await store.put(pieceOf('other', 0), fill(1));
    const listed = await Promise.all(Array.from({ length: 20 }, (_, n) => store.has(pieceOf('film', n))));
    await Promise.all(writes);
    const after = await Promise.all(Array.from({ length: 20 }, (_, n) => store.has(pieceOf('film', n))));
    // Writes that had begun are gone; only such as had not even been given room may follow.
    expect(listed[0]).toBe(false);
    expect(after[0]).toBe(false);
    expect(await bytesBelow(directory)).toBe(store.bytes);
  });

  test('a disk in trouble is a miss when read, and an error when written', async () => {
    await rm(directory, { recursive: true });
    await writeFile(directory, 'a file where the folder should be');
    const store = open();
    expect(await store.get(pieceOf('film', 1))).toBeUndefined();
    await expect(store.put(pieceOf('film', 1), fill(1))).rejects.toThrow();
    await rm(directory);
    await store.put(pieceOf('film', 1), fill(1));
    expect(await store.has(pieceOf('film', 1))).toBe(true);
  });
});
