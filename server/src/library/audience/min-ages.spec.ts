import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { hasPostgres, startPostgres } from '../../../../tests/support/postgres.js';
import { describeWith, type PrivateServer } from '../../../../tests/support/private-server.js';
import { Title } from '../entities/title.entity.js';
import { libraryEntities } from '../entities.js';
import { newTitle } from '../store/title-fields.js';
import { MinAges } from './min-ages.js';

const rated = (name: string, contentRating: string | null, minAge: number | null): Title =>
  Object.assign(newTitle('library', { type: 'movie', name, year: null }, 0), { contentRating, minAge });

/** What an older version left, and what is right already. */
const before = [
  rated('Adult', 'FSK 18', null),
  rated('Also', 'FSK 18', 16),
  rated('Child', 'TV-Y', 0),
  rated('Strange', 'Grand', 3),
  rated('Unrated', null, null),
];

function suite(open: () => Promise<TestDatabase>): void {
  test('titles get the age of their rating', async () => {
    const { database } = await open();
    await database.write(async (manager) => {
      await manager.query(
        "INSERT INTO library (id, name, kind, created_at) VALUES ('library', 'All', 'mixed', 0)",
      );
      await manager.insert(Title, before);
    });
    await new MinAges(database).onModuleInit();
    const rows = await database.read.query<{ name: string; min_age: number | null }[]>(
      'SELECT name, min_age FROM title ORDER BY name',
    );
    expect(rows.map((row) => [row.name, row.min_age])).toEqual([
      ['Adult', 18],
      ['Also', 18],
      ['Child', 0],
      ['Strange', null],
      ['Unrated', null],
    ]);
  });
}

describe('on SQLite', () => {
  let opened: TestDatabase | undefined;
  afterAll(() => opened?.close());
  suite(async () => (opened = await openTestDatabase(libraryEntities)));
});

describeWith('PostgreSQL', hasPostgres(), () => {
  let server: PrivateServer | undefined;
  let opened: TestDatabase | undefined;
  afterAll(async () => {
    await opened?.close();
    await server?.stop();
  });
  suite(async () => {
    server = await startPostgres();
    return (opened = await openTestDatabase(libraryEntities, { url: server.url }));
  });
});
