import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { TieredCache } from '../../cache/tiered-cache.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import { ImageAnalyzer } from '../../common/pictures/image-analyzer.js';
import { SealedText } from '../../common/sealed-text.js';
import { UrlSigner } from '../../common/url-signer.js';
import { loadConfig } from '../../config/config.js';
import { ProviderFetch } from '../asking/provider-fetch.js';
import { ProviderEgress } from '../provider-egress.service.js';
import { RemoteImages } from './remote-images.service.js';
import { RemotePictures } from './remote-pictures.js';

let place: string;
let server: Server;
let base: string;
const requests: string[] = [];
const bodies = new Map<string, readonly [type: string, body: Buffer | string]>();

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'hearth-remote-images-'));
  server = createServer(({ url = '' }, response) => {
    requests.push(url);
    const [type, body] = bodies.get(url) ?? [];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type ?? 'text/plain' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const picture = sharp({
    create: { width: 1000, height: 1500, channels: 3, background: { r: 200, g: 40, b: 40 } },
  });
  bodies.set('/poster.jpg?key=s3cret', ['image/jpeg', await picture.jpeg().toBuffer()]);
  bodies.set('/page', ['text/html', '<html>']);
  bodies.set('/lies.png', ['image/png', '<html>']);
  bodies.set('/drawing.svg', [
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
  ]);
  bodies.set('/half.jpg', ['image/jpeg', (await picture.jpeg().toBuffer()).subarray(0, 3000)]);
  bodies.set('/endless.jpg', ['image/jpeg', Buffer.alloc(13 * 1024 ** 2)]);
});
afterAll(async () => {
  server.close();
  await once(server, 'close');
  await rm(place, { recursive: true });
});
beforeEach(() => (requests.length = 0));

const key = randomBytes(32);
const signer = new UrlSigner(key);
/** A server with an empty disk, or one that is started again on what is there. */
function start(folder: string): RemoteImages {
  const config = loadConfig({ DATA_DIR: join(place, folder), PROVIDER_ALLOW_PRIVATE_HOSTS: '127.0.0.1' }, []);
  const logger = new Logger(new LogSink('error', () => undefined), 'test');
  const cache = new TieredCache({ directory: join(place, folder, 'cache'), logger });
  const fetch = new ProviderFetch(config, new ProviderEgress());
  const pictures = new RemotePictures(fetch, cache, new ImageAnalyzer(), config);
  return new RemoteImages(pictures, new SealedText([key]), signer);
}
const urlOf = async (images: RemoteImages, path: string) =>
  (await images.lookup([`${base}${path}`], 'mia'))(`${base}${path}`, 'poster')?.url ?? '';
const sealedIn = (url: string) => new URL(url, 'http://hearth').pathname.split('/').at(-1) ?? '';

test('a picture has one address for an account for hours, which is signed and tells nothing', async () => {
  const images = start('addresses');
  const url = await urlOf(images, '/poster.jpg?key=s3cret');
  expect(await urlOf(images, '/poster.jpg?key=s3cret')).toBe(url);
  expect(Buffer.from(sealedIn(url).split('.')[1] ?? '', 'base64url').toString('latin1')).not.toContain(
    's3cret',
  );
  const { pathname, searchParams } = new URL(url, 'http://hearth');
  expect(pathname).toMatch(/^\/api\/remote-images\//);
  const signature = {
    user: 'mia',
    expires: Number(searchParams.get('expires')),
    signature: searchParams.get('signature') ?? '',
  };
  expect(signer.verify(pathname, signature)).toBe(true);
  expect(requests).toEqual([]);
});

test('is fetched once for all who ask, in every width, also after a restart; then its colours are known', async () => {
  const images = start('once');
  const lookedUp = `${base}/poster.jpg?key=s3cret`;
  const picture = sealedIn(await urlOf(images, '/poster.jpg?key=s3cret'));
  expect((await images.lookup([lookedUp], 'mia'))(lookedUp, 'landscape')).toMatchObject({
    width: 1280,
    blurhash: null,
  });
  const [small, same, wide] = await Promise.all(
    [240, 200, undefined].map((width) => images.serve(picture, width)),
  );
  expect(await sharp(small?.data).metadata()).toMatchObject({ format: 'webp', width: 240, height: 360 });
  expect(same?.etag).toBe(small?.etag);
  expect((await sharp(wide?.data).metadata()).width).toBe(1000);
  expect((await start('once').serve(picture, 480)).data.length).toBeGreaterThan(0);
  expect(requests).toEqual(['/poster.jpg?key=s3cret']);
  expect((await readdir(join(place, 'once', 'cache', 'remote-images'))).length).toBe(3);
  const known = (await start('once').lookup([lookedUp], 'mia'))(lookedUp, 'poster');
  expect(known).toMatchObject({ width: 1000, height: 1500 });
  expect(known?.color).toMatch(/^#[0-9a-f]{6}$/);
  expect(known?.blurhash).toMatch(/^.{20,}$/);
});

test.each([
  ['is no picture', '/page'],
  ['only says that it is one', '/lies.png'],
  ['is a drawing', '/drawing.svg'],
  ['is cut off', '/half.jpg'],
  ['is too large', '/endless.jpg'],
  ['is not there', '/nothing'],
])('what %s is not found, and is not asked for again soon', async (_what, path) => {
  const images = start('troubles');
  const picture = sealedIn(await urlOf(images, path));
  for (const width of [240, 480]) {
    const error: unknown = await images.serve(picture, width).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'NOT_FOUND' });
    expect(String(error)).not.toContain('127.0.0.1');
  }
  expect(requests).toEqual([path]);
});

test('an address of this house, or a text that was not sealed here, leads nowhere', async () => {
  const images = start('house');
  const inside = 'http://localhost:1/poster.jpg';
  const url = (await images.lookup([inside], 'mia'))(inside, 'poster')?.url ?? '';
  await expect(images.serve(sealedIn(url), 240)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(images.serve('00000000.AAAA', 240)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await images.lookup([null, undefined], 'mia'))(null, 'poster')).toBeNull();
});
