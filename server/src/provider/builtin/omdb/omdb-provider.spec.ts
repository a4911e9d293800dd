import { providerPage, providerTitle } from '@hearth/contract/provider-exchange';
import { brokenAnswers, type LoopbackService, startLoopbackService } from '../testing/loopback-service.js';
import { OmdbProvider } from './omdb-provider.js';

let service: LoopbackService;
let provider: OmdbProvider;
beforeAll(async () => {
  service = await startLoopbackService();
  provider = new OmdbProvider(service.base);
});
afterAll(() => service.close());
beforeEach(() => (service.seen.length = 0));

const call = () => service.call({ apiKey: 'k3y' });
const search = (cursor?: string) =>
  provider.catalog(
    { type: 'series', id: 'search', extra: { search: 'x' }, ...(cursor && { cursor }) },
    call(),
  );
const title = (id: string) => provider.title({ type: 'movie', externalIds: { imdb: id } }, call());
const film = {
  Title: 'Metropolis', Year: '1927', Rated: 'Not Rated', Runtime: '2 h 33 min', Genre: 'Drama, Sci-Fi', Director: 'Fritz Lang',
  Writer: 'Thea von Harbou (screenplay), Fritz Lang', Actors: 'Brigitte Helm, Alfred Abel', Plot: 'A city.', Poster: 'N/A', imdbRating: '8.3',
  Production: 'N/A', imdbID: 'tt0017136', Type: 'movie', Response: 'True',
}; // prettier-ignore

test('a search, ten a page', async () => {
  const found = { Title: 'A Series', Year: '2008–2013', imdbID: 'tt0903747', Type: 'series', Poster: 'https://example.org/p.jpg' };
  service.answers = { '/': { Search: [found, { ...found, Type: 'game' }, null], totalResults: '21', Response: 'True' } };
  expect(providerPage.parse(await search('2'))).toMatchObject({
    next: '3',
    items: [{ id: 'tt0903747', year: 2008, endYear: 2013, posterUrl: 'https://example.org/p.jpg' }],
  });
  expect(service.seen[0]?.url.search).toBe('?s=x&type=series&page=2&apikey=k3y');
  expect((await search('3')).next).toBeNull();
}); // prettier-ignore

test('a film in full', async () => {
  service.answers = { '/': film };
  const found = providerTitle.parse(await title('tt0017136'));
  expect(found).toMatchObject({
    name: 'Metropolis',
    year: 1927,
    endYear: null,
    posterUrl: null,
    contentRating: null,
    studio: null,
    rating: 8.3,
    runtimeSeconds: 9180,
    genres: ['Drama', 'Sci-Fi'],
    externalIds: { imdb: 'tt0017136' },
  });
  expect(found.credits.map(({ name, role }) => `${role} ${name}`)).toEqual([
    'actor Brigitte Helm',
    'actor Alfred Abel',
    'director Fritz Lang',
    'writer Thea von Harbou',
    'writer Fritz Lang',
  ]);
});

test.each(['Movie not found!', 'Series not found!', 'Too many results.', 'Incorrect IMDb ID.'])(
  '%s is nothing',
  async (Error) => {
    service.answers = { '/': { Response: 'False', Error } };
    expect(await search()).toEqual({ items: [] });
    expect(await title('tt0017136')).toBeNull();
  },
);

test('what is no IMDb id is not asked for', async () => {
  expect(await title('19')).toBeNull();
  expect(service.seen).toEqual([]);
});

test.each([...brokenAnswers, ['refused', { Response: 'False', Error: 'Invalid API key!' }] as const])(
  'an answer that is %s is trouble, and tells no key',
  async (_how, answer) => {
    service.answers = { '/': answer };
    const trouble = await title('tt0017136').catch((error: unknown) => String(error));
    expect(trouble).toMatch(/answered|refused/);
    expect(trouble).not.toContain('k3y');
  },
);
