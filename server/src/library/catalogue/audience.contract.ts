import { titleQuery, type TitleQuery } from '@hearth/contract/title';
import type { Database } from '../../database/database.js';
import { buildCatalogue, type Catalogue } from './catalogue-fixture.contract.js';

type Given = Partial<Record<keyof TitleQuery, unknown>>;

const startTimeoutMs = 60_000;

/**
 * What an account with limits finds on either database: of the six titles, Casablanca (10) and Dune (13) are for people of
 * thirteen; Borgen and Zodiac are not rated. Registers its own tests.
 */
export function audienceContract(open: () => Promise<Database>): void {
  let catalogue: Catalogue;
  beforeAll(async () => {
    catalogue = await buildCatalogue(await open());
    await catalogue.insert('credit', {
      title_id: 't-alien',
      person_id: 'p-bogart',
      role: 'writer',
      position: 0,
    });
    await catalogue.limit('kid', 13, []);
    await catalogue.limit('guest', null, ['library']);
  }, startTimeoutMs);

  const list = (given: Given = {}, accountId = 'kid') =>
    catalogue.lists.list(titleQuery.parse(given), accountId);

  test.each<[Given, string[]]>([
    [{}, ['Casablanca', 'Dune']],
    [{ type: 'movie' }, ['Casablanca', 'Dune']],
    [{ type: 'series' }, []],
    [{ genre: 'Drama' }, ['Casablanca']],
    [{ genre: 'Drama', type: 'movie' }, ['Casablanca']],
    [{ genre: 'Horror' }, []],
    [{ genre: 'Drama,Horror' }, ['Casablanca']],
    [{ libraryId: 'library' }, ['Casablanca', 'Dune']],
    [{ contentRating: 'R' }, []],
    [{ letter: 'a' }, []],
    [{ available: 'true', letter: 'd' }, ['Dune']],
    [{ watched: 'yes' }, ['Casablanca']],
    [{ watched: 'yes', type: 'series' }, []],
    [{ watched: 'started' }, ['Dune']],
    [{ watched: 'started', type: 'movie' }, ['Dune']],
    [{ watched: 'no' }, ['Dune']],
    [{ watched: 'no', genre: 'Drama' }, []],
    [{ favorite: 'false' }, ['Casablanca', 'Dune']],
    [{ personId: 'p-bogart' }, ['Casablanca']],
    [{ personId: 'p-scott' }, []],
    [{ q: 'alien' }, []],
    [{ q: 'casblanca' }, ['Casablanca']],
  ])('lists %j', async (given, expected) => {
    const page = await list(given);
    expect(page.items.map((item) => item.name)).toEqual(expected);
    expect(page.total).toBe(expected.length);
    expect((await list(given, 'guest')).total).toBe(0);
  });

  test('every sort pages through what is seen, however the page is read', async () => {
    for (const sort of ['name', 'added', 'year', 'rating', 'runtime', 'random'] as const) {
      const paged: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await list({ sort, limit: 1, cursor });
        paged.push(...page.items.map((item) => item.name));
        cursor = page.nextCursor;
      }
      expect(paged.sort()).toEqual(['Casablanca', 'Dune']);
      const request = { filter: {}, sort, order: 'asc', limit: 9, after: undefined } as const;
      const walked = await catalogue.pages.page({ ...request, total: Infinity, accountId: 'kid' });
      expect(walked).toEqual(await catalogue.pages.page({ ...request, total: 2, accountId: 'kid' }));
      expect(walked).toHaveLength(2);
    }
  });

  test('facets count what is seen, and are kept apart from everybody else’s', async () => {
    const all = await catalogue.facets.facets({}, 'me');
    const seen = await catalogue.facets.facets({}, 'kid');
    expect(all.letters.map(({ value }) => value)).toEqual(['A', 'B', 'C', 'D', 'E', 'Z']);
    expect(seen.letters.map(({ value }) => value)).toEqual(['C', 'D']);
    expect(seen.genres).toEqual([{ value: 'Drama', count: 1 }]);
    expect(seen.contentRatings.map(({ value }) => value).sort()).toEqual(['PG', 'PG-13']);
    expect((await catalogue.facets.facets({}, 'guest')).genres).toEqual([]);
  });

  test('home shows what is seen; what is hidden takes no place', async () => {
    const home = await catalogue.home.home('kid');
    expect(home.continueWatching.map((card) => card.title.name)).toEqual(['Dune']);
    expect(home.nextUp).toEqual([]);
    expect(home.recentlyAdded.map((card) => card.name)).toEqual(['Dune', 'Casablanca']);
    expect(home.genres.map((row) => [row.genre, row.items.length])).toEqual([['Drama', 1]]);
    const guest = await catalogue.home.home('guest');
    expect([guest.continueWatching, guest.nextUp, guest.recentlyAdded, guest.genres]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  test('search finds titles, episodes, people and files that are seen', async () => {
    const search = (text: string, accountId: string) => catalogue.search.search(text, 20, accountId);
    expect((await search('alien', 'me')).titles).toHaveLength(1);
    expect((await search('alien', 'kid')).titles).toEqual([]);
    expect((await search('ridley', 'me')).people).toMatchObject([{ name: 'Ridley Scott', titleCount: 1 }]);
    expect((await search('ridley', 'kid')).people).toEqual([]);
    expect((await search('bogart', 'me')).people).toMatchObject([{ titleCount: 2 }]);
    expect((await search('bogart', 'kid')).people).toMatchObject([{ titleCount: 1 }]);
    expect((await search('dune', 'kid')).titles).toHaveLength(1);
    expect((await search('dune', 'guest')).titles).toEqual([]);
  });

  test('by its id what is hidden does not exist', async () => {
    const missing = { code: 'NOT_FOUND' };
    await expect(catalogue.details.detail('t-alien', 'kid')).rejects.toMatchObject(missing);
    await expect(catalogue.details.detail('t-borgen', 'kid')).rejects.toMatchObject(missing);
    await expect(catalogue.details.detail('t-dune', 'guest')).rejects.toMatchObject(missing);
    await expect(catalogue.audiences.mustSeeTitle('t-alien', 'kid')).rejects.toMatchObject(missing);
    expect((await catalogue.details.detail('t-dune', 'kid')).name).toBe('Dune');
    expect(await catalogue.episodes.seasons('t-borgen', 'kid')).toEqual([]);
    expect(await catalogue.episodes.ofTitle('t-borgen', 'kid')).toEqual([]);
    expect((await catalogue.episodes.byId(['e-borgen-1'], 'kid')).size).toBe(0);
    const cards = await catalogue.watchCards.of([{ titleId: 't-alien', episodeId: null }], 'kid');
    expect(cards({ titleId: 't-alien', episodeId: null })).toEqual([]);
    expect(await catalogue.similar.similar('t-dune', 'guest')).toEqual([]);
    expect((await catalogue.similar.similar('t-casablanca', 'kid')).map(({ name }) => name)).toEqual([]);
    expect((await catalogue.similar.similar('t-casablanca', 'me')).length).toBeGreaterThan(0);
  });

  test('limits count at once, and nobody sees nothing', async () => {
    expect((await list({}, 'you')).total).toBe(6);
    await catalogue.limit('you', 13, []);
    expect((await list({}, 'you')).total).toBe(2);
    await catalogue.limit('you', 0, []);
    expect((await list({}, 'you')).total).toBe(0);
    await catalogue.limit('you', null, []);
    expect((await list({}, 'you')).total).toBe(6);
    await expect(list({}, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('an account without limits is asked for once', async () => {
    await list({}, 'me');
    expect(await catalogue.countStatements(() => catalogue.audiences.of('me'))).toBe(0);
    expect(await catalogue.countStatements(() => catalogue.audiences.mustSeeFile('any', 'me'))).toBe(0);
  });
}
