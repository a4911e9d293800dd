import { providerTitle, type ProviderTitle } from '@hearth/contract/provider-exchange';
import { Title } from '../entities/title.entity.js';
import { newTitle } from '../store/title-fields.js';
import {
  changeOf,
  creditsOf,
  filledIn,
  givenBack,
  missingArtwork,
  missingFacts,
  stillTheirs,
  takenBack,
  type Told,
} from './missing-facts.js';

const title = (given: Partial<Title> = {}): Title =>
  Object.assign(newTitle('library', { type: 'movie', name: 'Metropolis', year: 1927 }, 0), given);
const told = (given: Partial<ProviderTitle>) =>
  providerTitle.parse({ id: '1', type: 'movie', name: 'Another name', year: 2001, ...given });
/** @param outranking those of them that are believed before an NFO */
const by = (titles: readonly ProviderTitle[], outranking: readonly ProviderTitle[] = []): Told => ({
  ...{ titles, outranking, nfoYields: outranking.length > 0 },
});
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
  expect(missingFacts(title(), by([first, second]))).toEqual({
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
  expect(missingFacts(here, by([first, second]))).toEqual({
    externalIds: { tmdb: '19', wikidata: 'Q151599' },
  });
});

test('what they said goes again when it is another title; what somebody changed meanwhile stays', () => {
  const before = title({ externalIds: { imdb: 'tt1' } });
  const filled = { ...missingFacts(before, by([second])), posterId: 'p' };
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
  expect(missingArtwork(title(), by([pictured]), {}).map(({ field }) => field)).toEqual([
    'posterId',
    'backdropId',
  ]);
  expect(missingArtwork(title({ posterId: 'p' }), by([pictured]), {}).map(({ field }) => field)).toEqual([
    'backdropId',
  ]);
  expect(
    missingArtwork(
      title(),
      by([told({ posterUrl: 'https://example.org/p.jpg', posterShape: 'landscape' })]),
      {},
    ),
  ).toEqual([]);
});

describe('who stands above an NFO', () => {
  const here = title({
    ...{ overview: 'Of the NFO.', genres: ['Sci-Fi'], runtimeSeconds: 9000, posterId: 'own' },
    ...{ externalIds: { imdb: 'tt1' }, tagline: 'Of a person.', lockedFields: ['tagline'] },
  });
  const better = told({
    ...first,
    tagline: 'Theirs.',
    runtimeSeconds: 1,
    posterUrl: 'https://example.org/p.jpg',
  });

  test('is believed before it, not before a file or a person; what it said is remembered', () => {
    expect(missingFacts(here, by([better, second], [better]))).toEqual({
      ...{ overview: 'A city.', rating: 8, externalIds: { tmdb: '19', wikidata: 'Q151599' } },
      instead: { overview: 'Of the NFO.' },
    });
    const [poster, ...others] = missingArtwork(here, by([second, better], [better]), {});
    expect([poster?.field, others]).toEqual(['posterId', []]);
    expect(missingArtwork(here, by([better]), {})).toEqual([]);
    expect(missingArtwork(here, by([better], [better]), { posterId: 'own' })).toEqual([]);
  });

  test('gives way again, or is another title: the NFO’s words are back', () => {
    const filled = { ...missingFacts(here, by([better], [better])), posterId: 'theirs' };
    filled.instead = { ...filled.instead, posterId: 'own' };
    const after = filledIn(here, filled);
    expect(after).toMatchObject({ overview: 'A city.', posterId: 'theirs' });
    expect(takenBack(after, stillTheirs(after, filled), true)).toEqual(here);
    const back = givenBack(after, stillTheirs(after, filled));
    expect(back.title).toMatchObject({ overview: 'Of the NFO.', posterId: 'own', rating: 8 });
    expect(Object.keys(back.theirs).sort()).toEqual(['externalIds', 'rating']);
    const edited = Object.assign(new Title(), after, { overview: 'Of a person.' });
    expect(stillTheirs(edited, filled).instead).toEqual({ posterId: 'own' });
  });
});

test('people of the first that names any', () => {
  const people = [{ name: 'Fritz Lang', role: 'director' as const, character: null, imageUrl: null }];
  expect(creditsOf([first, told({ credits: people })]).people).toEqual([
    { name: 'Fritz Lang', role: 'director', character: null },
  ]);
  expect(creditsOf([]).people).toEqual([]);
});
