import { TestLibrary } from '../../../tests/support/library.js';
import { AttentionService } from './attention.service.js';
import { ForgetService } from './forget.service.js';
import { MatchService } from './match.service.js';
import { rm, rename } from 'node:fs/promises';

describe('a person’s word', () => {
  let home: TestLibrary;
  let matches: MatchService;
  let attention: AttentionService;
  beforeEach(async () => {
    home = await TestLibrary.open('mixed');
    matches = new MatchService(home.database, home.writer);
    attention = new AttentionService(home.database);
  });
  afterEach(() => home.close());

  test('puts an unmatched file where it belongs, and every later scan keeps to it', async () => {
    await home.film('8f4e2c9a7b31d05e6f8a.mkv');
    await home.scan();
    const [queued] = (await attention.list({ limit: 10 })).items;
    expect(queued).toMatchObject({
      state: 'unmatched',
      relativePath: '8f4e2c9a7b31d05e6f8a.mkv',
      guess: { kind: 'unknown' },
    });
    const titleId = await matches.match(queued?.id ?? '', { kind: 'movie', name: 'Alpha', year: 1999 });
    expect(await attention.list({ limit: 10 })).toEqual({ items: [], total: 0, nextCursor: null });
    await home.scan({ full: true });
    expect(await home.titles()).toEqual([
      expect.objectContaining({ id: titleId, name: 'Alpha', year: 1999 }),
    ]);
    await rename(home.path('8f4e2c9a7b31d05e6f8a.mkv'), home.path('Other Film (2005).mkv'));
    await home.scan();
    expect(await home.titles()).toEqual([expect.objectContaining({ id: titleId, name: 'Alpha' })]);
    await home.film('Other Film (2005).mkv'); // other bytes in its place
    await home.scan();
    expect((await home.titles()).map(({ name }) => name)).toEqual(['Alpha']);
  });

  test('a title whose only file it was goes along; into another title its history is merged', async () => {
    await home.film('Wrong Name (1990).mkv');
    await home.film('Right Name (1991).mkv');
    await home.scan();
    const [wrong, right] = [await home.title('Wrong Name'), await home.title('Right Name')];
    const file = await home.file('Wrong Name (1990).mkv');
    expect(await matches.match(file.id, { kind: 'movie', name: 'Third Name', year: 1992 })).toBe(wrong.id);
    await home.watch(wrong.id, null, 50, 'ann', 2);
    await home.watch(right.id, null, 10, 'ann', 1);
    await home.watch(wrong.id, null, 5, 'ben', 1);
    await home.watch(right.id, null, 70, 'ben', 2);
    await home.database.write(
      (manager) =>
        manager.sql`INSERT INTO favorite (account_id, title_id, created_at) VALUES ('ann', ${wrong.id}, 1)`,
    );
    expect(await matches.match(file.id, { kind: 'movie', name: 'Right Name', year: 1991 })).toBe(right.id);
    expect(await home.titles()).toHaveLength(1);
    expect(await home.playStates()).toEqual([
      { account_id: 'ann', item_id: right.id, title_id: right.id, position_seconds: 50 },
      { account_id: 'ben', item_id: right.id, title_id: right.id, position_seconds: 70 },
    ]);
    expect(await home.database.read.sql`SELECT title_id FROM favorite`).toEqual([{ title_id: right.id }]);
  });

  test('a film can be said to be an episode', async () => {
    await home.film('Some Thing (1990).mkv');
    await home.scan();
    const file = await home.file('Some Thing (1990).mkv');
    await matches.match(file.id, { kind: 'episode', name: 'Show', year: null, season: 2, episodes: [3, 4] });
    expect(await home.episodes()).toEqual({ S2E3: [file.relativePath], S2E4: [file.relativePath] });
    expect((await home.titles()).map(({ type, name }) => [type, name])).toEqual([['series', 'Show']]);
  });

  test('refuses unknown and unreadable files', async () => {
    await home.text('Broken (2000).mkv', 'x');
    await home.scan();
    const match = { kind: 'movie', name: 'A', year: null } as const;
    await expect(matches.match('nobody', match)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(matches.match((await home.file('Broken (2000).mkv')).id, match)).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
    });
  });

  test('the queue is paged; music that cannot be read is named in it', async () => {
    for (const name of ['aaaa1111bbbb2222cccc', '3333dddd4444eeee5555', '6666ffff7777aaaa8888'])
      await home.film(`${name}.mkv`);
    await home.text('Songs/One.mp3', 'no music');
    await home.scan();
    const first = await attention.list({ limit: 3 });
    expect(first.total).toBe(4);
    const second = await attention.list({ limit: 3, cursor: first.nextCursor ?? '' });
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
    expect(second.nextCursor).toBeNull();
    const files = [...first.items, ...second.items];
    const song = files.find((file) => file.relativePath === 'Songs/One.mp3');
    expect(song?.media).toBe('audio');
    expect(song?.reason).toContain('no media format');
    expect(files.filter(({ media }) => media === 'video')).toHaveLength(3);
    await expect(attention.list({ limit: 3, cursor: '%%%' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });

  test('forgets what is gone, and only that', async () => {
    await home.film('Alpha (1999).mkv');
    await home.film('Beta (2001).mkv');
    await home.film('Show/Show S01E01.mkv');
    await home.film('Show/Show S01E02.mkv');
    await home.scan();
    await rm(home.path('Alpha (1999).mkv'));
    await rm(home.path('Show/Show S01E02.mkv'));
    await home.scan();
    const forgetting = new ForgetService(home.database, home.writer);
    expect(await forgetting.missingFiles(home.library.id)).toEqual({ files: 2, titles: 1 });
    expect((await home.titles()).map(({ name }) => name)).toEqual(['Beta', 'Show']);
    expect(Object.keys(await home.episodes())).toEqual(['S1E1']);
    await rename(home.folder.path, `${home.folder.path}-away`);
    await home.scan();
    expect(await forgetting.missingFiles(home.library.id)).toEqual({ files: 0, titles: 0 });
    await rename(`${home.folder.path}-away`, home.folder.path);
  });
});
