import { account } from './generated-library.mjs';

const filters = {
  'all titles': {},
  movies: { type: 'movie' },
  series: { type: 'series' },
  genre: { type: 'movie', genre: ['Drama'] },
  'two genres': { type: 'movie', genre: ['Action', 'Comedy'] },
  'rare genre': { genre: ['Western'] },
  'years + rating': { type: 'movie', year: '1990-1999', minRating: 7 },
  'genre + years + rating + 2160p + hdr': { type: 'movie', genre: ['Action'], year: '2000-2020', minRating: 6, resolution: ['2160p'], hdr: true }, // prettier-ignore
  'content rating + available': { type: 'movie', contentRating: ['PG-13', 'R'], available: true },
  letter: { type: 'movie', letter: 'q' },
  library: { libraryId: 'movies' },
  'watched, movies': { type: 'movie', watched: 'yes' },
  'watched, all': { watched: 'yes' },
  'unwatched, movies': { type: 'movie', watched: 'no' },
  'unwatched, all': { watched: 'no' },
  'started, all': { watched: 'started' },
  favourites: { favorite: true },
  person: { personId: '01BENCHP00000000000000003' },
  text: { q: 'night' },
};

const sorts = ['name', 'added', 'year', 'rating', 'runtime', 'random'];
const query = (filter, sort, more = {}) => ({ ...filter, sort, limit: 50, ...more });

/** Names and work: every filter by name, every sort, deep pages, what else the screens ask for, searches. */
export function* benchCases(library) {
  const { lists, seenSearch } = library;
  const list =
    (filter, sort = 'name', more) =>
    () =>
      lists.list(query(filter, sort, more), account);
  for (const [name, filter] of Object.entries(filters)) yield [`list: ${name}`, list(filter)];
  for (const sort of sorts) {
    yield [`movies by ${sort}`, list(filters.movies, sort)];
    yield [`all by ${sort}, ascending`, list({}, sort, { order: 'asc' })];
    yield [`unwatched drama by ${sort}`, list({ type: 'movie', genre: ['Drama'], watched: 'no' }, sort)];
  }
  let cursor;
  yield ['page after page of movies by year', async () => (cursor = (await lists.list(query(filters.movies, 'year', { cursor, limit: 200 }), account)).nextCursor ?? undefined)]; // prettier-ignore
  yield* screenCases(library);
  yield* searchCases(seenSearch);
}

/** What the home screen, the filter bar and a title's page read. */
function* screenCases({ facets, forgetFacets, home, details, similar, lists }) {
  for (const name of facetFilters) {
    const work = () => facets.facets(filters[name], account);
    yield [`facets: ${name}`, work];
    // Once after each change of the library, and not held to the budget.
    yield [`facets counted anew: ${name}`, () => (forgetFacets(), work()), { hasBudget: false }];
  }
  yield ['home', () => home.home(account)];
  for (const type of ['movie', 'series']) {
    let ids;
    const some = async (run) => (ids ??= await someIds(lists, type))[run % ids.length];
    yield [`detail: ${type}`, async (run) => details.detail(await some(run), account)];
    yield [`similar: ${type}`, async (run) => similar.similar(await some(run), account)];
  }
}

const facetFilters = [
  'all titles',
  'movies',
  'genre',
  'genre + years + rating + 2160p + hdr',
  'unwatched, all',
];

/** Titles from all over the library that the account sees, 40 at most. */
async function someIds(lists, type) {
  const { items } = await lists.list({ type, sort: 'random', limit: 40 }, account);
  return items.map((item) => item.id);
}

function* searchCases(seenSearch) {
  const kinds = ['title', 'episode', 'person', 'file'];
  const find = (text) => () => seenSearch.find(text, kinds, 12, account);
  for (const text of [
    's',
    'th',
    'nig',
    'the',
    'the n',
    'night',
    'the night',
    'black house',
    'nigth',
    'huose',
    'blakc wrold',
    'the last nihgt',
    'straibloo',
    'xqzwvkpt',
    'night 1080p',
    '2019',
  ])
    // prettier-ignore
    yield [`search: ${text}`, find(text)];
}
