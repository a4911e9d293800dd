import { once } from 'node:events';
import { appendFile, readdir, readFile, readlink, rename, truncate } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { accountRoutes } from '../../contract/src/account.js';
import { playbackRoutes } from '../../contract/src/playback.js';
import { UrlSigner } from '../../server/src/common/url-signer.js';
import { Secrets } from '../../server/src/config/secrets.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, titleNamed } from '../support/scanned.js';
import { waitFor } from '../support/wait-for.js';

// Bytes come from the disk alone, so one database is enough here.
let hearth: Hearth;
let admin: Client;
let media: MediaFolder;
let url: string;
let bytes: Buffer;

const meadow = 'Meadow (2019)/Meadow (2019).mp4';
const big = 'Big (2020)/Big (2020).mkv';
const bigSize = 96 * 1024 * 1024;

beforeAll(async () => {
  media = await MediaFolder.make();
  bytes = await readFile(await media.film(meadow));
  // What lies behind the end of a Matroska segment is nobody's business: a big film in a moment.
  await truncate(await media.film(big), bigSize);
  hearth = await Hearth.start();
  admin = await hearth.setUp();
  await addLibrary(admin, 'movies', media.root);
  url = await urlOf('Meadow');
}, 60_000);
afterAll(async () => {
  await hearth.dispose();
  await media.remove();
});

async function urlOf(name: string): Promise<string> {
  const { id } = await titleNamed(admin, name);
  return (await admin.call(playbackRoutes.start, { titleId: id, client: {} })).url;
}

/** As a media element asks: no token, the URL alone. */
const ask = (headers: HeadersInit = {}, method = 'GET'): Promise<Response> =>
  hearth.client.fetch(url, { method, headers });
const body = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
const etag = async (): Promise<string> => (await ask({}, 'HEAD')).headers.get('etag') ?? '';

