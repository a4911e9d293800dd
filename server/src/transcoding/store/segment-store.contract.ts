import { type SegmentKey, type SegmentStore, SegmentStoreFull } from './segment-store.port.js';

export const pieceOf = (contentKey: string, piece: 'init' | number, renditionId = 'v0-720p'): SegmentKey => ({
  contentKey,
  renditionId,
  piece,
});

/** Bytes that no two numbers share. */
export const fill = (n: number, length = 1000): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 7 + n * 31 + (at >> 8)) & 255);

export interface OpenedStore {
  readonly store: SegmentStore;
  /** Bytes that really lie there. */
  stored(): Promise<number>;
}

/** How every segment store behaves. Registers its own tests. @param open gives an empty store of `capacity` bytes */
export function segmentStoreContract(open: (capacity: number) => Promise<OpenedStore>): void {
  const roomy = async (): Promise<SegmentStore> => (await open(10_000_000)).store;

  test('gives back what was put, byte for byte, and misses what was not', async () => {
    const store = await roomy();
    const [init, first] = [pieceOf('film', 'init'), pieceOf('film', 0)];
    expect(await store.get(init)).toBeUndefined();
    expect(await store.has(init)).toBe(false);
    await store.put(init, fill(1));
    await store.put(first, fill(2, 300_000));
    expect(Buffer.compare((await store.get(init)) ?? Buffer.alloc(0), fill(1))).toBe(0);
    expect(Buffer.compare((await store.get(first)) ?? Buffer.alloc(0), fill(2, 300_000))).toBe(0);
    expect([await store.has(init), await store.has(first)]).toEqual([true, true]);
    expect(await store.get(pieceOf('film', 1))).toBeUndefined();
  });

  test('tells contents, renditions and pieces apart', async () => {
    const store = await roomy();
    const keys = [
      pieceOf('film', 1),
      pieceOf('film', 11),
      pieceOf('film-1', 1),
      pieceOf('fil', 1),
      pieceOf('film', 1, 'v0-720p-b3'),
      pieceOf('film', 1, 'a1-aac2'),
    ];
    for (const [n, key] of keys.entries()) await store.put(key, fill(n));
    for (const [n, key] of keys.entries()) expect([...((await store.get(key)) ?? [])]).toEqual([...fill(n)]);
  });

  test('replaces', async () => {
    const store = await roomy();
    await store.put(pieceOf('film', 1), fill(1, 5000));
    await store.put(pieceOf('film', 1), fill(2, 100));
    expect([...((await store.get(pieceOf('film', 1))) ?? [])]).toEqual([...fill(2, 100)]);
  });

  test('forgets one content, and nothing whose name begins alike', async () => {
    const { store, stored } = await open(10_000_000);
    const other = pieceOf('film-2', 0);
    for (const piece of ['init', 0, 1] as const) await store.put(pieceOf('film', piece), fill(1));
    await store.put(pieceOf('film', 0, 'a1-aac2'), fill(1));
    await store.put(other, fill(3));
    await store.forget('film');
    await store.forget('never-there');
    expect(await store.has(pieceOf('film', 'init'))).toBe(false);
    expect(await store.get(pieceOf('film', 1))).toBeUndefined();
    expect(await store.get(pieceOf('film', 0, 'a1-aac2'))).toBeUndefined();
    expect([...((await store.get(other)) ?? [])]).toEqual([...fill(3)]);
    expect(await stored()).toBeLessThan(1100);
  });

  test('lets the longest unused go, and never holds more than its capacity', async () => {
    const capacity = 50_000;
    const { store, stored } = await open(capacity);
    await store.put(pieceOf('film', 'init'), fill(0, 4000));
    for (let n = 0; n < 30; n += 1) {
      await store.put(pieceOf('film', n), fill(n, 4000));
      expect(await stored()).toBeLessThanOrEqual(capacity);
      expect(await store.get(pieceOf('film', 'init'))).toBeDefined();
    }
    expect(await stored()).toBeGreaterThan(capacity * 0.7);
    expect(await store.has(pieceOf('film', 29))).toBe(true);
    expect(await store.has(pieceOf('film', 1))).toBe(false);
  });

  test('keeps to its capacity while many write at once', async () => {
    const capacity = 50_000;
    const { store, stored } = await open(capacity);
    let most = 0;
    const state = { isDone: false };
    const writes = Promise.all(
      Array.from({ length: 40 }, (_, n) => store.put(pieceOf('film', n % 30), fill(n, 6000))),
    ).finally(() => (state.isDone = true));
    while (!state.isDone) most = Math.max(most, await stored());
    await writes;
    expect(Math.max(most, await stored())).toBeLessThanOrEqual(capacity);
    expect(most).toBeGreaterThan(6000);
  });

  test('refuses what is larger than itself, and keeps the rest', async () => {
    const { store } = await open(10_000);
    await store.put(pieceOf('film', 1), fill(1));
    await expect(store.put(pieceOf('film', 2), fill(2, 10_001))).rejects.toBeInstanceOf(SegmentStoreFull);
    expect(await store.has(pieceOf('film', 1))).toBe(true);
  });

  test.each([
    ['a way out', pieceOf('..', 1)],
    ['a way out of the rendition', pieceOf('film', 1, '../../etc')],
    ['a slash', pieceOf('a/b', 1)],
    ['nothing', pieceOf('', 1)],
    ['a number below nought', pieceOf('film', -1)],
    ['half a number', pieceOf('film', 1.5)],
    ['a line end', pieceOf('film', 1, 'v0\n')],
  ])('refuses a key with %s', async (_, key) => {
    const store = await roomy();
    const refused = (work: () => Promise<unknown>): Promise<unknown> =>
      Promise.resolve()
        .then(work)
        .catch((error: unknown) => error);
    for (const work of [() => store.get(key), () => store.put(key, fill(1)), () => store.has(key)])
      expect(await refused(work)).toBeInstanceOf(RangeError);
  });
}
