import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TitleReference } from '@hearth/contract/provider-exchange';
import { ProviderRoom } from '../../../../tests/support/provider-room.js';
import { directEgress } from '../../common/fetch/egress.js';
import { TorznabRuntime } from './torznab-runtime.js';

const infoHash = 'dd8255ecdc7ca55fb0bbf81323d87062db1f6d1c';
const key = 's3cret-k3y';
const caps = (searching: string) => `<?xml version="1.0" encoding="UTF-8"?>
<caps><server title="Example &amp; sons"/><limits max="50" default="25"/><searching>${searching}</searching>
<categories><category id="2000" name="Movies"><subcat id="2040" name="Movies/HD"/></category>
<category id="5000" name="TV"/><category id="x" name="Odd"/></categories></caps>`;
const everything = caps(`<search available="yes" supportedParams="q,year"/>
<tv-search available="yes" supportedParams="q,season,ep,imdbid,tvdbid"/>
<movie-search available="yes" supportedParams="q,imdbid"/>`);
const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:torznab="http://torznab.com/schemas/2015/feed"><channel>
<atom:link href="x" xmlns:atom="http://www.w3.org/2005/Atom"/><title>Example</title>${items.join('')}</channel></rss>`;
const item = (
  inner = '',
  title = 'Metropolis.1927.1080p',
) => `<item><title>${title}</title><guid>${title}</guid>
<pubDate>Sat, 21 Nov 2026 10:00:00 +0000</pubDate><size>1400000000</size><category>2040</category>
<enclosure url="https://example.org/dl/1.torrent?apikey=${key}&amp;x=1" length="20" type="application/x-bittorrent"/>
<torznab:attr name="seeders" value="12"/><torznab:attr name="peers" value="15"/>${inner}</item>`;
const failed = (code: number) =>
  `<?xml version="1.0"?><error code="${code}" description="Wrong key ${key}"/>`;

let server: Server;
let base: string;
let asked: URLSearchParams[];
let capsAnswer: string;
let answer: (query: URLSearchParams, response: ServerResponse) => string;
let room: ProviderRoom;

function respond(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '', base);
  if (url.pathname !== '/1/api') return void response.writeHead(404).end();
  response.setHeader('content-type', 'application/rss+xml');
  if (url.searchParams.get('t') === 'caps') return void response.end(capsAnswer);
  asked.push(url.searchParams);
  response.end(answer(url.searchParams, response));
}

beforeAll(async () => {
  server = createServer(respond).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  room = await ProviderRoom.make({ runtimes: [new TorznabRuntime()] });
});
afterAll(async () => {
  server.close();
  await room.dispose();
});

beforeEach(() => {
  asked = [];
  capsAnswer = everything;
  answer = () => rss(item());
});
afterEach(async () => {
  for (const { id } of await room.service.list()) await room.administration.remove(id);
});

const add = (url = `${base}/1/api`) => room.administration.add({ runtime: 'torznab', url, apiKey: key });
const film: TitleReference = {
  type: 'movie',
  externalIds: { imdb: 'tt0017136' },
  name: 'Metropolis',
  year: 1927,
};
const show: TitleReference = {
  type: 'series',
  externalIds: { imdb: 'tt0108778', tvdb: '79168' },
  name: 'Nights',
  season: 1,
  episode: 2,
};

test('what an indexer can do becomes filters; its key is told to nobody', async () => {
  const id = await add(`${base}/1/?apikey=${key}`);
  expect((await room.service.list())[0]?.manifest).toMatchObject({
    ...{ name: 'Example & sons', runtime: 'torznab', types: ['movie', 'series'], hints: { p2p: true } },
    catalogs: [
      {
        pageSize: 50,
        extra: [
          { name: 'search' },
          {
            name: 'category',
            type: 'multiselect',
            options: [{ id: '2000', label: 'Movies' }, { id: '2040' }, { id: '5000' }],
          },
          { name: 'year' },
        ],
      },
    ],
  });
  const settings = await room.administration.settings(id);
  expect(settings).toMatchObject({ url: `${base}/1/api`, config: {}, secretsSet: ['apiKey'] });
  await expect(add()).rejects.toMatchObject({ code: 'PROVIDER_KNOWN' });
});

test.each([
  ['a film by its id', film, everything, { t: 'movie', imdbid: '0017136', cat: '2000' }],
  ['an episode by id', show, everything, { t: 'tvsearch', tvdbid: '79168', season: '1', ep: '2', cat: '5000' }],
  ['a day of a daily show', { ...show, season: 2023, episode: 44, airDate: '2023-02-13' }, everything, { t: 'tvsearch', season: '2023', ep: '02/13' }],
  ['a film by name', film, caps('<search available="yes" supportedParams="q"/>'), { t: 'search', q: 'Metropolis 1927' }],
  ['an episode by name', show, caps('<search available="yes"/><tv-search available="no"/>'), { t: 'search', q: 'Nights S01E02' }],
  ['an episode by name and number', show, caps('<search available="yes"/><tv-search available="yes"/>'), { t: 'tvsearch', q: 'Nights', season: '1', ep: '2' }],
  ['a day by name', { ...show, season: 2023, airDate: '2023-02-13' }, caps('<search available="yes"/>'), { t: 'search', q: 'Nights 2023 02 13' }],
] as [string, TitleReference, string, object][])('it is asked for %s', async (_, reference, indexer, expected) => {
  capsAnswer = indexer;
  const id = await add();
  await room.service.ask.sources(id, reference);
  expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({ ...expected, apikey: key });
}); // prettier-ignore

test('by name, where the id brings nothing or something else', async () => {
  const id = await add();
  answer = (query) =>
    query.has('imdbid') ? rss(item('<torznab:attr name="imdb" value="0000001"/>')) : rss(item());
  expect(await room.service.ask.sources(id, film)).toHaveLength(1);
  expect(asked.map((query) => query.get('q'))).toEqual([null, 'Metropolis 1927']);
});

test('a result is read whole: the third of three numbers, a magnet before an address', async () => {
  const magnet = `magnet:?xt=urn:btih:${infoHash.toUpperCase()}&amp;tr=udp%3A%2F%2Ft.example.org`;
  answer = () => rss(item(), item(`<torznab:attr name="magneturl" value="${magnet}"/>`, '<![CDATA[A & B &amp; \u0007C]]>'));
  expect(await room.service.ask.sources(await add(), film)).toMatchObject([
    { kind: 'torrent', name: 'Metropolis.1927.1080p', size: 1.4e9, seeders: 12, leechers: 3, infoHash: null, torrentUrl: `https://example.org/dl/1.torrent?apikey=${key}&x=1`, publishedAt: '2026-11-21T10:00:00.000Z' },
    { name: 'A & B &amp; C', infoHash, torrentUrl: null, trackers: ['udp://t.example.org'] },
  ]);
}); // prettier-ignore

