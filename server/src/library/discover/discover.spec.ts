import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { ProviderItem, providerTitle } from '@hearth/contract/provider-exchange';
import type { TitleQuery } from '@hearth/contract/title';
import type { z } from 'zod';
import { TieredCache } from '../../cache/tiered-cache.js';
import { quietLogger } from '../../../../tests/support/probe-job.js';
import type { Caller } from '../../common/http/caller.js';
import { ImageAnalyzer } from '../../common/pictures/image-analyzer.js';
import { SealedText } from '../../common/sealed-text.js';
import { UrlSigner } from '../../common/url-signer.js';
import { ProviderFetch } from '../../provider/asking/provider-fetch.js';
import { ProviderRoom, testManifest } from '../../../../tests/support/provider-room.js';
import { RemoteImages } from '../../provider/images/remote-images.service.js';
import { RemotePictures } from '../../provider/images/remote-pictures.js';
import { homeLibrary } from '../../provider/builtin/home/home-manifests.js';
import { type AnyProvider, homeKeys, ProviderTrouble } from '../../provider/provider.js';
import { AudienceService } from '../audience/audience.service.js';
import { title } from '../catalogue/catalogue-fixture.contract.js';
import { BrowseService } from './browse.service.js';
import { DiscoverService } from './discover.service.js';
import { FoundItems } from './found-items.service.js';
import { HomeShelf } from './home-shelf.service.js';
import { KnownTitles } from './known-titles.service.js';

const oddNames = ['id', 'type', 'catalogId', 'cursor', 'constructor'];

type Found = Partial<ProviderItem> & { id: string };

/** A provider with one list that can be searched; `answer` decides how it goes. */
class Films implements AnyProvider {
  readonly asked: Record<string, string>[] = [];
  constructor(
    id: string,
    private readonly answer: () => Promise<readonly Found[]>,
    readonly manifest = testManifest({
      id,
      name: id,
      catalogs: [
        {
          type: 'movie',
          id: 'top',
          name: 'Top',
          extra: [{ name: 'search' }, { name: 'year', type: 'range', min: 1900 }],
        },
        { type: 'movie', id: 'second', name: 'Second' },
        { type: 'movie', id: 'odd', name: 'Odd', extra: oddNames.map((name) => ({ name })) },
        { type: 'series', id: 'needs', name: 'Needs', extra: [{ name: 'genre', isRequired: true }] },
      ],
    }),
  ) {}
  async catalog({ extra }: { extra: Record<string, string> }) {
    this.asked.push(extra);
    return {
      items: (await this.answer()).map((item) => ({ type: 'movie', name: item.id, ...item })),
      next: '2',
    };
  }
  title({ id }: { id?: string }): Promise<z.input<typeof providerTitle> | null> {
    const episode = { id: 'e', season: 1, episode: 1, stillUrl: 'https://example.org/s.jpg' };
    const item = { id: id ?? '', type: 'movie', name: 'In full', posterUrl: 'https://example.org/p.jpg' };
    const credits = [{ name: 'A Person', role: 'actor' as const, imageUrl: 'https://example.org/f.jpg' }];
    return Promise.resolve(id === 'gone' ? null : { ...item, credits, episodes: [episode], similar: [item] });
  }
}

/** The library's own list: one film, whatever is asked for. */
class Shelf {
  readonly asked: TitleQuery[] = [];
  list = (query: TitleQuery) => {
    this.asked.push(query);
    const card = {
      id: `own-${query.type}`,
      type: query.type ?? 'movie',
      name: 'Ours',
      year: 1999,
      endYear: null,
    };
    const facts = {
      runtimeSeconds: null,
      rating: null,
      contentRating: null,
      genres: [],
      poster: null,
      available: true,
    };
    const more = {
      maxHeight: null,
      hdr: false,
      addedAt: '',
      state: null,
      favorite: false,
      episodeCount: null,
      unwatchedCount: null,
    };
    return Promise.resolve({ items: [{ ...card, ...facts, ...more }], total: 1, nextCursor: 'more' });
  };
}
const shelf = new Shelf();

