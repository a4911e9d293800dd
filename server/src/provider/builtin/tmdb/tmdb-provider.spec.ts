import { providerPage, providerTitle } from '@hearth/contract/provider-exchange';
import { brokenAnswers, type LoopbackService, startLoopbackService } from '../testing/loopback-service.js';
import { TmdbProvider } from './tmdb-provider.js';

let service: LoopbackService;
let provider: TmdbProvider;
beforeAll(async () => {
  service = await startLoopbackService();
  provider = new TmdbProvider(service.base);
});
afterAll(() => service.close());
beforeEach(() => {
  service.answers = {};
  service.seen.length = 0;
});

const config = { apiKey: 'k3y', language: 'de-DE' };
const call = () => service.call(config);
const asked = () => service.seen.map(({ url }) => decodeURIComponent(url.pathname + url.search));
const film = {
  id: 19, title: 'Metropolis', original_title: 'Metropolis', release_date: '1927-01-10', overview: 'A city.', poster_path: '/p.jpg',
  backdrop_path: '/b.jpg', genre_ids: [18, 878, 4711], vote_average: 8.1, vote_count: 2000,
}; // prettier-ignore

test.each([
  ['trending', {}, '/trending/movie/week', '?page=1'],
  ['popular', { genre: '18,878', year: '1920-1929' }, '/discover/movie',
    '?with_genres=18,878&primary_release_date.gte=1920-01-01&primary_release_date.lte=1929-12-31&include_adult=false&sort_by=popularity.desc&page=1'],
  ['top', { year: '-1929' }, '/discover/movie',
    '?primary_release_date.lte=1929-12-31&include_adult=false&sort_by=vote_average.desc&vote_count.gte=300&page=1'],
  ['search', { search: 'metropolis', year: '1927' }, '/search/movie', '?query=metropolis&year=1927&include_adult=false&page=1'],
] as const)('%s %j', async (id, extra, path, search) => {
  service.answers[path] = { page: 1, results: [film, { id: 'x' }, { id: 5 }], total_pages: 9000 };
  const page = providerPage.parse(await provider.catalog({ type: 'movie', id, extra }, call()));
  expect(page).toMatchObject({ next: '2', items: [{ id: '19', name: 'Metropolis', year: 1927 }] });
  expect(page.items).toEqual([
    expect.objectContaining({
      posterUrl: 'https://image.tmdb.org/t/p/w780/p.jpg',
      genres: ['Drama', 'Science Fiction'],
      rating: 8.1,
      externalIds: { tmdb: '19' },
    }),
  ]);
  expect(asked()).toEqual([`${path}${search}&language=de-DE&api_key=k3y`]);
}); // prettier-ignore

test('there is no page behind the last', async () => {
  service.answers['/trending/tv/week'] = { results: [], total_pages: 9000 };
  const question = { type: 'series', id: 'trending', extra: {}, cursor: '500' };
  expect(await provider.catalog(question, call())).toEqual({ items: [], next: null });
});

