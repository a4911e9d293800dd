import { providerPage, providerTitle } from '@hearth/contract/provider-exchange';
import { brokenAnswers, type LoopbackService, startLoopbackService } from '../testing/loopback-service.js';
import { TvmazeProvider } from './tvmaze-provider.js';

let service: LoopbackService;
let provider: TvmazeProvider;
beforeAll(async () => {
  service = await startLoopbackService();
  provider = new TvmazeProvider(service.base, () => Date.UTC(2026, 0, 31, 12));
});
afterAll(() => service.close());
beforeEach(() => {
  service.answers = {};
  service.seen.length = 0;
});

const show = {
  id: 216,
  name: 'A Series',
  genres: ['Comedy', 3],
  status: 'Ended',
  premiered: '2013-12-02',
  ended: '2020-01-01',
  averageRuntime: 22,
  rating: { average: 9.1 },
  network: { name: 'A Station', country: {} },
  webChannel: null,
  externals: { tvrage: 1, thetvdb: 275274, imdb: 'tt2861424' },
  image: { medium: 'https://example.org/m.jpg', original: 'https://example.org/o.jpg' },
  summary: '<p>About <b>it</b>.</p>',
};
const item = {
  id: '216',
  type: 'series',
  name: 'A Series',
  year: 2013,
  endYear: 2020,
  posterUrl: 'https://example.org/o.jpg',
  description: 'About it.',
  genres: ['Comedy', '3'],
  rating: 9.1,
  runtimeSeconds: 1320,
  externalIds: { tvmaze: '216', tvdb: '275274', imdb: 'tt2861424' },
};
const ask = (id: string, extra: Record<string, string>) =>
  provider.catalog({ type: 'series', id, extra }, service.call());

test('a search; shows that cannot be read are left out', async () => {
  const poor = {
    id: 7,
    name: 'Poor',
    externals: 3,
    image: [],
    rating: 'x',
    summary: 1,
    network: 'y',
    genres: 'z',
  };
  service.answers['/search/shows'] = [{ score: 1, show }, { show: poor }, { show: { id: 'x' } }, null];
  const { items, next } = providerPage.parse(await ask('search', { search: 'a series' }));
  expect(items[0]).toMatchObject(item);
  expect(items[1]).toMatchObject({
    name: 'Poor',
    posterUrl: null,
    rating: null,
    externalIds: { tvmaze: '7' },
  });
  expect([items.length, next]).toEqual([2, null]);
  expect(service.seen[0]?.url.search).toBe('?q=a+series');
});

test('a day of a country, and of streaming services; each show once', async () => {
  service.answers['/schedule'] = [{ id: 1, show }, { id: 2, show }, { id: 3 }];
  service.answers['/schedule/web'] = [{ id: 1, _embedded: { show } }];
  expect((await ask('calendar', { day: '1', country: 'DE' })).items).toHaveLength(1);
  expect((await ask('calendar', { country: 'streaming' })).items).toHaveLength(1);
  expect(service.seen.map(({ url }) => url.pathname + url.search)).toEqual([
    '/schedule?date=2026-02-01&country=DE',
    '/schedule/web?date=2026-01-31',
  ]);
});

test('a series in full, found by an id of another service', async () => {
  service.answers['/lookup/shows'] = { id: 216 };
  service.answers['/shows/216'] = {
    ...show,
    _embedded: {
      episodes: [
        { id: 1, season: 1, number: 1, name: 'Pilot', airdate: '2013-12-02', runtime: 22, summary: '<p>One</p>', image: null },
        { id: 2, season: 1, number: null, name: 'Special' },
        { id: 3, season: 1, number: 2, name: 'Two', airdate: '', image: { medium: 'https://example.org/s.jpg' } },
      ],
      cast: [
        { person: { name: 'A Person', image: null }, character: { name: 'Somebody' } },
        { person: {}, character: {} },
      ],
    },
  }; // prettier-ignore
  const title = providerTitle.parse(
    await provider.title({ type: 'series', externalIds: { tvdb: '275274' } }, service.call()),
  );
  expect(title).toMatchObject({ ...item, studio: 'A Station' });
  expect(title.episodes).toMatchObject([
    { season: 1, episode: 1, name: 'Pilot', airDate: '2013-12-02', overview: 'One', runtimeSeconds: 1320 },
    { season: 1, episode: 2, airDate: null, stillUrl: 'https://example.org/s.jpg' },
  ]);
  expect(title.credits).toEqual([{ name: 'A Person', role: 'actor', character: 'Somebody', imageUrl: null }]);
  expect(service.seen.map(({ url }) => decodeURIComponent(url.pathname + url.search))).toEqual([
    '/lookup/shows?thetvdb=275274',
    '/shows/216?embed[]=episodes&embed[]=cast',
  ]);
});

test.each([
  ['an id that nobody has', { externalIds: { imdb: 'tt0000001' } }],
  ['an id that is none', { id: '../people', externalIds: {} }],
  ['no id', { externalIds: {} }],
])('%s is no series', async (_what, question) =>
  expect(await provider.title({ type: 'series', ...question }, service.call())).toBeNull(),
);

test.each(brokenAnswers.filter(([how]) => how !== 'a list of lists'))(
  'an answer that is %s is trouble',
  async (_how, answer) => {
    service.answers = { '/search/shows': answer, '/shows/1': answer };
    await expect(ask('search', { search: 'x' })).rejects.toThrow(/answered/);
    await expect(
      provider.title({ type: 'series', id: '1', externalIds: {} }, service.call()),
    ).rejects.toThrow(/answered/);
  },
);