let directory: string;
let room: ProviderRoom;
let discover: DiscoverService;
let browsing: BrowseService;
let told: unknown[];
let slowAnswer: PromiseWithResolvers<Found[]>;
const mia: Caller = { accountId: 'mia', role: 'member', sessionId: null };
const known: Found = {
  id: 'metropolis',
  externalIds: { imdb: 'tt0017136' },
  posterUrl: 'https://example.org/p.jpg?key=s3cret',
};
const here = new Films('here', () =>
  Promise.resolve([known, { id: 'unknown', externalIds: { imdb: 'tt0000001' } }]),
);
const dead = new Films('dead', () => Promise.reject(new ProviderTrouble('failed', 'It is away.')));
const slow = new Films('slow', () => slowAnswer.promise);
const adult = new Films(
  'adult',
  () => Promise.resolve([{ id: 'x' }]),
  testManifest({ id: 'adult', hints: { adult: true } }),
);
const keyed = new Films('keyed', () => Promise.resolve([{ id: 'x' }]), testManifest({
  id: 'keyed',
  config: [{ name: 'apiKey', label: 'Key', type: 'password', required: true }],
})); // prettier-ignore

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hearth-discover-'));
  room = await ProviderRoom.make({ builtin: [here, dead, slow, adult, keyed, { manifest: homeLibrary }].map((each) => () => each) });
  await room.administration.change(await room.id(homeKeys.library), { priority: 1 });
  const { database } = room.data;
  const audiences = new AudienceService(database, room.events);
  const key = randomBytes(32);
  const config = { dataDirectory: directory, providers: { securityKeys: [], allowPrivateHosts: [] } };
  const cache = new TieredCache({ directory, logger: quietLogger() });
  const pictures = new RemotePictures(new ProviderFetch(config, room.egress), cache, new ImageAnalyzer(), config);
  const images = new RemoteImages(pictures, new SealedText([key]), new UrlSigner(key));
  const found = new FoundItems(new KnownTitles(database, audiences), images);
  const home = new HomeShelf(shelf);
  discover = new DiscoverService(room.service, found, home, audiences, room.events);
  browsing = new BrowseService(room.service, found, home, audiences);
  await database.write(async (manager) => {
    const insert = (into: string, values: object) => manager.createQueryBuilder().insert().into(into).values(values).execute();
    for (const [id, max_age] of [['mia', null], ['kid', 6]] as const)
      await insert('account', { id, username: id, username_key: id, password_hash: '!', role: 'member', preferences: '{}', created_at: 0, max_age });
    await insert('library', { id: 'library', name: 'L', kind: 'movies', created_at: 0 });
    await insert('title', title('Metropolis', 'movie', 1, {}));
    await insert('title', title('Other', 'series', 2, {}));
    for (const id of ['t-metropolis', 't-other'])
      await insert('title_external_id', { title_id: id, authority: 'imdb', external_id: 'tt0017136' });
  });
  room.events.listen(({ name, payload, accountId }) => {
    if (name === 'discover.found') told.push([accountId, payload]);
  });
}); // prettier-ignore
beforeEach(() => {
  told = [];
  slowAnswer = Promise.withResolvers();
});
afterAll(async () => {
  await room.dispose();
  await rm(directory, { recursive: true });
});

test('rows: what is there at once; the dead one costs its own row, the slow one says when it comes', async () => {
  const rows = await discover.rows(mia, 0);
  expect(rows.map(({ providerName, catalogId }) => [providerName, catalogId])).toEqual([
    ['here', 'top'],
    ['Home library', 'movies'],
    ['Home library', 'series'],
    ['dead', 'top'],
    ['slow', 'top'],
  ]);
  const heard = new Promise<void>((resolve) => {
    room.events.listen(({ name, payload }) => {
      if (name === 'discover.found' && 'searching' in payload && !payload.searching) resolve();
    });
  });
  slowAnswer.resolve([{ id: 'late' }]);
  await heard;
  expect(told.at(-1)).toEqual(['mia', { q: '', searching: false }]);
  const [first, own, , second, third] = await discover.rows(mia, 0);
  expect(own).toMatchObject({ error: null, searching: false, items: [{ id: 'own-movie', titleId: 'own-movie' }] });
  expect(first).toMatchObject({ error: null, searching: false, items: [{ id: 'metropolis', titleId: 't-metropolis' }, { id: 'unknown', titleId: null }] });
  expect(second).toMatchObject({ items: [], error: 'It is away.', searching: false });
  expect(third).toMatchObject({ items: [{ id: 'late' }], error: null });
  expect(first?.items[0]?.poster?.url).toMatch(/^\/api\/remote-images\/\S+&signature=/);
  expect(JSON.stringify(rows)).not.toContain('example.org');
  expect([here, dead, slow].map(({ asked }) => asked.length)).toEqual([1, 1, 1]);
  const elsewhere = await discover.rows(mia, 0, { limit: 2, away: true });
  expect(elsewhere.map(({ providerName }) => providerName)).toEqual(['here', 'dead']);
}); // prettier-ignore