test('a film by its IMDb id, in full', async () => {
  service.answers['/find/tt0017136'] = { movie_results: [film], tv_results: [] };
  service.answers['/movie/19'] = {
    ...film,
    genre_ids: undefined,
    genres: [{ id: 18, name: 'Drama' }],
    runtime: 153,
    tagline: '',
    imdb_id: 'tt0017136',
    production_companies: [{ name: 'UFA' }],
    external_ids: { imdb_id: 'tt0017136', wikidata_id: 'Q151599' },
    release_dates: { results: [
      { iso_3166_1: 'DE', release_dates: [{ certification: '' }, { certification: '6' }] },
      { iso_3166_1: 'US', release_dates: [{ certification: 'NR' }] },
    ] },
    credits: {
      cast: [{ name: 'Brigitte Helm', character: 'Maria', profile_path: '/h.jpg' }, { character: 'nobody' }],
      crew: [{ name: 'Fritz Lang', job: 'Director' }, { name: 'Thea von Harbou', job: 'Screenplay' }, { name: 'X', job: 'Gaffer' }],
    },
    videos: { results: [
      { site: 'YouTube', type: 'Trailer', key: 'abc_-1', name: 'Trailer' },
      { site: 'YouTube', type: 'Trailer', key: 'a&b', name: 'No key' },
      { site: 'Elsewhere', type: 'Trailer', key: 'x', name: 'No' },
    ] },
    recommendations: { results: [{ ...film, id: 20, title: 'Another' }] },
  }; // prettier-ignore
  const title = providerTitle.parse(
    await provider.title({ type: 'movie', externalIds: { imdb: 'tt0017136' } }, call()),
  );
  expect(title).toMatchObject({
    id: '19', runtimeSeconds: 9180, tagline: null, studio: 'UFA', contentRating: '6', genres: ['Drama'],
    externalIds: { tmdb: '19', imdb: 'tt0017136', wikidata: 'Q151599' },
    trailers: [{ name: 'Trailer', url: 'https://www.youtube.com/watch?v=abc_-1' }],
    similar: [{ id: '20' }],
  }); // prettier-ignore
  expect(title.credits.map(({ name, role, character }) => [name, role, character])).toEqual([
    ['Brigitte Helm', 'actor', 'Maria'],
    ['Fritz Lang', 'director', null],
    ['Thea von Harbou', 'writer', null],
  ]);
});

test('a series with all its episodes, twenty seasons an answer; a token goes into the header', async () => {
  service.answers['/tv/7'] = {
    id: 7, name: 'A Series', first_air_date: '2001-01-01', last_air_date: '2022-01-01', status: 'Ended', episode_run_time: [25],
    vote_average: 0, vote_count: 0, networks: [{ name: 'A Station' }], external_ids: { tvdb_id: 99, imdb_id: '' },
    content_ratings: { results: [{ iso_3166_1: 'US', rating: 'TV-PG' }] },
    seasons: Array.from({ length: 21 }, (_, season_number) => ({ season_number })),
    'season/1': { episodes: [
      { id: 1, season_number: 1, episode_number: 1, name: 'One', air_date: '2001-01-01', still_path: '/s.jpg' },
      { id: 2, season_number: 1 },
    ] },
  }; // prettier-ignore
  const token = service.call({ apiKey: 'a.b.c' });
  const title = providerTitle.parse(
    await provider.title({ type: 'series', id: '7', externalIds: {} }, token),
  );
  expect(title).toMatchObject({
    endYear: 2022,
    rating: null,
    studio: 'A Station',
    contentRating: 'TV-PG',
    runtimeSeconds: 1500,
    externalIds: { tmdb: '7', tvdb: '99' },
  });
  expect(title.episodes[0]).toMatchObject({ season: 1, episode: 1, airDate: '2001-01-01' });
  expect(service.seen.map(({ headers }) => headers['authorization'])).toEqual(Array(3).fill('Bearer a.b.c'));
  expect(asked().join()).not.toContain('api_key');
  expect(asked()[2]).toBe('/tv/7?append_to_response=season/20&language=en-US');
});

test.each([
  { type: 'movie', externalIds: {} },
  { type: 'movie', id: '../account', externalIds: {} },
  { type: 'channel', id: '1', externalIds: {} },
  { type: 'movie', id: '404', externalIds: {} },
])('%j is nothing', async (question) => expect(await provider.title(question, call())).toBeNull());

test.each(brokenAnswers)('an answer that is %s is trouble', async (_how, answer) => {
  service.answers = { '/trending/movie/week': answer, '/movie/1': answer };
  await expect(provider.catalog({ type: 'movie', id: 'trending', extra: {} }, call())).rejects.toThrow(
    /answered/,
  );
  await expect(provider.title({ type: 'movie', id: '1', externalIds: {} }, call())).rejects.toThrow(
    /answered/,
  );
});