/** Descriptors that the server holds on a file. */
async function openDescriptors(path: string): Promise<number> {
  const folder = `/proc/${hearth.pid}/fd`;
  const links = (await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((target) => target === path).length;
}

async function begin(path: string): Promise<IncomingMessage> {
  const request = get(new URL(path, hearth.client.baseUrl), { agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

describe('a film as it is', () => {
  test('GET gives every byte with its validators', async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'content-type': 'video/mp4',
      'content-length': String(bytes.length),
      etag: expect.stringMatching(/^"[^"]+"$/),
      'last-modified': expect.stringMatching(/GMT$/),
    });
    expect(response.headers.has('content-encoding')).toBe(false);
    expect((await body(response)).equals(bytes)).toBe(true);
  });

  test('HEAD says the same without a body, also when it asks for a range', async () => {
    for (const headers of [{}, { range: 'bytes=5-9' }] as HeadersInit[]) {
      const response = await ask(headers, 'HEAD');
      expect([response.status, response.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
      expect(await body(response)).toHaveLength(0);
    }
  });
});

describe('one range (RFC 9110 section 14)', () => {
  const size = () => bytes.length;
  test.each<[string, () => [number, number]]>([
    ['bytes=0-0', () => [0, 0]],
    ['bytes=0-', () => [0, size() - 1]],
    ['bytes=1000-1999', () => [1000, 1999]],
    ['bytes=5000-', () => [5000, size() - 1]],
    ['bytes=-1', () => [size() - 1, size() - 1]],
    ['bytes=-500', () => [size() - 500, size() - 1]],
    ['bytes=-99999999', () => [0, size() - 1]],
    ['bytes=100-999999999', () => [100, size() - 1]],
    ['BYTES=7-8', () => [7, 8]],
    ['bytes=0-99,50-149', () => [0, 149]],
    ['bytes=0-9,999999999-', () => [0, 9]],
  ])('%s', async (range, expected) => {
    const [start, end] = expected();
    const response = await ask({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${bytes.length}`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect((await body(response)).equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  test.each(['bytes=999999999-', 'bytes=-0'])('%s cannot be satisfied', async (range) => {
    const response = await ask({ range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ code: 'RANGE_NOT_SATISFIABLE' });
  });

  test.each(['items=0-5', 'bytes=5-2', 'bytes=a-b', 'bytes=', 'bytes=0-1,x', 'bytes 0-5', ten()])(
    '%s is ignored',
    async (range) => {
      const response = await ask({ range });
      expect(response.status).toBe(200);
      expect((await body(response)).equals(bytes)).toBe(true);
    },
  );
});

/** More parts than anyone needs. */
function ten(): string {
  return `bytes=${Array.from({ length: 10 }, (_, n) => `${n * 20}-${n * 20 + 5}`).join(',')}`;
}

test.each([
  ['bytes=0-9,1000-1999,-5', [0, 1000, -5], [9, 1999, -1]],
  ['bytes=5000-5009,0-9', [5000, 0], [5009, 9]],
])('several ranges are one multipart body: %s', async (range, starts, ends) => {
  const response = await ask({ range });
  expect(response.status).toBe(206);
  const [, boundary = ''] =
    /^multipart\/byteranges; boundary=(\w+)$/.exec(response.headers.get('content-type') ?? '') ?? [];
  const absolute = (position: number) => (position < 0 ? bytes.length + position : position);
  const parts = starts.map((start, n) => {
    const [first, last] = [absolute(start), absolute(ends[n] ?? 0)];
    const head = `--${boundary}\r\nContent-Type: video/mp4\r\nContent-Range: bytes ${first}-${last}/${bytes.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(`${n ? '\r\n' : ''}${head}`), bytes.subarray(first, last + 1)]);
  });
  const expected = Buffer.concat([...parts, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  expect(response.headers.get('content-length')).toBe(String(expected.length));
  expect((await body(response)).equals(expected)).toBe(true);
});

describe('conditions (RFC 9110 section 13)', () => {
  const range = 'bytes=0-9';

  test('If-Range with the current tag keeps the range; anything else gets the whole', async () => {
    const tag = await etag();
    const date = (await ask({}, 'HEAD')).headers.get('last-modified') ?? '';
    expect((await ask({ range, 'if-range': tag })).status).toBe(206);
    for (const validator of ['"other"', `W/${tag}`, date, 'Thu, 01 Jan 1970 00:00:00 GMT']) {
      const response = await ask({ range, 'if-range': validator });
      expect([validator, response.status, (await body(response)).length]).toEqual([
        validator,
        200,
        bytes.length,
      ]);
    }
  });

  test('If-None-Match and If-Modified-Since answer 304, before any range', async () => {
    const tag = await etag();
    const date = (await ask({}, 'HEAD')).headers.get('last-modified') ?? '';
    for (const headers of [
      { 'if-none-match': tag },
      { 'if-none-match': `"x", W/${tag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': date },
      { 'if-none-match': tag, range },
      { 'if-none-match': tag, range: 'bytes=999999999-' },
    ] as HeadersInit[]) {
      const response = await ask(headers);
      expect([headers, response.status, response.headers.get('etag')]).toEqual([headers, 304, tag]);
      expect(await body(response)).toHaveLength(0);
    }
  });

  test('If-None-Match that differs wins over a date that does not', async () => {
    const date = (await ask({}, 'HEAD')).headers.get('last-modified') ?? '';
    expect((await ask({ 'if-none-match': '"other"', 'if-modified-since': date })).status).toBe(200);
    expect((await ask({ 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' })).status).toBe(200);
    expect((await ask({ 'if-modified-since': 'never' })).status).toBe(200);
  });
});

describe('many and rude viewers', () => {
  test('50 parallel seeks get their own bytes each', async () => {
    const seeks = Array.from({ length: 50 }, (_, n) => Math.floor((n * (bytes.length - 3000)) / 50));
    const answers = await Promise.all(
      seeks.map(async (start) => body(await ask({ range: `bytes=${start}-${start + 2999}` }))),
    );
    for (const [n, start] of seeks.entries()) {
      expect(answers[n]?.equals(bytes.subarray(start, start + 3000))).toBe(true);
    }
  });

  test('viewers that leave in the middle leave no open file behind', async () => {
    const path = media.path(big);
    const bigUrl = await urlOf('Big');
    const viewers = await Promise.all(Array.from({ length: 20 }, () => begin(bigUrl)));
    for (const viewer of viewers) await once(viewer, 'data');
    expect(await openDescriptors(path)).toBeGreaterThan(0);
    for (const viewer of viewers) viewer.destroy();
    await waitFor(async () => (await openDescriptors(path)) === 0, 'every descriptor to be closed');
    expect((await ask({ range: 'bytes=0-9' })).status).toBe(206);
  });

  test('nor do those that asked many times on one connection and never read', async () => {
    const path = media.path(big);
    const bigUrl = await urlOf('Big');
    const { hostname, port } = new URL(hearth.client.baseUrl);
    const viewer = connect(Number(port), hostname).pause();
    viewer.write(`GET ${bigUrl} HTTP/1.1\r\nHost: hearth\r\n\r\n`.repeat(20));
    await waitFor(async () => (await openDescriptors(path)) > 5, 'the file to be opened several times');
    viewer.destroy();
    await waitFor(async () => (await openDescriptors(path)) === 0, 'every descriptor to be closed');
  });

  test('a file that changes in the middle cuts the connection: never a silent mixture', async () => {
    const viewer = await begin(await urlOf('Big'));
    await once(viewer, 'data');
    viewer.pause();
    await appendFile(media.path(big), 'more');
    const outcome = new Promise<string>((resolve) => {
      viewer.once('error', (error) => resolve(String(error)));
      viewer.once('end', () => resolve('a complete body'));
    });
    viewer.resume();
    expect(await outcome).toMatch(/aborted|ECONNRESET/);
    await truncate(media.path(big), bigSize);
  });

  test('a file that is cut short in the middle cuts the connection', async () => {
    const viewer = await begin(await urlOf('Big'));
    await once(viewer, 'data');
    viewer.pause();
    await truncate(media.path(big), 1024 * 1024);
    const outcome = once(viewer.resume(), 'end').then(
      () => 'a complete body',
      (error: unknown) => String(error),
    );
    expect(await outcome).toMatch(/aborted|ECONNRESET/);
    await truncate(media.path(big), bigSize);
  });

  test('a file that went away says so, and plays again when it is back', async () => {
    const path = media.path(meadow);
    await rename(path, `${path}.away`);
    const response = await ask();
    expect([response.status, await response.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'SOURCE_UNAVAILABLE' }),
    ]);
    await rename(`${path}.away`, path);
    expect((await ask()).status).toBe(200);
  });
});

describe('signatures', () => {
  const changed = (edit: (query: URLSearchParams) => void): string => {
    const [path, query] = url.split('?');
    const parameters = new URLSearchParams(query);
    edit(parameters);
    return `${path}?${parameters}`;
  };
  const refusal = async (path: string): Promise<unknown> => {
    const response = await hearth.client.fetch(path);
    return [response.status, await response.json()];
  };
  const invalid = [403, expect.objectContaining({ code: 'SIGNATURE_INVALID' })];

  test('nothing in a signed URL may be changed', async () => {
    const me = await admin.call(accountRoutes.me);
    const mia = await admin.call(accountRoutes.createUser, {
      username: 'mia',
      password: 'long enough',
      role: 'member',
    });
    expect(url).toContain(me.id);
    const other = (await urlOf('Big')).split('?')[0] ?? '';
    for (const path of [
      changed((query) => query.set('user', mia.id)),
      changed((query) => query.set('expires', String(Number(query.get('expires')) + 1))),
      changed((query) => query.set('signature', `A${(query.get('signature') ?? '').slice(1)}x`)),
      changed((query) => query.delete('signature')),
      `${other}?${url.split('?')[1]}`,
    ]) {
      expect(await refusal(path)).toEqual(invalid);
    }
  });

  test('a signature ends with its time', async () => {
    const { id } = await admin.call(accountRoutes.me);
    const key = Secrets.load(hearth.dataDirectory).key('media-url');
    const path = url.split('?')[0] ?? '';
    const signedAt = (now: number) => new UrlSigner(key, () => now).sign(path, id, 60);
    expect((await hearth.client.fetch(signedAt(Date.now()))).status).toBe(200);
    expect(await refusal(signedAt(Date.now() - 200_000))).toEqual(invalid);
  });

  test('an account that is switched off sees nothing more, at once', async () => {
    const login = { username: 'leo', password: 'long enough' };
    const leo = await admin.call(accountRoutes.createUser, { ...login, role: 'member' });
    const { accessToken } = await hearth.client.call(accountRoutes.login, login);
    const { id } = await titleNamed(admin, 'Meadow');
    const session = await hearth.client
      .as(accessToken)
      .call(playbackRoutes.start, { titleId: id, client: {} });
    expect((await hearth.client.fetch(session.url)).status).toBe(200);
    await admin.call(accountRoutes.updateUser, { id: leo.id, disabled: true });
    expect(await refusal(session.url)).toEqual(invalid);
  });
});
