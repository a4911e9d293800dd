import { rename, writeFile } from 'node:fs/promises';
import { TestLibrary } from '../../../../tests/support/library.js';
import { hasPostgres, startPostgres } from '../../../../tests/support/postgres.js';
import { describeWith, type PrivateServer } from '../../../../tests/support/private-server.js';
import { Episode } from '../entities/episode.entity.js';

/** @param url PostgreSQL; SQLite without */
function behavesLikeSeries(url?: () => string): void {
  let home: TestLibrary;
  beforeEach(async () => {
    home = await TestLibrary.open('series', url?.());
  });
  afterEach(() => home.close());

  test('seasons, several episodes in a file, specials, dates and absolute numbers', async () => {
    await home.film('Show (2010)/Season 1/Show S01E01 - Pilot.mkv');
    await home.film('Show (2010)/Season 1/Show.S01E02-E03.720p.mkv');
    await home.film('Show (2010)/Season 1/Show.S01E02-E03.1080p.mkv');
    await home.film('Show (2010)/Specials/Show S00E01.mkv');
    await home.film('Daily/Daily.2023.02.13.mkv');
    await home.film('Anime/[Grp] Anime - 15 [1080p].mkv');
    await home.scan();
    expect((await home.titles()).map(({ name, type }) => [name, type])).toEqual([
      ['Anime', 'series'],
      ['Daily', 'series'],
      ['Show', 'series'],
    ]);
    const two = [
      'Show (2010)/Season 1/Show.S01E02-E03.1080p.mkv',
      'Show (2010)/Season 1/Show.S01E02-E03.720p.mkv',
    ];
    expect(await home.episodes()).toEqual({
      S0E1: ['Show (2010)/Specials/Show S00E01.mkv'],
      S1E1: ['Show (2010)/Season 1/Show S01E01 - Pilot.mkv'],
      S1E2: two,
      S1E3: two,
      S1E15: ['Anime/[Grp] Anime - 15 [1080p].mkv'],
      S2023E213: ['Daily/Daily.2023.02.13.mkv'],
    });
    const episodes = await home.database.read.find(Episode);
    expect(episodes.find((each) => each.number === 213)?.airDate).toBe('2023-02-13');
    expect(episodes.find((each) => each.number === 15)?.absoluteNumber).toBe(15);
    expect(episodes.find((each) => each.name === 'Pilot')?.number).toBe(1);
  });

  test('a renamed series folder keeps the title, its episodes and their progress', async () => {
    for (const number of [1, 2, 3]) await home.film(`Old Show/Season 1/S01E0${number}.mkv`);
    await home.scan();
    const title = await home.title('Old Show');
    const episodes = await home.database.read.find(Episode, { order: { number: 'ASC' } });
    await home.watch(title.id, episodes[1]?.id ?? '', 33);
    await rename(home.path('Old Show'), home.path('New Show (2012)'));
    await home.scan();
    expect(await home.titles()).toEqual([
      expect.objectContaining({ id: title.id, name: 'New Show', year: 2012 }),
    ]);
    expect(
      (await home.database.read.find(Episode, { order: { number: 'ASC' } })).map(({ id }) => id),
    ).toEqual(episodes.map(({ id }) => id));
    expect(await home.playStates()).toEqual([
      expect.objectContaining({ item_id: episodes[1]?.id, position_seconds: 33 }),
    ]);
  });

  test('an episode file with another number takes its progress along', async () => {
    await home.film('Show/Season 1/Show S01E01.mkv');
    await home.film('Show/Season 1/Show S01E05.mkv');
    await home.scan();
    const title = await home.title('Show');
    const five = await home.database.read.findOneByOrFail(Episode, { number: 5 });
    await home.watch(title.id, five.id, 12);
    await rename(home.path('Show/Season 1/Show S01E05.mkv'), home.path('Show/Season 1/Show S01E06.mkv'));
    await home.scan();
    const six = await home.database.read.findOneByOrFail(Episode, { number: 6 });
    expect(await home.playStates()).toEqual([
      expect.objectContaining({ item_id: six.id, title_id: title.id, position_seconds: 12 }),
    ]);
    expect(Object.keys(await home.episodes())).toEqual(['S1E1', 'S1E6']);
  });

  test('episodes whose numbers were shifted, and two that swapped names, keep their own progress', async () => {
    for (const number of [1, 2, 3]) await home.film(`Show/Show S01E0${number}.mkv`);
    await home.scan();
    const { id } = await home.title('Show');
    const before = await home.files();
    const episodes = await home.database.read.find(Episode, { order: { number: 'ASC' } });
    for (const [index, episode] of episodes.entries()) await home.watch(id, episode.id, index + 1);
    const byPosition = async () => {
      const rows = await home.database.read.sql<{ number: number; position_seconds: number }[]>`
        SELECT number, position_seconds FROM play_state JOIN episode ON episode.id = item_id ORDER BY number`;
      return rows.map((row) => [row.number, row.position_seconds]);
    };
    const path = (number: number) => home.path(`Show/Show S01E0${number}.mkv`);
    for (const number of [3, 2, 1]) await rename(path(number), path(number + 1));
    await home.scan();
    expect((await home.files()).map((file) => file.id)).toEqual(before.map((file) => file.id));
    expect(await byPosition()).toEqual([
      [2, 1],
      [3, 2],
      [4, 3],
    ]);

    await rename(path(2), path(9));
    await rename(path(3), path(2));
    await rename(path(9), path(3));
    await home.scan();
    expect(await byPosition()).toEqual([
      [2, 2],
      [3, 1],
      [4, 3],
    ]);
    expect((await home.files()).every((file) => file.available)).toBe(true);
  });

  test('tvshow.nfo names a series without losing its identity', async () => {
    await home.film('Show/Season 1/Show S01E01.mkv');
    await home.film('Show/Season 1/Show S01E02.mkv');
    await home.scan();
    const { id } = await home.title('Show');
    await home.text(
      'Show/tvshow.nfo',
      '<tvshow><title>The Real Show</title><premiered>2011-04-01</premiered><genre>Comedy / Drama</genre></tvshow>',
    );
    await home.text(
      'Show/Season 1/Show S01E02.nfo',
      '<episodedetails><title>Second</title><season>1</season><episode>2</episode><aired>2011-04-08</aired></episodedetails>',
    );
    await home.text('Show/season01-poster.jpg', 'jpg');
    await home.scan();
    expect(await home.title('The Real Show')).toMatchObject({
      id,
      year: 2011,
      sortName: 'real show',
      genres: ['Comedy', 'Drama'],
    });
    expect(await home.titles()).toHaveLength(1);
    const second = await home.database.read.findOneByOrFail(Episode, { number: 2 });
    expect(second).toMatchObject({ name: 'Second', airDate: '2011-04-08' });
    await writeFile(home.path('Show/tvshow.nfo'), '<tvshow><title>broken');
    await home.scan();
    expect(await home.titles()).toHaveLength(1);
  });
}

describe('a library of series on SQLite', () => behavesLikeSeries());

describeWith('PostgreSQL', hasPostgres(), () => {
  let postgres: PrivateServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres.stop());
  behavesLikeSeries(() => postgres.url);
});
