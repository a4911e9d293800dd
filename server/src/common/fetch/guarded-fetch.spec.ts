import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, deflateSync, brotliCompressSync } from 'node:zlib';
import { FetchRefused } from './fetch-refused.js';
import { type Fetched, guardedFetch, type GuardedFetchOptions } from './guarded-fetch.js';
import type { Resolve } from './guarded-lookup.js';
import { startSocksServer } from './testing/socks-server.js';

let server: Server;
let port: number;
let answer: RequestListener;
const seen: { url: string; host: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', host: request.headers.host ?? '' });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

beforeEach(() => {
  seen.length = 0;
  answer = (_request, response) => response.end('hello');
});

const PATIENT = { maxBytes: 10_000, timeoutMs: 60_000 };
const fetchHere = (path: string, options: Partial<GuardedFetchOptions> = {}): Promise<Fetched> =>
  guardedFetch(`http://127.0.0.1:${port}${path}`, {
    ...PATIENT,
    allowPrivateHosts: ['127.0.0.1'],
    ...options,
  });
const refusal = async (run: Promise<unknown>): Promise<FetchRefused> => {
  const error: unknown = await run.then(
    () => new Error('it was not refused'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof FetchRefused) return error;
  throw error;
};
const reason = async (run: Promise<unknown>): Promise<string> => (await refusal(run)).reason;
const text = ({ body }: Fetched): string => Buffer.from(body).toString();
const names =
  (table: Record<string, string[]>): Resolve =>
  (name) =>
    Promise.resolve(
      (table[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

test('fetches, and says what it got', async () => {
  answer = (_request, response) =>
    response.setHeader('content-type', 'Text/Plain; charset=utf-8').end('hello');
  const fetched = await fetchHere('/a?b=c');
  expect(text(fetched)).toBe('hello');
  expect(fetched).toMatchObject({
    status: 200,
    contentType: 'text/plain',
    url: `http://127.0.0.1:${port}/a?b=c`,
  });
  expect(seen).toEqual([{ url: '/a?b=c', host: `127.0.0.1:${port}` }]);
});

const refused: [url: string, why: string][] = [
  ['http://127.0.0.1/', 'refused-address'],
  ['http://127.1/', 'refused-address'],
  ['http://0x7f000001/', 'refused-address'],
  ['http://2130706433/', 'refused-address'],
  ['http://[::1]/', 'refused-address'],
  ['http://[::ffff:127.0.0.1]/', 'refused-address'],
  ['http://[64:ff9b::7f00:1]/', 'refused-address'],
  ['http://169.254.169.254/latest/meta-data/', 'refused-address'],
  ['http://0.0.0.0/', 'refused-address'],
  ['http://localhost/', 'refused-address'],
  ['http://nas.local/', 'refused-address'],
  ['http://router/', 'refused-address'],
  ['http://metadata.google.internal/', 'refused-address'],
  ['http://user:password@example.org/', 'bad-url'],
  ['http://example.org:22/', 'bad-url'],
  ['http://example.org:25/', 'bad-url'],
  ['http://example.org:6379/', 'bad-url'],
  ['http://', 'bad-url'],
  ['no address', 'bad-url'],
  ['file:///etc/passwd', 'other-scheme'],
  ['ftp://example.org/', 'other-scheme'],
  ['magnet:?xt=urn:btih:x', 'other-scheme'],
];
test.each(refused)('%s is refused: %s', async (url, why) => {
  const resolve = names({ 'example.org': ['93.184.215.14'] });
  expect(await reason(guardedFetch(url, { ...PATIENT, resolve }))).toBe(why);
  expect(seen).toEqual([]);
});

test.each([
  ['a private address', ['127.0.0.1']],
  ['a private address beside one of the public', ['93.184.215.14', '10.0.0.1']],
  ['a private IPv6 address', ['2606:2800:21f::1', '::1']],
  ['a mapped one', ['::ffff:192.168.1.1']],
])('a name that leads to %s is refused', async (_what, addresses) => {
  const resolve = names({ 'rebind.example.org': addresses });
  expect(await reason(guardedFetch('http://rebind.example.org/', { ...PATIENT, resolve }))).toBe(
    'refused-address',
  );
});

test('a name is resolved once, and what was checked is what is connected to', async () => {
  const asked: string[] = [];
  const resolve: Resolve = (name) => {
    asked.push(name);
    return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
  };
  const url = `http://prowlarr.example.org:${port}/x`;
  expect(
    text(await guardedFetch(url, { ...PATIENT, resolve, allowPrivateHosts: ['prowlarr.example.org'] })),
  ).toBe('hello');
  expect(asked).toEqual(['prowlarr.example.org']);
  expect(seen).toEqual([{ url: '/x', host: `prowlarr.example.org:${port}` }]);
});

test('which hosts of the house may be fetched from', async () => {
  const url = `http://127.0.0.1:${port}/`;
  const allowed = (...allowPrivateHosts: string[]) => guardedFetch(url, { ...PATIENT, allowPrivateHosts });
  expect(text(await allowed(`127.0.0.1:${port}`))).toBe('hello');
  expect(text(await allowed('*'))).toBe('hello');
  expect(await reason(allowed('127.0.0.1:1', 'localhost', '127.0.0.2'))).toBe('refused-address');
});

test('redirects are followed, checked each time', async () => {
  answer = ({ url }, response) => {
    if (url === '/end') response.end('there');
    else response.writeHead(302, { location: url === '/a' ? '/b' : 'end' }).end('away');
  };
  const fetched = await fetchHere('/a');
  expect(text(fetched)).toBe('there');
  expect(fetched.url).toBe(`http://127.0.0.1:${port}/end`);
  answer = (_request, response) => response.writeHead(307, { location: 'http://localhost:8080/' }).end();
  expect(await reason(fetchHere('/'))).toBe('refused-address');
  answer = (_request, response) => response.writeHead(301, { location: 'file:///etc/passwd' }).end();
  expect(await reason(fetchHere('/'))).toBe('other-scheme');
  answer = (_request, response) => response.writeHead(301, { location: 'http://[' }).end();
  expect(await reason(fetchHere('/'))).toBe('bad-url');
});

test('JSON is posted; keys and what was posted stay with the host that they are for', async () => {
  const requests: string[] = [];
  answer = (request, response) => {
    const { method = '', url = '', headers } = request;
    void request.toArray().then((chunks) => {
      const sent = Buffer.concat(chunks as Buffer[]).toString();
      requests.push([method, url, headers['api-key'] ?? '-', headers['user-agent'], sent].join(' '));
      if (url === '/kept') response.writeHead(307, { location: '/away' }).end();
      else if (url === '/away') response.writeHead(307, { location: `http://localhost:${port}/end` }).end();
      else response.end('there');
    });
  };
  const options = { json: { id: 7 }, headers: { 'api-key': 'secret', 'user-agent': 'Hearth v1' } };
  expect(text(await fetchHere('/kept', { ...options, allowPrivateHosts: ['*'] }))).toBe('there');
  expect(requests).toEqual([
    'POST /kept secret Hearth v1 {"id":7}',
    'POST /away secret Hearth v1 {"id":7}',
    'GET /end - Hearth v1 ',
  ]);
});

test('five redirects, not six', async () => {
  answer = ({ url = '' }, response) => {
    const left = Number(url.slice(1));
    if (left === 0) response.end('there');
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  };
  expect(text(await fetchHere('/5'))).toBe('there');
  expect(await reason(fetchHere('/6'))).toBe('too-many-redirects');
});

test('a redirect to a magnet link is handed back', async () => {
  const magnet = `magnet:?xt=urn:btih:${'a'.repeat(40)}&dn=x`;
  answer = (_request, response) => response.writeHead(302, { location: magnet }).end();
  expect((await refusal(fetchHere('/'))).details.location).toBe(magnet);
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const)('unpacks %s, and stops a bomb', async (encoding, pack) => {
  answer = ({ url }, response) => {
    response.setHeader('content-encoding', encoding);
    response.end(pack(url === '/bomb' ? Buffer.alloc(50_000_000) : Buffer.from('hello')));
  };
  expect(text(await fetchHere('/'))).toBe('hello');
  expect(await reason(fetchHere('/bomb', { maxBytes: 100_000 }))).toBe('too-large');
});

const bad: [what: string, listener: RequestListener, why: string][] = [
  ['says it is too large', (_request, response) => response.setHeader('content-length', 20_000).write('x'), 'too-large'],
  ['is too large', (_request, response) => response.write('x'.repeat(30_000)), 'too-large'],
  ['is packed strangely', (_request, response) => response.setHeader('content-encoding', 'zstd, gzip').end('x'), 'encoding'],
  ['is not packed as it says', (_request, response) => response.setHeader('content-encoding', 'gzip').end('no gzip'), 'encoding'],
  ['is cut off', (_request, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('x'.repeat(500)).subarray(0, 20)), 'encoding'],
  ['is 404', (_request, response) => response.writeHead(404).end(), 'status'],
  ['is 500', (_request, response) => response.writeHead(500).end(), 'status'],
  ['is something else', (_request, response) => response.setHeader('content-type', 'text/html').end('<html>'), 'content-type'],
  ['hangs up', ({ socket }) => socket.destroy(), 'unreachable'],
  ['hangs up in the middle', (_request, response) => { response.setHeader('content-length', 500).write('x', () => response.destroy()); }, 'unreachable'],
  ['is no HTTP', ({ socket }) => socket.end('SSH-2.0-OpenSSH\r\n'), 'unreachable'],
  ['has endless headers', ({ socket }) => { socket.on('error', () => undefined).write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(200_000)}`); }, 'unreachable'],
]; // prettier-ignore
test.each(bad)('an answer that %s', async (_what, listener, why) => {
  answer = listener;
  expect(await reason(fetchHere('/', { accept: ['application/x-bittorrent', 'application/*'] }))).toBe(why);
});

test('a status is told', async () => {
  answer = (_request, response) => response.writeHead(404).end();
  expect((await refusal(fetchHere('/'))).details.status).toBe(404);
});

test('what only says that it is bytes, or nothing, passes', async () => {
  for (const type of ['application/octet-stream', 'application/x-bittorrent;charset=x', 'text/plain']) {
    answer = (_request, response) => response.setHeader('content-type', type).end('x');
    expect(text(await fetchHere('/', { accept: ['application/x-bittorrent', 'text/*'] }))).toBe('x');
  }
  answer = (_request, response) => response.end('x');
  expect((await fetchHere('/', { accept: ['text/plain'] })).contentType).toBeNull();
});

test('who answers nothing, or drop by drop, is left after the time', async () => {
  answer = () => undefined;
  expect(await reason(fetchHere('/', { timeoutMs: 300 }))).toBe('timeout');
  answer = (_request, response) => {
    const drops = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(drops));
  };
  expect(await reason(fetchHere('/', { timeoutMs: 300 }))).toBe('timeout');
});

test('nobody waits any more', async () => {
  const controller = new AbortController();
  answer = () => controller.abort();
  expect(await reason(fetchHere('/', { signal: controller.signal }))).toBe('aborted');
});

test('nobody there, no name', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const free = (closed.address() as AddressInfo).port;
  closed.close();
  await once(closed, 'close');
  expect(
    await reason(guardedFetch(`http://127.0.0.1:${free}/`, { ...PATIENT, allowPrivateHosts: ['*'] })),
  ).toBe('unreachable');
  expect(await reason(guardedFetch('http://nobody.example.org/', { ...PATIENT, resolve: names({}) }))).toBe(
    'not-found',
  );
});

test('while the interface is away nothing is asked and nothing is sent', async () => {
  const resolve: Resolve = () => Promise.reject(new Error('it was asked'));
  const egress = { localAddresses: [], proxy: null };
  expect(await reason(fetchHere('/', { egress, resolve }))).toBe('held');
  expect(await reason(guardedFetch('http://example.org/', { ...PATIENT, egress, resolve }))).toBe('held');
  const proxy = { localAddresses: [], proxy: 'socks5h://127.0.0.1:1080' };
  expect(await reason(guardedFetch('http://example.org/', { ...PATIENT, egress: proxy, resolve }))).toBe(
    'held',
  );
  expect(seen).toEqual([]);
});

test('sockets are bound to the address that was chosen', async () => {
  let from = '';
  answer = ({ socket }, response) => {
    from = socket.remoteAddress ?? '';
    response.end();
  };
  // Linux has all of 127/8; elsewhere only the first of it.
  const local = process.platform === 'linux' ? '127.0.0.3' : '127.0.0.1';
  await fetchHere('/', { egress: { localAddresses: [local], proxy: null } });
  expect(from).toBe(local);
  const six = { localAddresses: ['::1'], proxy: null };
  expect(await reason(fetchHere('/', { egress: six }))).toBe('unreachable');
});

describe('through a SOCKS5 proxy', () => {
  const account = { username: 'me', password: 'pass:wörd' };
  const through = (proxy: string) => ({ egress: { localAddresses: null, proxy } });
  const resolve = names({ 'tracker.example.org': ['93.184.215.14'], 'rebind.example.org': ['10.0.0.1'] });

  test('names are resolved and checked here', async () => {
    const proxy = await startSocksServer(port);
    try {
      const options = { ...PATIENT, resolve, ...through(`socks5://127.0.0.1:${proxy.port}`) };
      expect(text(await guardedFetch('http://tracker.example.org/a', options))).toBe('hello');
      expect(proxy.asked).toEqual(['93.184.215.14:80']);
      expect(seen).toEqual([{ url: '/a', host: 'tracker.example.org' }]);
      expect(await reason(guardedFetch('http://rebind.example.org/a', options))).toBe('refused-address');
      expect(proxy.asked).toHaveLength(1);
    } finally {
      await proxy.stop();
    }
  });

  test('or by the proxy, and never here; names of the house are not passed on', async () => {
    const proxy = await startSocksServer(port, account);
    try {
      const asked: Resolve = () => Promise.reject(new Error('it was asked'));
      const url = `socks5h://me:${encodeURIComponent(account.password)}@127.0.0.1:${proxy.port}`;
      const options = { ...PATIENT, resolve: asked, ...through(url) };
      expect(text(await guardedFetch('http://tracker.example.org/a', options))).toBe('hello');
      expect(proxy.asked).toEqual(['tracker.example.org:80']);
      for (const local of ['http://nas.local/', 'http://10.0.0.1/', 'http://localhost/']) {
        expect(await reason(guardedFetch(local, options))).toBe('refused-address');
      }
      expect(proxy.asked).toHaveLength(1);
    } finally {
      await proxy.stop();
    }
  });

  test('a wrong password, a proxy that is none, one that is away', async () => {
    const proxy = await startSocksServer(port, account);
    try {
      const options = { ...PATIENT, resolve };
      const fetch = (url: string) =>
        reason(guardedFetch('http://tracker.example.org/', { ...options, ...through(url) }));
      expect(await fetch(`socks5://me:no@127.0.0.1:${proxy.port}`)).toBe('unreachable');
      expect(await fetch(`socks5://127.0.0.1:${proxy.port}`)).toBe('unreachable');
      expect(await fetch(`socks5://127.0.0.1:${port}`)).toBe('unreachable');
      expect(await fetch(`http://127.0.0.1:${port}`)).toBe('unreachable');
      expect(proxy.asked).toEqual([]);
    } finally {
      await proxy.stop();
    }
  });
});