test('a search asks what can be searched, and gives each title once', async () => {
  const searching = discover.search(mia, 'metropolis', 60_000);
  slowAnswer.resolve([{ id: 'other-id', externalIds: { imdb: 'tt0017136', tmdb: '19' } }]);
  const { items, parts } = await searching;
  expect(here.asked.at(-1)).toEqual({ search: 'metropolis' });
  expect(items.map(({ id, titleId }) => [id, titleId])).toEqual([['metropolis', 't-metropolis'], ['unknown', null]]);
  expect(items[0]?.externalIds).toEqual({ imdb: 'tt0017136', tmdb: '19' });
  expect(parts.map(({ name, state, count }) => [name, state, count])).toEqual([
    ['here', 'answered', 2],
    ['dead', 'failed', 0],
    ['slow', 'answered', 1],
  ]);
}); // prettier-ignore

test('a page of a list, with its filters', async () => {
  const place = { id: await room.id('here'), type: 'movie', catalogId: 'top' };
  expect(await browsing.page(place, { 'filter.year': '1920-1929', cursor: '7' }, mia)).toMatchObject({
    items: [{ id: 'metropolis' }, { id: 'unknown' }],
    nextCursor: '2',
  });
  expect(here.asked.at(-1)).toEqual({ year: '1920-1929' });
  const refused = (query: object, more: object = {}) =>
    browsing.page({ ...place, ...more }, { ...query }, mia);
  await expect(refused({ 'filter.year': 'soon' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  await expect(refused({ year: '1920-1929' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  await expect(refused({ cursor: 'x'.repeat(501) })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  await expect(refused({}, { catalogId: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(refused({}, { id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(refused({}, { id: await room.id('dead') })).rejects.toMatchObject({ code: 'PROVIDER_FAILED' });
});

test('a filter may be called as the query’s own parameters are', async () => {
  const place = { id: await room.id('here'), type: 'movie', catalogId: 'odd' };
  const query = Object.fromEntries(oddNames.map((name) => [`filter.${name}`, `its ${name}`]));
  await browsing.page(place, { ...query, cursor: '7' }, mia);
  expect(here.asked.at(-1)).toEqual(Object.fromEntries(oddNames.map((name) => [name, `its ${name}`])));
});

test('a list of the house itself, by its own filters', async () => {
  const place = { id: await room.id(homeKeys.library), type: 'series', catalogId: 'series' };
  const page = await browsing.page(
    place,
    { 'filter.search': 'our', 'filter.sort': 'name', 'filter.year': '1990-', cursor: 'c' },
    mia,
  );
  expect(page).toMatchObject({ items: [{ id: 'own-series', providerId: place.id }], nextCursor: 'more' });
  expect(shelf.asked.at(-1)).toMatchObject({
    ...{ type: 'series', q: 'our', sort: 'name', year: '1990-2200', cursor: 'c' },
    available: true,
  });
  for (const [name, value] of [
    ['search', 'x'.repeat(201)],
    ['year', '1990.5-2000'],
    ['year', '02000-2010'],
  ] as const)
    await expect(browsing.page(place, { [`filter.${name}`]: value }, mia)).rejects.toMatchObject({
      ...{ code: 'VALIDATION_FAILED', extras: { errors: [{ path: name }] } },
    });
});

test('a title in full, its pictures through this server', async () => {
  const id = await room.id('here');
  const found = await browsing.title(id, 'movie', 'metropolis', mia);
  expect(found).toMatchObject({ name: 'In full', titleId: null, providerId: id, backdrop: null });
  for (const image of [
    found.poster,
    found.credits[0]?.image,
    found.episodes[0]?.still,
    found.similar[0]?.poster,
  ])
    expect(image?.url).toMatch(/^\/api\/remote-images\//);
  expect(JSON.stringify(found)).not.toContain('example.org');
  await expect(browsing.title(id, 'movie', 'gone', mia)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

const limited: [who: string, caller: Caller][] = [
  ['with an age limit', { accountId: 'kid', role: 'member', sessionId: null }],
  ['who is a child', { accountId: 'mia', role: 'child', sessionId: null }],
];
test.each(limited)('nobody %s gets anything from providers', async (_who, caller) => {
  expect(await discover.rows(caller, 0)).toEqual([]);
  expect(await discover.search(caller, 'x', 0)).toEqual({ items: [], parts: [], searching: false });
  const id = await room.id('here');
  await expect(browsing.title(id, 'movie', 'x', caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(browsing.page({ id, type: 'movie', catalogId: 'top' }, {}, caller)).rejects.toMatchObject({ code: 'NOT_FOUND' });
}); // prettier-ignore
