import { afterEach, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bell } from './bell.js';
import { EngineByteSource } from './engine-bytes.js';
import { EngineError } from './torrent-engine.js';

const infoHash = 'c'.repeat(40);
const size = 1_000_000;
const content = Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 9)) & 255);

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Handler = (request: IncomingMessage, response: ServerResponse, range: [number, number]) => void;

const send = (response: ServerResponse, [start, end]: [number, number]): void =>
  void response
    .writeHead(206, { 'Content-Range': `bytes ${start}-${end}/${size}` })
    .end(content.subarray(start, end + 1));

const refuse = (response: ServerResponse, status: number, code: string): void =>
  void response.writeHead(status).end(JSON.stringify({ code, message: 'because' }));

/** An engine whose socket a test answers; `handlers` one a request, the last for all that follow. */
async function engine({ stallMs = 60_000 } = {}, ...handlers: Handler[]) {
  const directory = await mkdtemp(join(tmpdir(), 'engine-bytes-'));
  closers.push(() => rm(directory, { recursive: true }));
  const asked: string[] = [];
  const servers: Server[] = [];
  const bell = new Bell();
  const state = { path: null as string | null, failure: null as EngineError | null, readers: 0 };
  const listen = async (): Promise<void> => {
    const server = createServer((request, response) => {
      const range = request.headers.range ?? '';
      const [, start = '', end = ''] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
      asked.push(`${request.url} ${range}`);
      const handler = handlers[Math.min(asked.length, handlers.length) - 1];
      handler?.(request, response, [Number(start), Number(end)]);
    });
    const path = join(directory, `${servers.push(server)}.sock`);
    await new Promise<void>((resolve) => server.listen(path, resolve));
    closers.push(
      () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
    );
    state.path = path;
    bell.ring();
  };
  const fail = (failure: EngineError): void => {
    state.failure = failure;
    bell.ring();
  };
  const source = new EngineByteSource(
    {
      socketPath: () => state.path,
      failure: () => state.failure,
      changed: (signal) => bell.heard(signal),
      enter: () => {
        state.readers++;
        return () => state.readers--;
      },
    },
    infoHash,
    3,
    size,
    stallMs,
  );
  return { source, state, asked, listen, fail };
}

async function read(
  source: EngineByteSource,
  start = 0,
  end = size - 1,
  signal = new AbortController().signal,
) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.read(start, end, signal)) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

const isContent = (bytes: Uint8Array, start: number, end: number): boolean =>
  Buffer.compare(bytes, content.subarray(start, end + 1)) === 0;

test.each([
  ['all', 0, size - 1],
  ['the first byte', 0, 0],
  ['the last byte', size - 1, size - 1],
  ['the middle', 123_456, 765_432],
])('reads %s', async (_, start, end) => {
  const { source, asked, listen, state } = await engine({}, (_request, response, range) =>
    send(response, range),
  );
  await listen();
  expect(isContent(await read(source, start, end), start, end)).toBe(true);
  expect(asked).toEqual([`/${infoHash}/3 bytes=${start}-${end}`]);
  expect(state.readers).toBe(0);
});

test('asks for nothing beyond the end, and for nothing at all behind it', async () => {
  const { source, asked, listen } = await engine({}, (_request, response, range) => send(response, range));
  await listen();
  expect((await read(source, size - 10, size + 10)).length).toBe(10);
  expect((await read(source, size, size + 10)).length).toBe(0);
  expect(asked).toEqual([`/${infoHash}/3 bytes=${size - 10}-${size - 1}`]);
});

test('goes on at the byte it had when the connection breaks off', async () => {
  const broken: Handler = (_request, response, [start, end]) => {
    response.writeHead(206, {
      'Content-Range': `bytes ${start}-${end}/${size}`,
      'Content-Length': end - start + 1,
    });
    response.write(content.subarray(start, start + 100_000), () => response.destroy());
  };
  const whole: Handler = (_request, response, range) => send(response, range);
  const { source, asked, listen } = await engine({}, broken, broken, whole);
  await listen();
  expect(isContent(await read(source), 0, size - 1)).toBe(true);
  expect(asked).toEqual([0, 100_000, 200_000].map((start) => `/${infoHash}/3 bytes=${start}-${size - 1}`));
});

