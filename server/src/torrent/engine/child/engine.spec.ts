import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startSwarm, type Swarm } from '../../../../../tests/support/swarm.js';
import { bytesPath } from '../messages.js';
import { EngineChild } from './testing/engine-child.js';

const mebibyte = 1024 * 1024;
const pieceLength = 256 * 1024;

/** Nothing in it repeats: a piece at a wrong place is seen. */
function content(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0, state = seed; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  return bytes;
}

const film = content(24 * mebibyte, 1);
const subtitles = content(100_001, 2);

let swarm: Swarm;
let engine: EngineChild;

const add = (
  overrides: { download?: readonly number[]; magnet?: boolean; trackers?: string[] } = {},
): Promise<unknown> =>
  engine.ask({
    name: 'add',
    torrent: {
      infoHash: swarm.infoHash,
      metainfo: overrides.magnet ? null : new Uint8Array(swarm.metainfo),
      trackers: overrides.trackers ?? [swarm.trackerUrl],
      peers: [],
      resume: null,
      wishes: {
        paused: false,
        seed: false,
        priorities: (overrides.download ?? []).map((index): [number, 'normal'] => [index, 'normal']),
      },
    },
  });

const filmIndex = (): number => swarm.files.findIndex(({ size }) => size === film.length);
const filmPath = (): string => bytesPath(swarm.infoHash, filmIndex());
const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

beforeAll(async () => {
  swarm = await startSwarm({
    files: [
      { name: 'a film.bin', from: film },
      { name: 'b#1.srt', from: subtitles },
    ],
    pieceLength,
  });
});
afterAll(() => swarm.close());
afterEach(() => engine.close());

test('a film through a small cap: read whole and by seeks, its bytes are right and the cap is never exceeded', async () => {
  const cap = 4 * mebibyte;
  engine = await EngineChild.start({ cacheBytes: cap });
  await add({ magnet: true });
  const { metainfo } = await engine.event('metadata');
  expect(Buffer.from(metainfo).includes(Buffer.from('6:pieces'))).toBe(true);
  let most = 0;
  const compare = async (start: number, end: number): Promise<void> => {
    const response = await engine.open(filmPath(), { range: `bytes=${start}-${end}` });
    expect(response.statusCode).toBe(206);
    let at = start;
    for await (const chunk of response) {
      const bytes = Buffer.from(chunk);
      if (!bytes.equals(film.subarray(at, at + bytes.length))) throw new Error(`Other bytes at ${at}`);
      at += bytes.length;
      most = Math.max(most, await engine.diskBytes());
    }
    expect(at).toBe(end + 1);
  };
  await compare(0, film.length - 1);
  for (const part of [0.7, 0.1, 0.95, 0.4, 0]) {
    const start = Math.floor(film.length * part);
    await compare(start, Math.min(film.length, start + mebibyte) - 1);
  }
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(cap + pieceLength);
});

test('readers of two places get their bytes at once; who leaves frees its window, and nothing beyond windows comes', async () => {
  engine = await EngineChild.start({ cacheBytes: 8 * mebibyte });
  await add();
  await swarm.forgetServed();
  const [first, second] = await Promise.all([
    engine.read(filmPath(), 0, mebibyte),
    engine.read(filmPath(), 16 * mebibyte, 17 * mebibyte),
  ]);
  expect(first.equals(film.subarray(0, mebibyte + 1))).toBe(true);
  expect(second.equals(film.subarray(16 * mebibyte, 17 * mebibyte + 1))).toBe(true);
  const { torrents } = await engine.event('facts', ({ torrents: [facts] }) => facts?.readers.length === 0);
  expect(torrents[0]?.haveBytes).toBeLessThanOrEqual(8 * mebibyte);
});

test('what is wished for comes whole, to its place, and is said to be complete; padding and neighbours do not matter', async () => {
  engine = await EngineChild.start({ cacheBytes: 4 * mebibyte });
  await add({ download: [filmIndex()] });
  await engine.event('complete');
  expect((await readFile(join(engine.data, swarm.infoHash, String(filmIndex())))).equals(film)).toBe(true);
  const { torrents } = await engine.event('facts', ({ torrents: [facts] }) => facts?.wantedProgress === 1);
  expect(torrents[0]?.fileHaveBytes[filmIndex()]).toBe(film.length);
});

test('killed while it streams, the next process goes on with what was there: nothing is fetched twice', async () => {
  engine = await EngineChild.start();
  // Who has read enough leaves, and what only he wanted is wanted no more.
  await add({ download: [filmIndex()] });
  await swarm.forgetServed();
  await engine.read(filmPath(), 0, 6 * mebibyte - 1);
  await engine.event('facts', ({ torrents: [facts] }) => facts?.haveBytes === film.length);
  await engine.kill();
  const { folder } = engine;
  engine = await EngineChild.start({}, folder);
  await add();
  const bytes = await engine.read(filmPath(), 0, film.length - 1);
  expect(bytes.equals(film)).toBe(true);
  const served = await swarm.served();
  // Requests in flight at the kill may have been answered for nothing.
  expect(total(served)).toBeLessThanOrEqual(film.length + subtitles.length + 4 * pieceLength);
});

