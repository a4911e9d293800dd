import { testManifest } from '../../../../tests/support/provider-room.js';
import type { ProviderCall } from '../provider.js';
import { StremioProvider } from './stremio-provider.js';
import { stream } from './stremio-answers.js';
import { lifetimeOf } from './stremio-cache.js';
import { manifestOf } from './stremio-manifest.js';
import { heightIn, seedersIn, sizeIn, sourceOf } from './stremio-streams.js';
import { runtimeOf } from './stremio-titles.js';

const infoHash = 'dd8255ecdc7ca55fb0bbf81323d87062db1f6d1c';
const manifest = {
  ...{ id: 'org.example.films', version: '1.2.3', name: 'Films', description: '', types: ['movie'] },
  ...{ resources: ['meta', 'stream'], catalogs: [{ type: 'movie', id: 'top', name: 'Top' }] },
};

test.each([
  ['1.4 GB', 1.4e9], ['💾 700 MiB', 700 * 1024 ** 2], ['Size: 2,5 GB', 2.5e9], ['1080p 5.1', null], ['10GBit', null], ['12.5 TB', 12.5e12],
])('the size in “%s”', (text, size) => expect(sizeIn(text)).toBe(size)); // prettier-ignore

test.each([
  ['👤 89', 89], ['👥12', 12], ['Seeders: 3', 3], ['seeds=0', 0], ['Season 2', null], ['🌱 7', 7],
])('the seeders in “%s”', (text, count) => expect(seedersIn(text)).toBe(count)); // prettier-ignore

test.each([
  ['Film 1080p', 1080], ['4K HDR', 2160], ['x720i', 720], ['Film 21080p', null], ['480', null],
])('the height in “%s”', (text, height) => expect(heightIn(text)).toBe(height)); // prettier-ignore

test.each([
  ['2h 5min', 7500], ['125 min', 7500], ['125', 7500], ['1h', 3600], ['soon', null], ['', null],
])('the runtime “%s”', (text, seconds) => expect(runtimeOf(text)).toBe(seconds)); // prettier-ignore

test.each([
  [{ url: `magnet:?xt=urn:btih:${infoHash}&tr=udp%3A%2F%2Ft.example.org` }, { kind: 'torrent', infoHash, trackers: ['udp://t.example.org'] }],
  [{ externalUrl: 'https://example.org/watch' }, { kind: 'link', url: 'https://example.org/watch' }],
  [{ ytId: 'abcdefghijk' }, { kind: 'link', url: 'https://www.youtube.com/watch?v=abcdefghijk' }],
  [
    { url: 'https://example.org/a.mkv', behaviorHints: { filename: 'A.mkv', videoSize: 9, proxyHeaders: { request: { Referer: 'https://example.org', Host: 'x', Cookie: 'y', 'X-Bad': 'a\r\nb' } } } },
    { kind: 'http', name: 'A.mkv', fileName: 'A.mkv', size: 9, headers: { Referer: 'https://example.org' } },
  ],
])('a stream %#', (given, expected) => expect(sourceOf(stream.parse(given))).toMatchObject(expected)); // prettier-ignore

test.each([
  [{ cacheMaxAge: 60, staleRevalidate: 5 }, 'max-age=10, stale-if-error=9', { fresh: 60, whileRevalidating: 5, ifError: 9 }],
  [{}, 'public, max-age=10, stale-while-revalidate=4', { fresh: 10, whileRevalidating: 4 }],
  [{}, 'no-store', { fresh: 0 }],
  [{ cacheMaxAge: 'long' }, undefined, {}],
  [null, 's-maxage=3', {}],
])('how long an answer holds %#', (body, header, lifetime) => expect(lifetimeOf(body, header)).toEqual(lifetime)); // prettier-ignore

test.each([
  ['nothing', null], ['a list', []], ['no name', { ...manifest, name: undefined }], ['no resources', { ...manifest, resources: [], catalogs: [] }],
  ['resources that are none', { ...manifest, resources: 'meta' }], ['an id of nothing', { ...manifest, id: '***' }],
])('a manifest of %s is none', (_, given) => expect(manifestOf(given)).toBeNull()); // prettier-ignore

test('a manifest of odd parts keeps the good ones', () => {
  const odd = { ...manifest, version: 'two', resources: ['meta', null, 7, { name: 'addon_catalog' }], catalogs: [7, { type: 'movie', id: 'old', extraSupported: ['genre', 'skip'], genres: ['Drama'] }], logo: 'javascript:x' };
  expect(manifestOf(odd)).toMatchObject({
    version: '0.0.0',
    resources: [{ name: 'catalog' }, { name: 'metadata' }],
    catalogs: [{ id: 'old', name: 'old', paged: true, extra: [{ name: 'genre', type: 'select' }] }],
  });
}); // prettier-ignore

test('filters may be called as what else stands in a question', async () => {
  const names = ['id', 'type', 'catalogId', 'cursor', 'constructor'];
  const extra = names.map((name) => ({ name }));
  const manifest = testManifest({
    runtime: 'stremio',
    catalogs: [{ type: 'movie', id: 'top', name: 'Top', extra }],
  });
  const asked: string[] = [];
  const call: ProviderCall = {
    ...{ config: {}, signal: new AbortController().signal, keep: () => undefined },
    fetch: (url) => {
      asked.push(url);
      return Promise.resolve({
        url,
        status: 200,
        headers: {},
        contentType: null,
        body: Buffer.from('{"metas":[]}'),
      });
    },
  };
  const provider = new StremioProvider(manifest, 'https://example.org');
  const list = { type: 'movie', id: 'top' };
  await provider.catalog({ ...list, extra: Object.fromEntries(names.map((name) => [name, name])) }, call);
  await provider.catalog({ ...list, extra: {} }, call);
  expect(asked).toEqual([
    'https://example.org/catalog/movie/top/id=id&type=type&catalogId=catalogId&cursor=cursor&constructor=constructor.json',
    'https://example.org/catalog/movie/top.json',
  ]);
});
