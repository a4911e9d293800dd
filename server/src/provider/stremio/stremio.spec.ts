import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TitleReference } from '@hearth/contract/provider-exchange';
import { ProviderRoom } from '../../../../tests/support/provider-room.js';
import { startAddon, type AddonQuestion, type TestAddon } from '../../../../tests/support/stremio-addon.js';
import { StremioRuntime } from './stremio-runtime.js';

const infoHash = 'dd8255ecdc7ca55fb0bbf81323d87062db1f6d1c';
const manifest = {
  id: 'org.example.public-domain',
  version: '1.2.3',
  name: 'Public domain',
  description: 'Films that belong to all.',
  types: ['movie', 'series'],
  idPrefixes: ['tt', 'pd:'],
  resources: ['meta', 'stream', { name: 'subtitles', types: ['movie'], idPrefixes: ['tt'] }],
  catalogs: [
    {
      type: 'movie',
      id: 'top',
      name: 'Top',
      extra: [
        { name: 'genre', options: ['Drama', 'Science Fiction'], optionsLimit: 2 },
        { name: 'search' },
        { name: 'skip' },
      ],
    },
    { type: 'movie', id: 'find', name: 'Find', extra: [{ name: 'search', isRequired: true }] },
  ],
  config: [
    { key: 'apiKey', type: 'password', title: 'Key', required: true },
    { key: 'safe', type: 'checkbox', default: 'checked', title: 'Safe' },
    { key: 'limit', type: 'number', default: '5' },
  ],
  behaviorHints: { p2p: true, configurable: true },
};
const film = {
  id: 'tt0017136',
  type: 'movie',
  name: 'Metropolis',
  releaseInfo: '1927',
  imdbRating: '8.3',
  runtime: '2h 33min',
};
const series = {
  ...{
    id: 'pd:nights',
    type: 'series',
    name: 'Nights',
    releaseInfo: '1950-1952',
    director: 'Jane Doe',
    cast: ['A', 'B'],
  },
  trailers: [{ source: 'abcdefghijk', type: 'Trailer' }],
  links: [{ name: 'Drama', category: 'Genres', url: 'stremio:///discover' }],
  videos: [
    { id: 'pd:nights:one', title: 'One', season: 1, episode: 1, released: '1950-01-01T00:00:00.000Z' },
    {
      id: 'pd:nights:two',
      title: 'Two',
      season: 1,
      episode: 2,
      streams: [{ url: 'https://example.org/two.mp4' }],
    },
  ],
};
const torrent = {
  ...{ name: 'Example\n1080p', description: 'Metropolis.1927.mkv\n👤 89 💾 1.4 GB', infoHash, fileIdx: 2 },
  sources: ['tracker:udp://tracker.example.org:6969', `dht:${infoHash}`],
  behaviorHints: { bingeGroup: 'example-1080p' },
};

let answer: (question: AddonQuestion) => object;
let addon: TestAddon;
let room: ProviderRoom;
let id: string;

beforeAll(async () => {
  addon = await startAddon(manifest, (question) => answer(question));
  room = await ProviderRoom.make({ runtimes: [new StremioRuntime()] });
});
afterAll(async () => {
  await addon.close();
  await room.dispose();
});

beforeEach(async () => {
  addon.asked.length = 0;
  answer = () => ({
    metas: [film],
    meta: series,
    streams: [torrent],
    subtitles: [],
    cacheMaxAge: 7200,
    staleError: 60,
  });
  id = await room.administration.add({ url: `${addon.base}/manifest.json` });
  await room.administration.change(id, { config: { apiKey: 'a b/ü' } });
});
afterEach(async () => {
  for (const each of await room.service.list()) await room.administration.remove(each.id);
});

const about = (reference: Partial<TitleReference>): TitleReference => ({
  type: 'movie',
  externalIds: {},
  ...reference,
});

