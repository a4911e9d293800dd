import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { hasPostgres, startPostgres } from '../../../../tests/support/postgres.js';
import { describeWith, type PrivateServer } from '../../../../tests/support/private-server.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import type { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { AudienceService } from '../audience/audience.service.js';
import { libraryEntities } from '../entities.js';
import { type TitleList, TitleOffsetsService } from './title-offsets.service.js';
import { TitlePagesService } from './title-pages.service.js';

const size = 9000;
/** Every 40th title has no year; every 3rd is rated for adults. */
const rows = (isPostgres: boolean): string => `
  INSERT INTO title (id, library_id, type, identity, name, sort_name, letter, year, min_age, genres, external_ids,
    locked_fields, available, hdr, random_key, added_at, updated_at)
  SELECT 't' || ${isPostgres ? "LPAD(n::text, 6, '0')" : "printf('%06d', n)"}, 'films', CASE WHEN n % 10 = 0 THEN 'series' ELSE 'movie' END,
    'i' || n, 'Film ' || n, 'film ' || ((n * 7919) % ${size}), 'F', CASE WHEN n % 40 = 0 THEN NULL ELSE 1900 + n % 120 END,
    CASE WHEN n % 3 = 0 THEN 18 ELSE 0 END, '[]', '{}', '[]', true, false, 0, n, 0
  FROM ${isPostgres ? `generate_series(1, ${size}) AS n` : `(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${size}) SELECT n FROM c)`}`;

async function fill(database: Database): Promise<void> {
  await database.write(async (manager) => {
    await manager.query(
      "INSERT INTO library (id, name, kind, created_at) VALUES ('films', 'Films', 'mixed', 0)",
    );
    await manager.query(rows(database.dialect === 'postgres'));
  });
}

function pagesByOffset(open: () => Promise<Database>): void {
  let database: Database;
  let events: EventBus;
  let pages: TitlePagesService;
  let offsets: TitleOffsetsService;
  beforeAll(async () => {
    database = await open();
    await fill(database);
    events = new EventBus(database, new Logger(new LogSink('error'), 'test'));
    pages = new TitlePagesService(database, new AudienceService(database, events));
    offsets = new TitleOffsetsService(pages, events);
  });

  const lists: [string, TitleList][] = [
    ['films by name', { filter: { type: 'movie' }, sort: 'name', order: 'asc', accountId: 'household' }],
    ['films by name, falling', { filter: { type: 'movie' }, sort: 'name', order: 'desc', accountId: 'household' }],
    ['films by year, some without', { filter: { type: 'movie' }, sort: 'year', order: 'asc', accountId: 'household' }],
    ['both types by name', { filter: {}, sort: 'name', order: 'asc', accountId: 'household' }],
    ['both types by year', { filter: {}, sort: 'year', order: 'desc', accountId: 'household' }],
    ['what children may see', { filter: { type: 'movie' }, sort: 'name', order: 'asc', accountId: 'kids' }],
    ['a short list', { filter: { type: 'series' }, sort: 'added', order: 'desc', accountId: 'household' }],
  ]; // prettier-ignore

  test.each(lists)('%s: any part by number is that part of the whole', async (_, list) => {
    const total = await pages.count(list.filter, list.accountId);
    const whole = (await pages.page({ ...list, after: undefined, limit: total + 1, total })).map(
      ({ id }) => id,
    );
    expect(whole).toHaveLength(total);
    for (const start of [0, 150, 399, 400, 401, 4999, 5000, 5001, total - 1, total, total + 5]) {
      const page = await offsets.page(list, start, 230);
      expect(page).toEqual({ ids: whole.slice(start, start + 230), total });
    }
  });

  test('pages follow each other without a gap while titles come, and are counted anew once that was told', async () => {
    const list: TitleList = { filter: { type: 'movie' }, sort: 'name', order: 'asc', accountId: 'household' };
    const first = await offsets.page(list, 5000, 200);
    await database.write((manager) =>
      manager.query(
        `INSERT INTO title (id, library_id, type, identity, name, sort_name, letter, genres, external_ids, locked_fields,
           available, hdr, random_key, added_at, updated_at)
         VALUES ('new', 'films', 'movie', 'new', 'A', 'a', 'A', '[]', '{}', '[]', true, false, 0, 0, 0)`,
      ),
    );
    const second = await offsets.page(list, 5200, 200);
    expect(second.total).toBe(first.total);
    const total = await pages.count(list.filter, 'household');
    const whole = (await pages.page({ ...list, after: undefined, limit: total, total })).map(({ id }) => id);
    const at = whole.indexOf(first.ids[0] ?? '');
    expect([...first.ids, ...second.ids]).toEqual(whole.slice(at, at + 400));

    events.publish('library.changed', { libraryId: 'films', titleIds: ['new'] });
    expect((await offsets.page(list, 0, 1)).total).toBe(first.total + 1);
    expect((await offsets.page(list, 5001, 200)).ids).toEqual(first.ids);
  });

  test('a page deep down reads no more than one at the beginning', async () => {
    const list: TitleList = { filter: { type: 'movie' }, sort: 'name', order: 'asc', accountId: 'household' };
    await offsets.page(list, 8000, 100);
    let limits = 0;
    const page = pages.page.bind(pages);
    pages.page = (request) => {
      limits += request.limit;
      return page(request);
    };
    await offsets.page(list, 7900, 100);
    pages.page = page;
    expect(limits).toBeLessThanOrEqual(300);
  });
}

describe('on SQLite', () => {
  let opened: TestDatabase | undefined;
  afterAll(() => opened?.close());
  pagesByOffset(async () => (opened = await openTestDatabase(libraryEntities)).database);
});

describeWith('PostgreSQL', hasPostgres(), () => {
  let server: PrivateServer | undefined;
  let opened: TestDatabase | undefined;
  afterAll(async () => {
    await opened?.close();
    await server?.stop();
  });
  pagesByOffset(async () => {
    server = await startPostgres();
    return (opened = await openTestDatabase(libraryEntities, { url: server.url })).database;
  });
});