test('its newest releases are a list with pages, and each of them leads to its source', async () => {
  const id = await add();
  answer = (query) => rss(...(query.has('offset') ? [item()] : Array.from({ length: 50 }, (_, n) => item('', `Film ${n}`))));
  const ask = (cursor?: string) => room.service.ask.catalog(id, { type: 'release', id: 'releases', extra: { category: '2000,2040' }, ...(cursor && { cursor }) });
  const first = await ask();
  expect([first.items.length, first.next]).toEqual([50, '50']);
  expect(await ask('50')).toMatchObject({ next: null, items: [{ type: 'release', name: 'Metropolis.1927.1080p' }] });
  expect(asked.map((query) => [query.get('cat'), query.get('offset')])).toEqual([['2000,2040', null], ['2000,2040', '50']]);
  const [, second] = first.items;
  const sources = await room.service.ask.sources(id, { type: 'release', externalIds: {}, id: second?.id, name: second?.name });
  expect(sources).toMatchObject([{ name: 'Film 1' }]);
}); // prettier-ignore

test.each([
  ['a refused key', 100, /refuses the API key/],
  ['a function that is not there', 202, /no such function/],
  ['anything else', 900, /error 900/],
])('%s, said with HTTP 200, is a failure, and its words are not repeated', async (_, code, words) => {
  const id = await add();
  answer = () => failed(code);
  const ask = room.service.ask.sources(id, film);
  await expect(ask).rejects.toMatchObject({
    code: 'failed',
    message: expect.stringMatching(words) as string,
  });
  expect(JSON.stringify(await room.views.all('x'))).not.toContain(key);
});

