import { providerItem } from '@hearth/contract/provider-exchange';
import { byFit, mergeFound } from './merge-found.js';

const found = (providerId: string, given: object) => ({
  providerId,
  item: providerItem.parse({ id: '1', type: 'movie', name: 'Metropolis', year: 1927, ...given }),
});
const merged = (...lists: ReturnType<typeof found>[][]) =>
  mergeFound(lists).map(({ providerId, item }) => [providerId, item.name, item.externalIds] as const);

test('the same id is the same title: the first says what it is, the others fill what it left out', () => {
  const first = found('a', { externalIds: { tmdb: '19' }, rating: null, genres: [] });
  const other = found('b', {
    name: 'Metropolis (restored)',
    externalIds: { tmdb: '19', imdb: 'tt0017136' },
    rating: 8,
    genres: ['Drama'],
    posterUrl: 'https://example.org/p.jpg',
  });
  const [title, ...more] = mergeFound([[first], [other]]);
  expect(more).toEqual([]);
  expect(title).toMatchObject({
    providerId: 'a',
    item: { name: 'Metropolis', rating: 8, genres: ['Drama'], posterUrl: 'https://example.org/p.jpg' },
  });
  expect(title?.item.externalIds).toEqual({ tmdb: '19', imdb: 'tt0017136' });
});

test('what was joined is found by the ids of both', () => {
  expect(
    merged(
      [found('a', { externalIds: { tmdb: '19' } })],
      [found('b', { externalIds: { tmdb: '19', imdb: 'tt0017136' } })],
      [found('c', { name: 'Another name', externalIds: { imdb: 'tt0017136' } })],
    ),
  ).toHaveLength(1);
});

test.each([
  ['the same name and year, with ids of different services', { externalIds: { imdb: 'tt0017136' } }, 1],
  ['the same name and year, written otherwise', { name: 'METROPOLIS!' }, 1],
  ['another year', { year: 2001 }, 2],
  ['no year', { year: null }, 2],
  ['another type with the same number', { type: 'series', externalIds: { tmdb: '19' } }, 2],
  ['the same name and year, told apart by a service', { externalIds: { tmdb: '20' } }, 2],
])('%s: %#', (_what, given, count) =>
  expect(merged([found('a', { externalIds: { tmdb: '19' } })], [found('b', given)])).toHaveLength(count),
);

test('what is called so comes first, then what begins so', () => {
  const names = ['The Metropolis', 'Metropolis II', 'Metropolis', 'Old Metropolis'];
  expect(
    byFit(
      names.map((name) => found('a', { name })),
      'metropolis',
    ).map(({ item }) => item.name),
  ).toEqual(['Metropolis', 'Metropolis II', 'The Metropolis', 'Old Metropolis']);
});
