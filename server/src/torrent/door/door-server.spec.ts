import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import { FileByteSource } from '../../common/bytes/file-byte-source.js';
import { ProblemError } from '../../common/problem-error.js';
import { engineSettings, engineTorrent } from '../engine/testing/engine-builders.js';
import { FakeEngine } from '../engine/testing/fake-engine.js';
import { openDoor } from '../../common/bytes/door-server.js';
import { torrentNames } from './torrent-door.service.js';

const secret = '0123456789abcdef'.repeat(2);
const infoHash = 'd'.repeat(40);
const size = 300_000;
const content = Uint8Array.from({ length: size }, (_, at) => (at * 13 + (at >> 10)) & 255);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function fakeTorrent(): Promise<FakeEngine> {
  const engine = new FakeEngine();
  await engine.start(engineSettings());
  await engine.add(engineTorrent({ infoHash }));
  engine.provide({
    infoHash,
    metainfo: new Uint8Array(),
    pieceLength: 65_536,
    files: [new Uint8Array(5), content],
  });
  return engine;
}

async function realFile(): Promise<() => Promise<ByteSource>> {
  const folder = await mkdtemp(join(tmpdir(), 'door-'));
  closers.push(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'film'), content);
  return () => FileByteSource.open(join(folder, 'film'));
}

type Open = (infoHash: string, index: number) => Promise<ByteSource>;

async function door(
  open: Open,
  more: { maxConnections?: number; onError?: (error: unknown) => void } = {},
): Promise<Server> {
  const server = await openDoor({
    ...{ secret, names: torrentNames, onError: () => undefined, ...more },
    open: (name) => open(name.slice(0, 40), Number(name.slice(41))),
  });
  closers.push(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const at = (server: Server, path = `/${secret}/${infoHash}/1`): string =>
  `http://127.0.0.1:${portOf(server)}${path}`;
const part = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

describe.each<[string, () => Promise<Open>]>([
  [
    'a torrent',
    async () =>
      (
        (engine) => (hash, index) =>
          engine.open(hash, index)
      )(await fakeTorrent()),
  ],
  ['a file', realFile],
])('%s', (_, opener) => {
  test('whole, by HEAD, and in ranges', async () => {
    const server = await door(await opener());
    const whole = await fetch(at(server));
    expect([whole.status, whole.headers.get('accept-ranges'), whole.headers.get('content-length')]).toEqual([
      200,
      'bytes',
      String(size),
    ]);
    expect(Buffer.compare(await part(whole), content)).toBe(0);

    const head = await fetch(at(server), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), (await part(head)).length]).toEqual([
      200,
      String(size),
      0,
    ]);

    for (const [range, start, end] of [
      ['bytes=0-0', 0, 0],
      ['bytes=65535-65536', 65_535, 65_536],
      ['bytes=299999-', size - 1, size - 1],
      ['bytes=-1000', size - 1000, size - 1],
      ['bytes=100-999999999', 100, size - 1],
    ] as const) {
      const response = await fetch(at(server), { headers: { Range: range } });
      expect([response.status, response.headers.get('content-range')]).toEqual([
        206,
        `bytes ${start}-${end}/${size}`,
      ]);
      expect(Buffer.compare(await part(response), content.subarray(start, end + 1))).toBe(0);
    }
  });

  test('ranges outside, and ranges of another version', async () => {
    const server = await door(await opener());
    const outside = await fetch(at(server), { headers: { Range: `bytes=${size}-` } });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
    await outside.arrayBuffer();
    const etag = (await fetch(at(server), { method: 'HEAD' })).headers.get('etag') ?? '';
    const same = await fetch(at(server), { headers: { Range: 'bytes=0-9', 'If-Range': etag } });
    expect([same.status, (await part(same)).length]).toEqual([206, 10]);
    const other = await fetch(at(server), { headers: { Range: 'bytes=0-9', 'If-Range': '"another"' } });
    expect([other.status, (await part(other)).length]).toEqual([200, size]);
  });
});

test.each([
  ['another secret', `/${'f'.repeat(32)}/${infoHash}/1`],
  ['no secret', `//${infoHash}/1`],
  ['a longer secret', `/${secret}0/${infoHash}/1`],
  ['another path', `/${secret}/${infoHash}/1/2`],
  ['a bad escape', `/${secret}/%`],
  ['two slashes', '//'],
  ['a name', `/${secret}/${infoHash}/film.mkv`],
  ['an index of many digits', `/${secret}/${infoHash}/12345678901234567890`],
])('%s is not found, and nothing is opened', async (_, path) => {
  let opened = 0;
  const server = await door(() => Promise.reject(new Error(`opened ${++opened}`)));
  const response = await fetch(at(server, path));
  expect([response.status, opened]).toEqual([404, 0]);
  await response.arrayBuffer();
});

test('other methods are refused', async () => {
  const server = await door(await realFile());
  const response = await fetch(at(server), { method: 'POST', body: 'x' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('says why a source cannot be opened; our own faults are ours', async () => {
  const errors: unknown[] = [];
  const failures = [
    new ProblemError('UNAVAILABLE', { retryAfter: 5 }),
    new ProblemError('NOT_FOUND'),
    new Error('bug'),
  ];
  const server = await door(() => Promise.reject(failures.shift() ?? new Error()), {
    onError: (e) => errors.push(e),
  });
  const busy = await fetch(at(server));
  expect([busy.status, busy.headers.get('retry-after'), await busy.json()]).toEqual([
    503,
    '5',
    expect.objectContaining({ code: 'UNAVAILABLE' }),
  ]);
  expect((await fetch(at(server))).status).toBe(404);
  expect((await fetch(at(server))).status).toBe(500);
  expect(errors).toEqual([new Error('bug')]);
});

test('who hangs up is not read for any more, and a broken source breaks the answer off', async () => {
  const engine = await fakeTorrent();
  engine.withhold(infoHash);
  const server = await door((hash, index) => engine.open(hash, index));
  const leaving = new AbortController();
  const response = await fetch(at(server), { signal: leaving.signal });
  await untilReaders(engine, 1);
  leaving.abort();
  await untilReaders(engine, 0);
  await expect(response.arrayBuffer()).rejects.toThrow();

  const broken = await fetch(at(server));
  await untilReaders(engine, 1);
  engine.fail(infoHash, 'gone');
  await expect(broken.arrayBuffer()).rejects.toThrow();
});

test('listens on this machine only, and not to more than it was told', async () => {
  const server = await door(await realFile(), { maxConnections: 2 });
  expect((server.address() as AddressInfo).address).toBe('127.0.0.1');
  const sockets = [1, 2].map(() => connect(portOf(server), '127.0.0.1'));
  closers.push(() => sockets.forEach((socket) => socket.destroy()));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  await expect(fetch(at(server))).rejects.toThrow();
  sockets[0]?.destroy();
  await untilConnections(server, 1);
  expect((await fetch(at(server), { method: 'HEAD' })).status).toBe(200);
});

async function untilReaders(engine: FakeEngine, count: number): Promise<void> {
  while (engine.facts(infoHash)?.readers.length !== count) await new Promise(setImmediate);
}

async function untilConnections(server: Server, most: number): Promise<void> {
  const count = (): Promise<number> =>
    new Promise((resolve, reject) =>
      server.getConnections((error, connections) => (error ? reject(error) : resolve(connections))),
    );
  while ((await count()) > most) await new Promise(setImmediate);
}