test('an add-on’s manifest becomes filters and settings', async () => {
  const entry = (await room.service.list())[0];
  expect(entry?.manifest).toMatchObject({
    ...{ id: 'org.example.public-domain', version: '1.2.3', runtime: 'stremio', hints: { p2p: true } },
    resources: [
      { name: 'catalog', idPrefixes: [] },
      { name: 'metadata', types: ['movie', 'series'], idPrefixes: ['tt', 'pd:'] },
      { name: 'source', types: ['movie', 'series'] },
      { name: 'subtitle', types: ['movie'], idPrefixes: ['tt'] },
    ],
    catalogs: [
      {
        paged: true,
        extra: [
          {
            name: 'genre',
            type: 'multiselect',
            optionsLimit: 2,
            options: [{ id: 'Drama', label: 'Drama' }, {}],
          },
          { name: 'search', type: 'text', isRequired: false },
        ],
      },
      { paged: false, extra: [{ name: 'search', isRequired: true }] },
    ],
    config: [
      { name: 'apiKey', type: 'password', label: 'Key', required: true },
      { name: 'safe', type: 'toggle', default: true },
      { name: 'limit', type: 'number', default: 5 },
    ],
  });
});

test('what it says of itself is read again where it is set up, and its settings stay', async () => {
  const [entry] = await room.service.list();
  if (!entry) throw new Error('It is not here');
  const older = { ...entry.manifest, version: '1.0.0', catalogs: [] };
  await room.rows.renew(id, { manifest: older, address: null });
  await room.renewal.renew(id);
  expect((await room.service.list())[0]?.manifest).toEqual(entry.manifest);
  expect((await room.administration.settings(id)).secretsSet).toEqual(['apiKey']);
  expect((await room.views.one(id, 'ada')).health.message).toBeNull();
});

test('a list is asked with its filters and the settings, page by page', async () => {
  const full = Array.from({ length: 100 }, (_, n) => ({ ...film, id: `tt10${n}000` }));
  answer = ({ extra }) => ({ metas: extra['skip'] ? [film] : full });
  const question = {
    type: 'movie',
    id: 'top',
    extra: { genre: 'Drama,Science Fiction', search: 'a&b c', other: 'x' },
  };
  const first = await room.service.ask.catalog(id, question);
  expect([first.items.length, first.next]).toEqual([100, '100']);
  const second = await room.service.ask.catalog(id, { ...question, cursor: '100' });
  expect(second).toMatchObject({
    next: null,
    items: [{ externalIds: { imdb: 'tt0017136' }, year: 1927, rating: 8.3, runtimeSeconds: 9180 }],
  });
  expect(addon.asked).toMatchObject([
    {
      type: 'movie',
      id: 'top',
      extra: { genre: ['Drama', 'Science Fiction'], search: 'a&b c' },
      config: { apiKey: 'a b/ü', safe: 'checked', limit: '5' },
    },
    { extra: { skip: '100' } },
  ]);
  expect(addon.asked[0]?.extra).not.toHaveProperty('other');
});

test('a series comes with its episodes, people and trailers', async () => {
  const title = await room.service.ask.title(id, about({ type: 'series', id: 'pd:nights' }));
  expect(title).toMatchObject({
    ...{ name: 'Nights', year: 1950, endYear: 1952, genres: ['Drama'] },
    credits: [{ name: 'Jane Doe', role: 'director' }, { name: 'A', role: 'actor' }, { name: 'B' }],
    trailers: [{ url: 'https://www.youtube.com/watch?v=abcdefghijk' }],
    episodes: [{ id: 'pd:nights:one', season: 1, episode: 1, name: 'One' }, { episode: 2 }],
  });
});

test.each([
  [
    'a film by its id everywhere',
    about({ externalIds: { imdb: 'tt0017136', tmdb: '19' } }),
    ['stream movie tt0017136'],
  ],
  [
    'an episode by season and number',
    about({ type: 'series', externalIds: { imdb: 'tt1' }, season: 1, episode: 2 }),
    ['meta series tt1', 'stream series pd:nights:two'],
  ],
  [
    'a known episode',
    about({ type: 'series', externalIds: { imdb: 'tt0108778' }, season: 2, episode: 3 }),
    ['stream series tt0108778:2:3'],
  ],
  [
    'an episode of its own',
    about({ type: 'series', id: 'pd:nights', season: 1, episode: 1 }),
    ['meta series pd:nights', 'stream series pd:nights:one'],
  ],
  ['what it does not know by any id', about({ externalIds: { tmdb: '19' } }), []],
])('sources: %s', async (name, reference, asked) => {
  const found = await room.service.ask.sources(id, reference);
  if (name === 'an episode by season and number') return expect(found).toMatchObject([{ kind: 'http' }]);
  expect(addon.asked.map((each) => `${each.resource} ${each.type} ${each.id}`)).toEqual(asked);
});

