import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RemoteByteSource } from './remote-byte-source.js';

const content = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: string[];
const server = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers.range}`);
  answer(request, response);
});
let base: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
  answer = part();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A host that gives parts. @param most so many bytes of each, then it hangs up */
function part({ etag = '"one"', bytes = content, most = Infinity } = {}) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const [, from = '0', to = '0'] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const [start, end] = [Number(from), Math.min(Number(to), bytes.length - 1)];
    const range = `bytes ${start}-${end}/${bytes.length}`;
    response.writeHead(206, { 'content-range': range, 'content-length': end + 1 - start, etag });
    if (end + 1 - start <= most) response.end(bytes.subarray(start, end + 1));
    else response.write(bytes.subarray(start, start + most), () => response.destroy());
  };
}

const options = { allowPrivateHosts: ['127.0.0.1'] };
const open = (path = '/film') => RemoteByteSource.open(base + path, options);
async function read(source: RemoteByteSource, start: number, end: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.read(start, end, new AbortController().signal)) chunks.push(Uint8Array.from(chunk)); // prettier-ignore
  return Buffer.concat(chunks);
}

test('size and validator are known before anything is read; parts are what they are', async () => {
  const source = await open();
  expect([source.size, source.etag]).toEqual([content.length, 'one']);
  expect(await read(source, 500, 70_000)).toEqual(content.subarray(500, 70_001));
  expect(asked).toEqual(['/film bytes=0-0', '/film bytes=500-70000']);
});

test('a line that breaks is taken up where it broke', async () => {
  const source = await open();
  answer = part({ most: 30_000 });
  expect(await read(source, 0, 99_999)).toEqual(content);
  expect(asked).toHaveLength(5);
});

test('one that always breaks is given up', async () => {
  const source = await open();
  answer = (_, response) => void response.destroy();
  await expect(read(source, 0, 9)).rejects.toMatchObject({ reason: 'unreachable' });
  expect(asked).toHaveLength(5);
});

test.each([
  ['another version', part({ etag: '"two"' })],
  ['another size', part({ bytes: content.subarray(9) })],
])('%s is noticed in mid-play', async (_, next) => {
  const source = await open();
  answer = next;
  await expect(read(source, 0, 9)).rejects.toMatchObject({ reason: 'changed' });
});

test.each([
  ['no parts', (_: IncomingMessage, response: ServerResponse) => void response.end('all of it')],
  ['nothing there', (_: IncomingMessage, response: ServerResponse) => void response.writeHead(404).end()],
])('a host with %s is refused', async (_, next) => {
  answer = next;
  await expect(open()).rejects.toMatchObject({ reason: 'status' });
});

test('redirects are followed, into the house they are not', async () => {
  answer = (request, response) =>
    request.url === '/film' ? void response.writeHead(302, { location: '/other' }).end() : part()(request, response);
  expect((await open()).size).toBe(content.length);
  answer = (_, response) => void response.writeHead(302, { location: 'http://localhost:8123/film' }).end();
  await expect(open()).rejects.toMatchObject({ reason: 'refused-address' });
  await expect(RemoteByteSource.open(base, {})).rejects.toMatchObject({ reason: 'refused-address' });
}); // prettier-ignore

test('who leaves is not waited for', async () => {
  const source = await open();
  answer = () => undefined;
  const leaving = new AbortController();
  const reading = source.read(0, 9, leaving.signal)[Symbol.asyncIterator]().next();
  while (asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
  leaving.abort();
  expect((await reading).done).toBe(true);
});