test('it is left alone as long as it asks for', async () => {
  const id = await add();
  answer = (_, response) => (response.setHeader('retry-after', '90'), failed(429));
  await expect(room.service.ask.sources(id, film)).rejects.toMatchObject({ retryAfterSeconds: 90 });
  await expect(room.service.ask.sources(id, film)).rejects.toMatchObject({
    code: 'resting',
    retryAfterSeconds: 90,
  });
});

test('one in the house is not behind the tunnel, but is held with it', async () => {
  const id = await add();
  room.egress.use(() => ({ localAddresses: ['203.0.113.7'], proxy: null }));
  expect(await room.service.ask.sources(id, film)).toHaveLength(1);
  room.egress.use(() => ({ localAddresses: [], proxy: null }));
  await expect(room.service.ask.sources(id, show)).rejects.toMatchObject({ code: 'held' });
  room.egress.use(() => directEgress);
});

test.each([
  ['no XML', 'nothing here'],
  ['cut off', rss(item()).slice(0, 200)],
  ['JSON', '{"items":[]}'],
  ['empty', ''],
  ['another root', '<html><body/></html>'],
  ['entities of its own', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${rss(item('', '&a;&a;'))}`],
  ['nested without end', '<a>'.repeat(10_000)],
  ['names of prototypes', '<rss><__proto__><x/></__proto__></rss'],
])('%s is no answer', async (_, text) => {
  const id = await add();
  answer = () => text;
  await expect(room.service.ask.sources(id, film)).rejects.toMatchObject({ code: 'invalid' });
});

test('what leads nowhere is left out', async () => {
  const bare = '<item><title>Nothing</title></item>';
  const odd = '<item><title>Odd</title><link>javascript:alert(1)</link><attr name="size" value="-1"/></item>';
  answer = () =>
    rss(bare, odd, '<item/>', '<item>text</item>', item('<torznab:attr name="infohash" value="zz"/>'));
  const found = await room.service.ask.sources(await add(), film);
  expect(found).toMatchObject([{ name: 'Metropolis.1927.1080p', infoHash: null }]);
});

test.each([
  ['at an address of nothing', '/2/api', everything, 'PROVIDER_FAILED'],
  ['that refuses the key', '/1/api', failed(100), 'PROVIDER_FAILED'],
  ['that cannot search', '/1/api', caps(''), 'PROVIDER_INVALID'],
  ['that is a page', '/1/api', '<html/>', 'PROVIDER_INVALID'],
])('an indexer %s is not added', async (_, path, indexer, code) => {
  capsAnswer = indexer;
  await expect(add(base + path)).rejects.toMatchObject({ code });
  expect(await room.service.list()).toEqual([]);
});

test('what it can do is read again, with its key and its name', async () => {
  const id = await add();
  const before = (await room.rows.get(id)).manifest;
  capsAnswer = caps('<search available="no"/><movie-search available="yes" supportedParams="q,imdbid"/>');
  await room.renewal.renew(id);
  expect((await room.rows.get(id)).manifest).toMatchObject({
    id: before.id,
    name: before.name,
    catalogs: [],
  });
  capsAnswer = '<error code="100" description="Incorrect user credentials"/>';
  await room.renewal.renew(id);
  expect((await room.rows.get(id)).manifest).toMatchObject({ id: before.id, types: ['movie'] });
  expect((await room.administration.settings(id)).secretsSet).toEqual(['apiKey']);
});