test('a torrent is read whole, its size and seeders out of words', async () => {
  expect(await room.service.ask.sources(id, about({ externalIds: { imdb: 'tt0017136' } }))).toMatchObject([
    {
      ...{
        kind: 'torrent',
        name: 'Metropolis.1927.mkv',
        infoHash,
        fileIndex: 2,
        seeders: 89,
        size: 1.4e9,
        height: 1080,
      },
      ...{ trackers: ['udp://tracker.example.org:6969'], group: 'example-1080p' },
    },
  ]);
});

test('subtitles are asked for with what is known of the file, and come in the languages that were wanted', async () => {
  answer = () => ({
    subtitles: [
      { id: 1, url: 'https://example.org/1.srt', lang: 'eng' },
      { id: '2', url: 'https://example.org/2.srt', lang: 'ger' },
    ],
  });
  const question = {
    ...about({ externalIds: { imdb: 'tt0017136' } }),
    languages: ['de'],
    fileName: 'M.mkv',
    size: 7,
  };
  expect(await room.service.ask.subtitles(id, question)).toMatchObject([{ id: '2', language: 'de' }]);
  expect(addon.asked).toMatchObject([
    { resource: 'subtitles', extra: { filename: 'M.mkv', videoSize: '7' } },
  ]);
});

test('an answer holds as long as it says', async () => {
  const ask = () => room.service.ask.catalog(id, { type: 'movie', id: 'top', extra: {} });
  await ask();
  room.clock.pass(7_199_000);
  await ask();
  expect(addon.asked).toHaveLength(1);
  answer = () => {
    throw new Error('broken');
  };
  room.clock.pass(50_000 + 1000);
  await expect(ask()).resolves.toBeDefined();
});

test('its address is told to nobody, and settings in it become settings', async () => {
  const config = encodeURIComponent(JSON.stringify({ apiKey: 'secret-key', limit: '7' }));
  await room.administration.remove(id);
  const other = await room.administration.add({ url: `${addon.base}/${config}/manifest.json` });
  expect(await room.administration.settings(other)).toMatchObject({
    url: addon.base,
    config: { limit: 7 },
    secretsSet: ['apiKey'],
  });
  expect(
    JSON.stringify([await room.views.all('x'), await room.administration.settings(other)]),
  ).not.toContain('secret-key');
  await room.service.ask.catalog(other, { type: 'movie', id: 'top', extra: {} });
  expect(addon.asked[0]?.config).toMatchObject({ apiKey: 'secret-key', limit: '7' });
});

describe('malformed', () => {
  let server: Server;
  let base: string;
  let body: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(request.url === '/manifest.json' ? JSON.stringify({ ...manifest, config: [] }) : body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  test.each([
    ['no JSON', '<html>'], ['cut off', '{"streams":[{'], ['null', 'null'], ['a list', '[]'], ['text', '"x"'],
    ['streams that are none', '{"streams":"no"}'], ['an error with 200', '{"err":"handler error"}'],
    ['a number', '1e400'], ['deep', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ])('%s is no answer', async (_, text) => {
    const broken = await room.administration.add({ url: `${base}/manifest.json` });
    body = text;
    await expect(room.service.ask.sources(broken, about({ externalIds: { imdb: 'tt0017136' } }))).rejects.toMatchObject({ code: 'invalid' });
  }); // prettier-ignore

  test('what leads nowhere is left out', async () => {
    const broken = await room.administration.add({ url: `${base}/manifest.json` });
    const streams = [
      {}, null, 7, { url: 'file:///etc/passwd' }, { url: 'rtmp://example.org/x' }, { ytId: '../../x' }, { nzbUrl: 'https://example.org/x.nzb' },
      { externalUrl: 'stremio:///detail' }, { infoHash: 'short' }, { url: 'https://example.org/good.mp4', fileIdx: -1, behaviorHints: 7 },
    ]; // prettier-ignore
    body = JSON.stringify({ streams });
    const found = await room.service.ask.sources(broken, about({ externalIds: { imdb: 'tt0017136' } }));
    expect(found).toMatchObject([{ kind: 'http', url: 'https://example.org/good.mp4' }]);
  });
});
