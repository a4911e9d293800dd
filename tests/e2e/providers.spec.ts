import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import client, { type AddonClient } from 'stremio-addon-client';
import { accountRoutes } from '../../contract/src/account.js';
import { addonRoutes } from '../../contract/src/addon.js';
import { providerRoutes } from '../../contract/src/provider.js';
import type { Client } from '../support/client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary } from '../support/scanned.js';
import { startAddon, type TestAddon } from '../support/stremio-addon.js';

const manifest = (id: string) => ({
  ...{ id: `org.example.${id}`, version: '1.0.0', name: id, description: id, types: ['movie'] },
  resources: ['meta', 'stream', 'subtitles'],
  catalogs: [{ type: 'movie', id: 'top', name: 'Top' }],
});
const film = { id: 'tt0017136', type: 'movie', name: 'Metropolis' };
const nfo =
  '<movie><title>Meadow</title><uniqueid type="imdb">tt1234567</uniqueid><genre>Drama</genre></movie>';

let media: MediaFolder;
let good: TestAddon;
let odd: Server;
let oddBase: string;

beforeAll(async () => {
  media = await MediaFolder.make();
  await media.film('films/Meadow (2019)/Meadow (2019).mp4');
  await media.write('films/Meadow (2019)/Meadow (2019).nfo', nfo);
  await media.film('series/Nights/Season 1/Nights S01E01.mp4');
  await media.film('secret/Hidden (2001)/Hidden (2001).mp4');
  good = await startAddon(manifest('good'), () => ({
    metas: [film],
    meta: film,
    streams: [],
    subtitles: [],
  }));
  odd = createServer((request, response) => {
    const [, kind = '', ...rest] = (request.url ?? '').split('/');
    response.setHeader('content-type', 'application/json');
    if (rest[0] === 'manifest.json') response.end(JSON.stringify(manifest(kind)));
    else if (kind === 'garbage') response.end('<html>');
    else response.writeHead(429, { 'retry-after': '3600' }).end();
  }).listen(0, '127.0.0.1');
  await once(odd, 'listening');
  oddBase = `http://127.0.0.1:${(odd.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  odd.close();
  await good.close();
  await media.remove();
});

describe.each(databaseKinds)('providers on %s', (database) => {
  let hearth: Hearth;
  let ada: Client;
  let mia: Client;
  let miaId: string;

  beforeAll(async () => {
    hearth = await Hearth.start({ database, env: { PROVIDER_ALLOW_PRIVATE_HOSTS: '127.0.0.1' } });
    ada = await hearth.setUp();
    await addLibrary(ada, 'movies', media.path('films'));
    await addLibrary(ada, 'series', media.path('series'));
    const { id: secret } = await addLibrary(ada, 'movies', media.path('secret'));
    const login = { username: 'mia', password: 'long enough' };
    ({ id: miaId } = await ada.call(accountRoutes.createUser, { ...login, role: 'member' }));
    await ada.call(accountRoutes.updateUser, { id: miaId, limits: { hiddenLibraryIds: [secret] } });
    mia = hearth.client.as((await hearth.client.call(accountRoutes.login, login)).accessToken);
  }, 120_000);
  afterAll(() => hearth.dispose());

  const list = async (who: Client) => (await who.call(providerRoutes.list)).items;
  const added = async (who: Client) => (await list(who)).filter(({ builtin }) => !builtin);

  test('are added by address, ordered, switched, hidden and removed', async () => {
    const one = await ada.call(providerRoutes.add, { url: `${good.base}/manifest.json` });
    expect(one).toMatchObject({ key: 'org.example.good', runtime: 'stremio', enabled: true, hidden: false });
    expect(await ada.refused(providerRoutes.add, { url: `${good.base}/manifest.json` })).toMatchObject({
      problem: { code: 'PROVIDER_KNOWN' },
    });
    const { id } = one;
    expect((await ada.call(providerRoutes.update, { id, priority: 0 })).priority).toBe(0);
    expect((await list(mia))[0]?.id).toBe(id);
    expect((await mia.call(providerRoutes.prefer, { id, hidden: true })).hidden).toBe(true);
    expect((await list(ada))[0]?.hidden).toBe(false);
    expect((await mia.call(providerRoutes.catalogs, { id })).items).toMatchObject([{ id: 'top' }]);
    expect(await ada.call(providerRoutes.test, { id })).toMatchObject({ ok: true, message: '1 title.' });
    expect((await ada.call(providerRoutes.update, { id, enabled: false })).health.state).toBe('off');
    await ada.call(providerRoutes.remove, { id });
    expect(await ada.refused(providerRoutes.settings, { id })).toMatchObject({ status: 404 });
  }, 60_000);

  test('of which one gives garbage and one has had enough fail by themselves, and say so', async () => {
    for (const kind of ['garbage', 'busy', 'fine'])
      await ada.call(providerRoutes.add, {
        url: kind === 'fine' ? `${good.base}/manifest.json` : `${oddBase}/${kind}/manifest.json`,
      });
    const results = await Promise.all(
      (await added(ada)).map(({ id }) => ada.call(providerRoutes.test, { id })),
    );
    expect(results.map(({ ok, provider }) => [provider.name, ok, provider.health.state])).toEqual([
      ['garbage', false, 'ready'], ['busy', false, 'resting'], ['good', true, 'ready'],
    ]); // prettier-ignore
  }, 120_000);

  test.each([
    ['magnet:?xt=urn:btih:x', 'PROVIDER_INVALID'],
    ['not an address', 'PROVIDER_INVALID'],
    ['http://10.1.2.3/manifest.json', 'PROVIDER_REFUSED'],
    ['http://user:password@127.0.0.1/manifest.json', 'PROVIDER_INVALID'],
  ])('%s is not added', async (url, code) => {
    expect((await ada.refused(providerRoutes.add, { url })).problem.code).toBe(code);
  });

  test('the schema of manifests is there for everybody', async () => {
    expect(await hearth.client.call(providerRoutes.schema)).toMatchObject({
      type: 'object',
      properties: { id: {} },
    });
  });

  describe('at home', () => {
    const open = async (who: Client): Promise<AddonClient> => {
      const { url } = await who.call(addonRoutes.address);
      const { addon } = await client.detectFromURL(url);
      if (!addon) throw new Error('Stremio’s client sees no add-on');
      return addon;
    };
    const names = async (addon: AddonClient, extra = {}) =>
      ((await addon.get('catalog', 'movie', 'hearth', extra)) as { metas: { name: string }[] }).metas
        .map(({ name }) => name)
        .sort();

    test('Stremio’s own client reads the library as an add-on, and each person sees what is theirs', async () => {
      const [adas, mias] = [await open(ada), await open(mia)];
      expect(adas.manifest).toMatchObject({
        id: 'org.hearth.home',
        catalogs: [{ type: 'movie' }, { type: 'series' }],
      });
      expect([await names(adas), await names(mias)]).toEqual([['Hidden', 'Meadow'], ['Meadow']]);
      expect(await names(adas, { search: 'hid' })).toEqual(['Hidden']);
      expect(await names(adas, { genre: 'Drama' })).toEqual(['Meadow']);
      expect(await names(adas, { skip: '1', search: 'a & b=c' })).toEqual([]);
      const { metas } = (await adas.get('catalog', 'movie', 'hearth', { search: 'hid' })) as {
        metas: { id: string }[];
      };
      const hidden = metas[0]?.id ?? '';
      expect(await mias.get('meta', 'movie', hidden)).toEqual({});
      expect(await mias.get('stream', 'movie', hidden)).toEqual({ streams: [] });
    }, 60_000);

    test('a film is known by its IMDb id, and its bytes come from a signed address', async () => {
      const addon = await open(mia);
      expect(await addon.get('meta', 'movie', 'tt1234567')).toMatchObject({
        meta: { id: 'tt1234567', name: 'Meadow', genres: ['Drama'] },
      });
      const { streams } = (await addon.get('stream', 'movie', 'tt1234567')) as { streams: { url: string }[] };
      const [stream] = streams;
      expect(streams).toMatchObject([{ behaviorHints: { filename: 'Meadow (2019).mp4' } }]);
      const bytes = await fetch(stream?.url ?? '', { headers: { range: 'bytes=0-99' } });
      expect([
        bytes.status,
        bytes.headers.get('content-type'),
        (await bytes.arrayBuffer()).byteLength,
      ]).toEqual([206, 'video/mp4', 100]);
    }, 60_000);

    test('an episode is found by season and number', async () => {
      const addon = await open(mia);
      const { metas } = (await addon.get('catalog', 'series', 'hearth')) as { metas: { id: string }[] };
      const { meta } = (await addon.get('meta', 'series', metas[0]?.id ?? '')) as {
        meta: { videos: { id: string; season: number }[] };
      };
      expect(meta.videos).toMatchObject([{ season: 1, episode: 1 }]);
      const { streams } = (await addon.get('stream', 'series', meta.videos[0]?.id ?? '')) as {
        streams: object[];
      };
      expect(streams).toHaveLength(1);
      expect(await addon.get('stream', 'series', 'tt7654321:1:1')).toEqual({ streams: [] });
    }, 60_000);

    test('a new password ends the address', async () => {
      const { url } = await mia.call(addonRoutes.address);
      expect((await fetch(url)).headers.get('access-control-allow-origin')).toBe('*');
      await ada.call(accountRoutes.updateUser, { id: miaId, password: 'another one entirely' });
      expect((await fetch(url)).status).toBe(403);
    });
  });
});
