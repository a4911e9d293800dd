import { titleQuery, type TitleQuery } from '@hearth/contract/title';
import type { Database } from '../../database/database.js';
import { buildCatalogue, type Catalogue, episode, state, title } from './catalogue-fixture.contract.js';

type Given = Partial<Record<keyof TitleQuery, unknown>>;

const series = title('Gone', 'series', 9, {});

/** A database server may have to start first, on a busy machine. */
const startTimeoutMs = 60_000;

/** What lists, home and details do on either database. Registers its own tests. */
export function catalogueContract(open: () => Promise<Database>): void {
  let catalogue: Catalogue;
  beforeAll(async () => {
    catalogue = await buildCatalogue(await open());
  }, startTimeoutMs);

  const list = (given: Given = {}) => catalogue.lists.list(titleQuery.parse(given), 'me');
  const names = async (given: Given) => (await list(given)).items.map((item) => item.name);

  test.each<[Given, string[]]>([
    [{}, ['Alien', 'Borgen', 'Casablanca', 'Dune', 'Evil', 'Zodiac']],
    [{ type: 'series' }, ['Borgen', 'Evil']],
    [{ genre: 'Drama' }, ['Borgen', 'Casablanca']],
    [{ genre: 'Drama,Horror' }, ['Alien', 'Borgen', 'Casablanca', 'Evil']],
    [{ year: '1979' }, ['Alien']],
    [{ year: '1940-1980' }, ['Alien', 'Casablanca']],
    [{ minRating: '8.5' }, ['Casablanca']],
    [{ resolution: '2160p' }, ['Dune']],
    [{ hdr: 'true' }, ['Dune']],
    [{ available: 'false' }, ['Zodiac']],
    [{ letter: 'z' }, ['Zodiac']],
    [{ watched: 'yes' }, ['Alien', 'Evil']],
    [{ watched: 'no' }, ['Borgen', 'Casablanca', 'Dune', 'Zodiac']],
    [{ watched: 'started' }, ['Borgen', 'Dune']],
    [{ watched: 'yes', type: 'movie' }, ['Alien']],
    [{ watched: 'yes', type: 'series' }, ['Evil']],
    [{ watched: 'started', type: 'series' }, ['Borgen']],
    [{ watched: 'no', type: 'movie', genre: 'Drama' }, ['Casablanca']],
    [{ watched: 'yes', genre: 'Horror' }, ['Alien', 'Evil']],
    [{ favorite: 'true' }, ['Casablanca']],
    [{ favorite: 'false', type: 'movie' }, ['Alien', 'Dune', 'Zodiac']],
    [{ personId: 'p-bogart' }, ['Casablanca']],
    [{ q: 'casblanca' }, ['Casablanca']],
    [{ q: 'nothing like it' }, []],
    [{ genre: 'Drama', year: '1940-1950', minRating: 8, watched: 'no' }, ['Casablanca']],
  ])('lists %j', async (given, expected) => {
    const page = await list(given);
    expect(page.items.map((item) => item.name)).toEqual(expected);
    expect(page.total).toBe(expected.length);
  });

  test.each<[Given, string[]]>([
    [{ sort: 'name', order: 'desc' }, ['Zodiac', 'Evil', 'Dune', 'Casablanca', 'Borgen', 'Alien']],
    [{ sort: 'added' }, ['Zodiac', 'Evil', 'Dune', 'Casablanca', 'Borgen', 'Alien']],
    [{ sort: 'year' }, ['Dune', 'Evil', 'Borgen', 'Alien', 'Casablanca', 'Zodiac']],
    [{ sort: 'year', order: 'asc' }, ['Casablanca', 'Alien', 'Borgen', 'Evil', 'Dune', 'Zodiac']],
    [{ sort: 'rating' }, ['Casablanca', 'Alien', 'Borgen', 'Dune', 'Zodiac', 'Evil']],
  ])('sorts by %j, unknown values last', async (given, expected) => {
    expect(await names(given)).toEqual(expected);
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await list({ ...given, limit: 1, cursor });
      paged.push(...page.items.map((item) => item.name));
      expect(page.total).toBe(expected.length);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(expected);
  });

  test('walking an index gives the pages that collecting gives', async () => {
    for (const sort of ['name', 'added', 'year', 'rating', 'runtime', 'random'] as const) {
      for (const order of ['asc', 'desc'] as const) {
        const request = { filter: {}, sort, order, limit: 4, after: undefined, accountId: 'me' };
        const walked = await catalogue.pages.page({ ...request, total: Infinity });
        expect(walked).toEqual(await catalogue.pages.page({ ...request, total: 6 }));
        const { id = '', key = null } = walked[2] ?? {};
        const after = { sort, order, key, id };
        const next = await catalogue.pages.page({ ...request, after, total: Infinity });
        expect(next).toEqual(await catalogue.pages.page({ ...request, after, total: 6 }));
        expect(next[0]).toEqual(walked[3]);
      }
    }
  });

  test('every watched filter tests one by one as it does as a set', async () => {
    for (const watched of ['yes', 'no', 'started'] as const) {
      const request = {
        filter: { watched },
        sort: 'name',
        order: 'asc',
        limit: 9,
        after: undefined,
      } as const;
      const walked = await catalogue.pages.page({ ...request, total: Infinity, accountId: 'me' });
      expect(walked).toEqual(await catalogue.pages.page({ ...request, total: 6, accountId: 'me' }));
    }
  });

  test.each<Given>([
    { watched: 'started' },
    { watched: 'started', sort: 'rating' },
    { watched: 'no', genre: 'Drama', sort: 'year' },
    { watched: 'yes', genre: 'Horror', sort: 'rating' },
    { watched: 'yes', sort: 'rating' },
    { watched: 'no', sort: 'year', order: 'asc' },
  ])('%j gives the same list and total page by page', async (given) => {
    const whole = await list(given);
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await list({ ...given, limit: 1, cursor });
      paged.push(...page.items.map((item) => item.name));
      expect(page.total).toBe(whole.items.length);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole.items.map((item) => item.name));
    expect(paged.length).toBeGreaterThan(0);
  });

  test('a cursor of another list is refused', async () => {
    const { nextCursor } = await list({ limit: 2 });
    await expect(list({ cursor: nextCursor, sort: 'year' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    await expect(list({ cursor: 'rubbish' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  test('cards carry what this account did, and nobody else’s', async () => {
    const mine = new Map((await list()).items.map((item) => [item.name, item]));
    expect(mine.get('Alien')).toMatchObject({
      state: { watched: true },
      favorite: false,
      available: true,
      hdr: false,
    });
    expect(mine.get('Borgen')).toMatchObject({ state: null, episodeCount: 3, unwatchedCount: 2 });
    expect(mine.get('Dune')?.poster?.url).toContain('user=me');
    const others = (await catalogue.lists.list(titleQuery.parse({}), 'you')).items;
    expect(others.every((item) => item.state === null && !item.favorite)).toBe(true);
  });

  test('a page takes as many statements for six titles as for four', async () => {
    const few = await catalogue.countStatements(() => list({ limit: 4 }));
    const many = await catalogue.countStatements(() => list({ limit: 200 }));
    expect(many).toBeLessThanOrEqual(5);
    expect(few).toBe(many);
    expect(await catalogue.countStatements(() => catalogue.home.home('me'))).toBeLessThanOrEqual(25);
  });

  test('home: what was begun, what comes next, what is new', async () => {
    const home = await catalogue.home.home('me');
    expect(home.continueWatching.map((card) => card.title.name)).toEqual(['Dune']);
    expect(home.nextUp.map((card) => [card.title.name, card.episode?.number])).toEqual([['Borgen', 2]]);
    expect(home.recentlyAdded[0]?.name).toBe('Evil');
    expect(home.genres.map((row) => row.genre)).toContain('Drama');
    expect((await catalogue.home.home('you')).continueWatching).toEqual([]);
  });

  test('facets count what the filter lets through', async () => {
    const facets = await catalogue.facets.facets({ type: 'movie' }, 'me');
    expect(facets.genres).toContainEqual({ value: 'Horror', count: 1 });
    expect(facets.decades).toEqual([{ value: '2020', count: 1 }, { value: '1970', count: 1 }, { value: '1940', count: 1 }]); // prettier-ignore
    expect(facets.resolutions[0]).toEqual({ value: '2160p', count: 1 });
    expect(facets.letters.map((letter) => letter.value)).toEqual(['A', 'C', 'D', 'Z']);
    for (const [watched, letters] of [
      ['yes', ['A', 'E']],
      ['no', ['B', 'C', 'D', 'Z']],
      ['started', ['B', 'D']],
    ] as const)
      expect((await catalogue.facets.facets({ watched }, 'me')).letters.map(({ value }) => value)).toEqual(
        letters,
      );
  });

  test('details, seasons, episodes and what to play next', async () => {
    const detail = await catalogue.details.detail('t-borgen', 'me');
    expect(detail.upNext?.episode?.number).toBe(2);
    expect((await catalogue.details.detail('t-casablanca', 'me')).credits).toMatchObject([
      { personId: 'p-bogart', role: 'actor', character: 'Rick' },
    ]);
    expect(await catalogue.episodes.seasons('t-borgen', 'me')).toMatchObject([
      { number: 1, name: 'Season 1', episodeCount: 3, unwatchedCount: 2 },
    ]);
    expect(await catalogue.episodes.ofTitle('t-borgen', 'me', 1)).toHaveLength(3);
    await expect(catalogue.details.detail('none', 'me')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('similar titles share people and genres', async () => {
    const similar = await catalogue.similar.similar('t-alien', 'me');
    expect(similar.map((item) => item.name)).toEqual(['Evil']);
  });

  test('how far a series is follows its episodes and what was watched of them', async () => {
    const where = async () => {
      const found: string[] = [];
      for (const watched of ['yes', 'started', 'no'] as const) {
        const { items } = await catalogue.lists.list(titleQuery.parse({ watched, type: 'series' }), 'you');
        if (items.some((item) => item.name === 'Borgen')) found.push(watched);
      }
      return found.join();
    };
    const watch = (number: number) =>
      catalogue.insert('play_state', state('t-borgen', `e-borgen-${number}`, true, 0, 20, 'you'));
    const mine = "play_state SET watched = %s WHERE account_id = 'you' AND item_id = 'e-borgen-1'";
    expect(await where()).toBe('no');
    await watch(1);
    expect(await where()).toBe('started,no');
    // At once: on PostgreSQL two transactions that do not see each other's.
    await Promise.all([watch(2), watch(3)]);
    expect(await where()).toBe('yes');
    await catalogue.insert('episode', episode('borgen', 4));
    expect(await where()).toBe('started,no');
    await catalogue.run("DELETE FROM episode WHERE id = 'e-borgen-4'");
    expect(await where()).toBe('yes');
    await catalogue.run(`UPDATE ${mine.replace('%s', 'false')}`);
    expect(await where()).toBe('started,no');
    await catalogue.run(`UPDATE ${mine.replace('%s', 'true')}`);
    expect(await where()).toBe('yes');
    await catalogue.run("UPDATE play_state SET title_id = 't-evil' WHERE account_id = 'you'");
    expect(await where()).toBe('no');
    await catalogue.run("UPDATE play_state SET title_id = 't-borgen' WHERE account_id = 'you'");
    expect(await where()).toBe('yes');
    await catalogue.run("DELETE FROM play_state WHERE account_id = 'you'");
    expect(await where()).toBe('no');
  });

  test('an account or a series takes along how far it is', async () => {
    const left = () => catalogue.run("SELECT * FROM series_progress WHERE account_id = 'you'");
    for (const table of ['episode', 'title', 'account']) {
      await catalogue.insert('title', series);
      await catalogue.insert('season', { id: 's-gone', title_id: 't-gone', number: 1 });
      for (const number of [1, 2]) {
        await catalogue.insert('episode', episode('gone', number));
        await catalogue.insert('play_state', state('t-gone', `e-gone-${number}`, true, 0, 20, 'you'));
      }
      expect(await left()).toHaveLength(1);
      const of = { episode: "title_id = 't-gone'", title: "id = 't-gone'", account: "id = 'you'" }[table];
      await catalogue.run(`DELETE FROM ${table} WHERE ${of}`);
      expect(await left()).toEqual([]);
      await catalogue.run("DELETE FROM title WHERE id = 't-gone'");
    }
  });
}
