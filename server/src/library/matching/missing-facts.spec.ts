import { providerTitle, type ProviderTitle } from '@hearth/contract/provider-exchange';
import { Title } from '../entities/title.entity.js';
import { newTitle } from '../store/title-fields.js';
import {
  changeOf,
  creditsOf,
  filledIn,
  missingArtwork,
  missingFacts,
  stillTheirs,
  takenBack,
} from './missing-facts.js';

const title = (given: Partial<Title> = {}): Title =>
  Object.assign(newTitle('library', { type: 'movie', name: 'Metropolis', year: 1927 }, 0), given);
const told = (given: Partial<ProviderTitle>) =>
  providerTitle.parse({ id: '1', type: 'movie', name: 'Another name', year: 2001, ...given });
const first = told({
  description: 'A city.',
  rating: 8,
  externalIds: { imdb: 'tt0017136', tmdb: '19' },
  contentRating: 'PG',
});
const second = told({
  description: 'Another text.',
  genres: ['Drama'],
  tagline: 'Look!',
  externalIds: { tmdb: '20', wikidata: 'Q151599' },
});

test('what is missing, from the first that says it; names, years and ages are the library’s own', () => {
  expect(missingFacts(title(), [first, second])).toEqual({
    overview: 'A city.',
    rating: 8,
    genres: ['Drama'],
    tagline: 'Look!',
    externalIds: { imdb: 'tt0017136', tmdb: '19', wikidata: 'Q151599' },
  });
});

test('never what an NFO or a person said', () => {
  const here = title({
    overview: 'Mine.',
    genres: ['Sci-Fi'],
    externalIds: { imdb: 'tt1' },
    lockedFields: ['tagline', 'rating'],
  });
  expect(missingFacts(here, [first, second])).toEqual({ externalIds: { tmdb: '19', wikidata: 'Q151599' } });
});

test('what they said goes again when it is another title; what somebody changed meanwhile stays', () => {
  const before = title({ externalIds: { imdb: 'tt1' } });
  const filled = { ...missingFacts(before, [second]), posterId: 'p' };
  const after = filledIn(before, filled);
  expect(after).toMatchObject({
    overview: 'Another text.',
    posterId: 'p',
    externalIds: { imdb: 'tt1', tmdb: '20' },
  });
  expect(takenBack(after, stillTheirs(after, filled), true)).toEqual(before);
  expect(takenBack(after, stillTheirs(after, filled), false)).toEqual(
    Object.assign(new Title(), before, { posterId: 'p' }),
  );
  const edited = Object.assign(new Title(), after, { overview: 'Mine.' });
  expect(takenBack(edited, stillTheirs(edited, filled), true)).toEqual(
    Object.assign(new Title(), before, { overview: 'Mine.' }),
  );
  expect(changeOf(before, after)).toEqual({
    ...{ overview: 'Another text.', tagline: 'Look!', genres: ['Drama'], posterId: 'p' },
    externalIds: { imdb: 'tt1', tmdb: '20', wikidata: 'Q151599' },
  });
});

test('pictures where there are none; a still is no poster', () => {
  const pictured = told({ posterUrl: 'https://example.org/p.jpg', backdropUrl: 'https://example.org/b.jpg' });
  expect(missingArtwork(title(), [pictured]).map(({ field }) => field)).toEqual(['posterId', 'backdropId']);
  expect(missingArtwork(title({ posterId: 'p' }), [pictured]).map(({ field }) => field)).toEqual([
    'backdropId',
  ]);
  expect(
    missingArtwork(title(), [told({ posterUrl: 'https://example.org/p.jpg', posterShape: 'landscape' })]),
  ).toEqual([]);
});

test('people of the first that names any', () => {
  const people = [{ name: 'Fritz Lang', role: 'director' as const, character: null, imageUrl: null }];
  expect(creditsOf([first, told({ credits: people })]).people).toEqual([
    { name: 'Fritz Lang', role: 'director', character: null },
  ]);
  expect(creditsOf([]).people).toEqual([]);
});
