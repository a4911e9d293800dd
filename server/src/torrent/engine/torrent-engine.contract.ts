import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import { waitFor } from '../../../../tests/support/wait-for.js';
import { engineSettings, noWishes } from './testing/engine-builders.js';
import type { EngineEvent, EngineResume, EngineTorrent, TorrentEngine } from './torrent-engine.js';

/** Others who have a torrent of two files, `contractFiles`. */
export interface ContractSwarm {
  readonly infoHash: string;
  readonly metainfo: Uint8Array;
  readonly pieceLength: number;
  /** What the engine needs to know to find them. */
  readonly found: Pick<EngineTorrent, 'trackers' | 'peers'>;
  /** How often each piece was given, parts of it counted. */
  given(): Promise<number[]>;
  forgetGiven(): Promise<void>;
  /** They give so many pieces more and then nothing; null: all that is asked for. */
  allow(pieces: number | null): Promise<void>;
}

export interface ContractStage {
  readonly engine: TorrentEngine;
  readonly swarm: ContractSwarm;
  /** Ends the engine's process by force; it comes back by itself. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const bytesOf = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * seed + (at >> 8) * 7 + (at >> 16)) & 255);

/** A film, and something small that shares a piece with its end. */
export const contractFiles = [
  { name: 'film.bin', bytes: bytesOf(2_500_000, 31) },
  { name: 'notes.bin', bytes: bytesOf(70_000, 17) },
] as const;
const [film, notes] = contractFiles;

const unknownHash = '0'.repeat(40);
/** Against hanging: everything here is a matter of a second. */
const limitMs = 90_000;

/** How every engine behaves. Registers its own tests. */
export function torrentEngineContract(open: () => Promise<ContractStage>): void {
  let stage: ContractStage;
  let events: EngineEvent[] = [];
  beforeAll(async () => {
    stage = await open();
    stage.engine.on((event) => events.push(event));
    await stage.engine.start(engineSettings());
  });
  beforeEach(() => {
    events = [];
  });
  afterEach(async () => {
    await stage.swarm.allow(null);
    await stage.engine.remove(stage.swarm.infoHash, { data: true });
    await stage.swarm.forgetGiven();
  });
  afterAll(async () => {
    await stage.engine.stop();
    await stage.close();
  });

  const torrent = (changes: Partial<EngineTorrent> = {}): EngineTorrent => ({
    infoHash: stage.swarm.infoHash,
    metainfo: stage.swarm.metainfo,
    resume: null,
    wishes: noWishes,
    ...stage.swarm.found,
    ...changes,
  });
  const wishFor = (...indices: number[]): EngineTorrent['wishes'] => ({
    ...noWishes,
    priorities: new Map(indices.map((index) => [index, 'normal'])),
  });
  const opened = (index: number): Promise<ByteSource> => stage.engine.open(stage.swarm.infoHash, index);
  const until = <T>(
    what: string,
    probe: () => T | undefined | false | Promise<T | undefined | false>,
  ): Promise<T> => waitFor(probe, what, limitMs);
  const heard = <Type extends EngineEvent['type']>(type: Type): Extract<EngineEvent, { type: Type }>[] =>
    events.filter((event): event is Extract<EngineEvent, { type: Type }> => event.type === type);
  const isAll = (resume: EngineResume): boolean =>
    Array.from({
      length: Math.ceil((film.bytes.length + notes.bytes.length) / stage.swarm.pieceLength),
    }).every((_, piece) => hasBit(resume.bitfield, piece));
  const givenBytes = async (): Promise<number> =>
    (await stage.swarm.given()).reduce((sum, share) => sum + share, 0);

  test('starting twice is starting once', async () => {
    await stage.engine.start(engineSettings());
    expect(stage.engine.health()).toMatchObject({ state: 'running' });
    expect(heard('engine').filter(({ state }) => state === 'starting')).toHaveLength(0);
  });

  test('reads a torrent that was added by its metainfo: all of it, and ranges', async () => {
    await stage.engine.add(torrent());
    const source = await opened(0);
    expect([source.size, source.etag]).toEqual([film.bytes.length, `${stage.swarm.infoHash}-0`]);
    const end = film.bytes.length - 1;
    const { pieceLength } = stage.swarm;
    for (const [from, to] of [
      [0, 0],
      [end, end],
      [pieceLength - 1, pieceLength],
      [1_000_000, 1_400_000],
      [0, end],
    ] as const) {
      expect(digest(await read(source, from, to))).toBe(digest(film.bytes.subarray(from, to + 1)));
    }
    expect(digest(await read(await opened(1), 0, notes.bytes.length - 1))).toBe(digest(notes.bytes));
    expect((await read(source, end + 1, end + 10)).length).toBe(0);
  });

  test('another file has another tag; the same one always the same', async () => {
    await stage.engine.add(torrent());
    const [first, second, again] = [await opened(0), await opened(1), await opened(0)];
    expect(first.etag).not.toBe(second.etag);
    expect([again.etag, again.lastModified]).toEqual([first.etag, first.lastModified]);
  });

  test('learns from others what is in a magnet link', async () => {
    await stage.engine.add(torrent({ metainfo: null }));
    const { metainfo } = await until('metadata', () => heard('metadata')[0]);
    expect(digest(await read(await opened(1), 10, 20))).toBe(digest(notes.bytes.subarray(10, 21)));
    // What it learnt is as good as the original.
    await stage.engine.remove(stage.swarm.infoHash, { data: true });
    await stage.engine.add(torrent({ metainfo }));
    expect((await opened(0)).size).toBe(film.bytes.length);
  });

  test('says that it does not know yet what is in one that nobody has told it of', async () => {
    await stage.engine.add(torrent({ metainfo: null, wishes: { ...noWishes, paused: true } }));
    await expect(opened(0)).rejects.toMatchObject({ name: 'EngineError', code: 'no-metadata' });
    expect(stage.engine.facts(stage.swarm.infoHash)).toMatchObject({ phase: 'paused', haveBytes: 0 });
  });

  test('fetches nothing by itself', async () => {
    await stage.engine.add(torrent());
    await until('peers', () => (stage.engine.facts(stage.swarm.infoHash)?.peers ?? 0) > 0);
    expect(await givenBytes()).toBe(0);
    expect(stage.engine.facts(stage.swarm.infoHash)?.haveBytes).toBe(0);
  });

  test('fetches what is wished for, not more, and says when it is there', async () => {
    await stage.engine.add(torrent({ wishes: wishFor(1) }));
    await until('the wish', () => heard('complete').length === 1);
    const facts = await until('facts', () => {
      const now = stage.engine.facts(stage.swarm.infoHash);
      return now?.wantedProgress === 1 && now;
    });
    expect(facts.fileHaveBytes[1]).toBe(notes.bytes.length);
    expect((await stage.swarm.given())[10]).toBe(0);
    await stage.engine.wish(stage.swarm.infoHash, wishFor(0, 1));
    await until('the second wish', () => heard('complete').length === 2);
    const resume = await until('resume facts', () =>
      heard('resume').findLast((event) => isAll(event.resume)),
    );
    expect(resume.resume.files).toHaveLength(2);
  });

  test('several readers at once have what each asks for, and every piece comes once', async () => {
    await stage.engine.add(torrent());
    const source = await opened(0);
    const ranges = [
      [0, 900_000],
      [400_000, 1_500_000],
      [1_400_000, film.bytes.length - 1],
      [0, 900_000],
    ] as const;
    const all = await Promise.all(ranges.map(([from, to]) => read(source, from, to)));
    expect(all.map(digest)).toEqual(ranges.map(([from, to]) => digest(film.bytes.subarray(from, to + 1))));
    for (const share of await stage.swarm.given()) expect(share).toBeLessThanOrEqual(1);
  });

  test('a seek fetches from there before anybody reads', async () => {
    await stage.engine.add(torrent());
    const byte = 1_900_000;
    await stage.engine.seek(stage.swarm.infoHash, 0, byte);
    const piece = Math.floor(byte / stage.swarm.pieceLength);
    await until('the piece', async () =>
      hasBit((await stage.engine.details(stage.swarm.infoHash)).bitfield, piece),
    );
  });

  test('what is here can be read without fetching anything; what is not is refused at once', async () => {
    await stage.engine.add(torrent());
    const { infoHash, pieceLength } = stage.swarm;
    expect(await stage.engine.present(infoHash, 0)).toEqual([]);
    const source = await opened(0);
    const quiet = await stage.engine.openPresent(infoHash, 0);
    await expect(read(quiet, 0, 9)).rejects.toMatchObject({ code: 'absent' });
    expect(await givenBytes()).toBe(0);

    await stage.swarm.allow(1);
    await read(source, pieceLength, pieceLength);
    await stage.swarm.allow(0);
    const [span, ...others] = await until('what is here', async () => {
      const spans = await stage.engine.present(infoHash, 0);
      return spans.length > 0 && spans;
    });
    expect([span, others]).toEqual([{ start: pieceLength, end: 2 * pieceLength - 1 }, []]);
    const bytes = await read(quiet, pieceLength + 5, 2 * pieceLength - 1);
    expect(digest(bytes)).toBe(digest(film.bytes.subarray(pieceLength + 5, 2 * pieceLength)));
    await expect(read(quiet, pieceLength, 2 * pieceLength)).rejects.toMatchObject({ code: 'absent' });
    await expect(stage.engine.present(infoHash, 9)).rejects.toMatchObject({ code: 'unknown' });
  });

  test('adding twice is adding once', async () => {
    await stage.engine.add(torrent());
    const source = await opened(0);
    await stage.engine.add(torrent({ wishes: wishFor(1) }));
    await until('the wish of the second time', () => heard('complete').length === 1);
    expect(digest(await read(source, 0, 99))).toBe(digest(film.bytes.subarray(0, 100)));
    expect(stage.engine.facts(stage.swarm.infoHash)).toBeDefined();
  });

  test('an abort ends a reader without an error, and it is gone from the facts', async () => {
    await stage.swarm.allow(3);
    await stage.engine.add(torrent());
    const controller = new AbortController();
    const reading = read(await opened(0), 0, film.bytes.length - 1, { signal: controller.signal });
    const readers = () => stage.engine.facts(stage.swarm.infoHash)?.readers.length;
    await until('the reader', () => readers() === 1);
    controller.abort();
    expect((await reading).length).toBeLessThan(film.bytes.length);
    await until('nobody', () => readers() === 0);
  });

  test('while it is paused nothing comes; then it goes on', async () => {
    await stage.engine.add(torrent({ wishes: { ...noWishes, paused: true } }));
    const reading = read(await opened(1), 0, notes.bytes.length - 1);
    await until('paused', () => stage.engine.facts(stage.swarm.infoHash)?.phase === 'paused');
    expect(await givenBytes()).toBe(0);
    await stage.engine.wish(stage.swarm.infoHash, noWishes);
    expect(digest(await reading)).toBe(digest(notes.bytes));
  });

  test('who reads what is removed is told', async () => {
    await stage.swarm.allow(1);
    await stage.engine.add(torrent());
    const reading = read(await opened(0), 0, film.bytes.length - 1).catch((error: unknown) => error);
    await until('the reader', () => stage.engine.facts(stage.swarm.infoHash)?.readers.length === 1);
    await stage.engine.remove(stage.swarm.infoHash, { data: true });
    expect(await reading).toMatchObject({ name: 'EngineError', code: 'removed' });
    expect(stage.engine.facts(stage.swarm.infoHash)).toBeUndefined();
    await expect(opened(0)).rejects.toMatchObject({ code: 'unknown' });
  });

  test('what stays on the disk and is vouched for is not fetched again; what was deleted is', async () => {
    await stage.engine.add(torrent({ wishes: wishFor(0, 1) }));
    const { resume } = await until('all', () => heard('resume').findLast((event) => isAll(event.resume)));
    await stage.engine.remove(stage.swarm.infoHash, { data: false });
    await stage.swarm.forgetGiven();
    await stage.engine.add(torrent({ resume }));
    expect(digest(await read(await opened(0), 0, film.bytes.length - 1))).toBe(digest(film.bytes));
    expect(await givenBytes()).toBe(0);
    await stage.engine.remove(stage.swarm.infoHash, { data: true });
    await stage.engine.add(torrent());
    expect(digest(await read(await opened(0), 0, 99))).toBe(digest(film.bytes.subarray(0, 100)));
    expect(await givenBytes()).toBeGreaterThan(0);
  });

  test('refuses what it does not have', async () => {
    const { engine } = stage;
    const unknown = { name: 'EngineError', code: 'unknown' };
    await expect(engine.open(unknownHash, 0)).rejects.toMatchObject(unknown);
    await expect(engine.wish(unknownHash, noWishes)).rejects.toMatchObject(unknown);
    await expect(engine.seek(unknownHash, 0, 0)).rejects.toMatchObject(unknown);
    await expect(engine.details(unknownHash)).rejects.toMatchObject(unknown);
    await expect(engine.announce(unknownHash)).rejects.toMatchObject(unknown);
    expect(engine.facts(unknownHash)).toBeUndefined();
    await engine.remove(unknownHash, { data: true });
    await engine.add(torrent());
    await expect(opened(2)).rejects.toMatchObject(unknown);
    await engine.announce(stage.swarm.infoHash);
  });

  test('settings change while somebody reads, another port included', async () => {
    await stage.swarm.allow(5);
    await stage.engine.add(torrent());
    const reading = read(await opened(0), 0, film.bytes.length - 1);
    await until('the first pieces', async () => (await givenBytes()) >= 2);
    await stage.engine.configure(engineSettings({ uploadLimit: 1_000_000, maxPeers: 7 }));
    await stage.engine.configure(engineSettings({ bindAddresses: [] }));
    await stage.swarm.allow(null);
    expect(digest(await reading)).toBe(digest(film.bytes));
    await stage.engine.configure(engineSettings());
  });

  test('killed while somebody reads: the reader goes on, and nothing that was verified comes again', async () => {
    await stage.swarm.allow(12);
    await stage.engine.add(torrent());
    let position = 0;
    const reading = read(await opened(0), 0, film.bytes.length - 1, { at: (byte) => (position = byte) });
    await until('the first pieces', () => position >= 4 * stage.swarm.pieceLength);
    const verified = Math.floor(position / stage.swarm.pieceLength);
    const { restarts } = stage.engine.health();
    await stage.kill();
    await stage.swarm.allow(null);
    expect(digest(await reading)).toBe(digest(film.bytes));
    expect(stage.engine.health()).toMatchObject({ state: 'running', restarts: restarts + 1 });
    expect(heard('engine').map(({ state }) => state)).toEqual(['restarting', 'running']);
    expect((await stage.swarm.given()).slice(0, verified)).toEqual(Array.from({ length: verified }, () => 1));
  });

  test('killed while nobody reads: wishes are carried out by the next one, and calls meanwhile hold', async () => {
    await stage.swarm.allow(2);
    await stage.engine.add(torrent({ wishes: wishFor(1) }));
    await stage.kill();
    await stage.engine.wish(stage.swarm.infoHash, wishFor(0, 1));
    const source = await opened(1);
    await stage.swarm.allow(null);
    await until('the wish', () => heard('complete').length > 0);
    expect(digest(await read(source, 0, notes.bytes.length - 1))).toBe(digest(notes.bytes));
  });

  test('stopped, it has nothing and does nothing; resume facts come before', async () => {
    await stage.engine.add(torrent({ wishes: wishFor(1) }));
    await until('the wish', () => heard('complete').length === 1);
    const reading = read(await opened(0), 0, film.bytes.length - 1).catch((error: unknown) => error);
    events = [];
    await stage.swarm.allow(0);
    await stage.engine.stop();
    await reading;
    expect(heard('resume').map(({ infoHash }) => infoHash)).toContain(stage.swarm.infoHash);
    expect(stage.engine.facts(stage.swarm.infoHash)).toBeUndefined();
    expect(stage.engine.health()).toMatchObject({ state: 'stopped', listeningPort: null });
    const gone = { name: 'EngineError', code: 'unavailable' };
    await expect(stage.engine.add(torrent())).rejects.toMatchObject(gone);
    await expect(stage.engine.remove(stage.swarm.infoHash, { data: true })).rejects.toMatchObject(gone);
    await stage.engine.stop();
    await stage.engine.start(engineSettings());
    expect(stage.engine.facts(stage.swarm.infoHash)).toBeUndefined();
    expect(heard('engine').map(({ state }) => state)).toEqual(['stopped', 'starting', 'running']);
  });
}

const digest = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

const hasBit = (bitfield: Uint8Array, piece: number): boolean =>
  (((bitfield[piece >> 3] ?? 0) >> (7 - (piece & 7))) & 1) === 1;

interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Told how far it is. */
  readonly at?: (byte: number) => void;
}

async function read(
  source: ByteSource,
  start: number,
  end: number,
  options: ReadOptions = {},
): Promise<Buffer> {
  const { signal = new AbortController().signal, at } = options;
  const chunks: Uint8Array[] = [];
  let position = start;
  for await (const chunk of source.read(start, end, signal)) {
    chunks.push(Uint8Array.from(chunk)); // its memory may be used again
    position += chunk.length;
    at?.(position);
  }
  return Buffer.concat(chunks);
}