test('waits for an engine that is not there, and for one that says so', async () => {
  const away: Handler = (_request, response) => refuse(response, 503, 'unavailable');
  const unknown: Handler = (_request, response) => refuse(response, 404, 'unknown');
  const whole: Handler = (_request, response, range) => send(response, range);
  const { source, listen, asked } = await engine({}, away, unknown, whole);
  const reading = read(source, 5, 9);
  await listen();
  expect(isContent(await reading, 5, 9)).toBe(true);
  expect(asked).toHaveLength(3);
});

test('reads on from the next engine', async () => {
  let began = (): void => undefined;
  const begun = new Promise<void>((resolve) => (began = resolve));
  const hanging: Handler = (_request, response, [start, end]) => {
    response.writeHead(206, {
      'Content-Range': `bytes ${start}-${end}/${size}`,
      'Content-Length': end - start + 1,
    });
    response.write(content.subarray(0, 10), began);
  };
  const whole: Handler = (_request, response, range) => send(response, range);
  const { source, listen, asked } = await engine({}, hanging, whole);
  await listen();
  const reading = read(source);
  await begun;
  await closers.pop()?.();
  await listen();
  expect(isContent(await reading, 0, size - 1)).toBe(true);
  expect(asked).toEqual([0, 10].map((start) => `/${infoHash}/3 bytes=${start}-${size - 1}`));
});

test.each(['disk-full', 'removed', 'invalid'] as const)('%s ends it', async (code) => {
  const { source, listen, state } = await engine({}, (_request, response) => refuse(response, 507, code));
  await listen();
  await expect(read(source)).rejects.toEqual(new EngineError(code, 'because'));
  expect(state.readers).toBe(0);
});

test('a torrent that is removed ends who waits for it', async () => {
  const { source, fail } = await engine();
  const reading = read(source).catch((error: unknown) => error);
  fail(new EngineError('removed', 'The torrent was removed'));
  expect(await reading).toMatchObject({ code: 'removed' });
});

test('bytes of another place are refused', async () => {
  const { source, listen } = await engine({}, (_request, response) => send(response, [7, size - 1]));
  await listen();
  await expect(read(source)).rejects.toMatchObject({ code: 'invalid' });
});

test('gives up when nothing comes, whether the engine is there or not', async () => {
  const silent: Handler = (_request, response, [start, end]) =>
    response.writeHead(206, { 'Content-Range': `bytes ${start}-${end}/${size}` }).flushHeaders();
  const { source, listen, asked } = await engine({ stallMs: 50 }, silent);
  await expect(read(source)).rejects.toMatchObject({ code: 'stalled' });
  expect(asked).toHaveLength(0);
  await listen();
  await expect(read(source)).rejects.toMatchObject({ code: 'stalled' });
});

test('who leaves, or aborts, hangs up; an abort is no error', async () => {
  const gone: Promise<unknown>[] = [];
  const hanging: Handler = (request, response, [start, end]) => {
    response.writeHead(206, { 'Content-Range': `bytes ${start}-${end}/${size}` });
    response.write(content.subarray(0, 10));
    gone.push(once(request.socket, 'close'));
  };
  const { source, listen, state } = await engine({}, hanging);
  await listen();
  for await (const chunk of source.read(0, size - 1, new AbortController().signal)) {
    expect(chunk.length).toBe(10);
    break;
  }
  const controller = new AbortController();
  let length = 0;
  for await (const chunk of source.read(0, size - 1, controller.signal)) {
    length += chunk.length;
    controller.abort();
  }
  expect(length).toBe(10);
  expect(gone).toHaveLength(2);
  await Promise.all(gone);
  expect(state.readers).toBe(0);
});

test('who aborts while the engine is away is let go', async () => {
  const { source, state } = await engine();
  const controller = new AbortController();
  const reading = read(source, 0, size - 1, controller.signal);
  controller.abort();
  expect((await reading).length).toBe(0);
  expect(state.readers).toBe(0);
});