test('a piece that was damaged on the disk is noticed when it is read, and fetched again', async () => {
  engine = await EngineChild.start();
  await add({ download: [filmIndex()] });
  await engine.event('complete');
  const { resume } = await engine.event('resume', ({ resume: { bitfield } }) => bitfield.length > 0);
  const path = join(engine.data, swarm.infoHash, String(filmIndex()));
  const before = await stat(path);
  await engine.kill();
  const damaged = Buffer.from(film);
  damaged.fill(0, 10 * mebibyte, 10 * mebibyte + 1000);
  await writeFile(path, damaged);
  const stamped = { ...resume, files: resume.files.map((stamp) => ({ ...stamp })) };
  const stats = await stat(path);
  // As if the disk had lost it: size and time say nothing.
  stamped.files[filmIndex()] = { size: before.size, modifiedMs: Math.floor(stats.mtimeMs) };
  engine = await EngineChild.start({}, engine.folder);
  await engine.ask({
    name: 'add',
    torrent: {
      ...{ infoHash: swarm.infoHash, metainfo: new Uint8Array(swarm.metainfo), peers: [], resume: stamped },
      trackers: [swarm.trackerUrl],
      wishes: { paused: false, seed: false, priorities: [[filmIndex(), 'normal']] },
    },
  });
  const bytes = await engine.read(filmPath(), 9 * mebibyte, 12 * mebibyte);
  expect(bytes.equals(film.subarray(9 * mebibyte, 12 * mebibyte + 1))).toBe(true);
});

test('who hangs up frees his reader; ranges, HEAD, a single byte and what is not there are answered as they should', async () => {
  engine = await EngineChild.start();
  await add();
  const whole = await engine.open(filmPath());
  expect(whole.statusCode).toBe(200);
  await once(whole, 'readable');
  whole.destroy();
  expect((await engine.read(filmPath(), 0, 0)).equals(film.subarray(0, 1))).toBe(true);
  const beyond = await engine.open(filmPath(), { range: `bytes=${film.length}-` });
  expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${film.length}`]);
  const head = await engine.open(filmPath(), {}, 'HEAD');
  expect([head.statusCode, head.headers['content-length']]).toEqual([200, String(film.length)]);
  expect(head.headers.etag).toBe(`"${swarm.infoHash}-${filmIndex()}"`);
  const unknown = await engine.open(bytesPath('0'.repeat(40), 0));
  expect(unknown.statusCode).toBe(404);
  await engine.event('facts', ({ torrents: [facts] }) => facts?.readers.length === 0);
  for (const response of [beyond, head, unknown]) response.destroy();
});

test('a removal waits for no tracker that is silent', async () => {
  const heard = Promise.withResolvers<IncomingMessage>();
  const tracker = createServer((request) => request.url?.includes('event=stopped') && heard.resolve(request));
  await once(tracker.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = tracker.address() as AddressInfo;
    engine = await EngineChild.start();
    await add({ trackers: [swarm.trackerUrl, `http://127.0.0.1:${port}/announce`] });
    await engine.read(filmPath(), 0, mebibyte);
    const removed = engine.ask({ name: 'remove', infoHash: swarm.infoHash, data: true });
    const gaveUp = heard.promise.then((request) => once(request, 'close'));
    const first = await Promise.race([removed.then(() => 'removed'), gaveUp.then(() => 'gave up')]);
    expect(first).toBe('removed');
    expect(await engine.diskBytes()).toBe(0);
  } finally {
    tracker.closeAllConnections();
    tracker.close();
  }
});

test('paused and removed: nothing is exchanged, nothing is left', async () => {
  engine = await EngineChild.start();
  await add();
  await engine.read(filmPath(), 0, mebibyte);
  await engine.ask({
    name: 'wish',
    infoHash: swarm.infoHash,
    wishes: { paused: true, seed: true, priorities: [] },
  });
  await engine.event('facts', ({ torrents: [facts] }) => facts?.phase === 'paused' && facts.peers === 0);
  await engine.ask({ name: 'remove', infoHash: swarm.infoHash, data: true });
  expect(await engine.diskBytes()).toBe(0);
  await expect(engine.ask({ name: 'details', infoHash: swarm.infoHash })).rejects.toMatchObject({
    code: 'unknown',
  });
  const ended = once(engine.process, 'exit');
  await engine.ask({ name: 'stop' });
  expect((await ended)[0]).toBe(0);
});
