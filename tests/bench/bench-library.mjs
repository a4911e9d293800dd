import { DataSource } from 'typeorm';
import { generateLibrary } from './generated-library.mjs';

/** Opens a database as the server does, fills it, and wires the services under test by hand. */
export async function openBenchLibrary(load, size, { directory, url }) {
  const { loadConfig } = await load('config/config.js');
  const { dataSourceOptions, tuneSqlite } = await load('database/data-source.js');
  const { Database } = await load('database/database.js');
  const { libraryEntities } = await load('library/entities.js');
  const config = loadConfig({ DATA_DIR: directory, DATABASE_URL: url ?? '' }, []);
  const options = { ...dataSourceOptions(config), entities: libraryEntities };
  const writer = await new DataSource(options).initialize();
  if (!url) await tuneSqlite(writer, 'writer');
  await writer.runMigrations();
  await fill(writer, size, Boolean(url));
  const reader = url ? writer : await new DataSource({ ...options, migrations: [] }).initialize();
  if (!url) await tuneSqlite(reader, 'reader');
  const database = new Database(writer, reader);
  return { ...(await services(load, database)), database, close: () => database.close() };
}

const catalogue = ['title-cards', 'title-pages', 'title-list', 'title-facets', 'facet-cache', 'title-detail', 'similar-titles', 'episode-cards', 'watch-cards', 'next-up', 'genre-rows', 'begun-titles', 'home']; // prettier-ignore
const modules = [
  ...catalogue.map((name) => `library/catalogue/${name}.service.js`),
  'library/search/create-search-index.js',
  'library/search/search-indexer.service.js',
  'library/search/seen-search.service.js',
  'library/images/signed-images.service.js',
  'library/audience/audience.service.js',
  'common/url-signer.js',
];

/** The catalogue's services, wired as its module does. */
async function services(load, database) {
  const parts = Object.assign({}, ...(await Promise.all(modules.map((name) => load(name)))));
  const events = await quietEvents(load, database);
  const searchIndex = parts.createSearchIndex(database);
  const images = new parts.SignedImages(database, new parts.UrlSigner(Buffer.alloc(32)));
  const audiences = new parts.AudienceService(database, events);
  const seenSearch = new parts.SeenSearch(database, searchIndex, audiences);
  const cards = new parts.TitleCardsService(database, images, audiences);
  const episodes = new parts.EpisodeCardsService(database, images, audiences);
  const pages = new parts.TitlePagesService(database, audiences);
  const nextUp = new parts.NextUpService(database, audiences);
  const lists = new parts.TitleListService(pages, cards, seenSearch);
  const watchCards = new parts.WatchCardsService(database, cards, episodes, images);
  return {
    cards,
    lists,
    searchIndex,
    seenSearch,
    index: () => fillIndex(database, new parts.SearchIndexer(database, searchIndex)),
    limit: (maxAge) => limit(load, database, maxAge),
    forgetFacets: () => events.publish('library.changed', { libraryId: 'movies', titleIds: [] }),
    facets: new parts.TitleFacetsService(database, lists, new parts.FacetCacheService(events), audiences),
    details: new parts.TitleDetailService(database, cards, episodes, nextUp, images),
    similar: new parts.SimilarTitlesService(database, cards, audiences),
    home: new parts.HomeService(
      new parts.BegunTitlesService(database, audiences),
      cards,
      watchCards,
      nextUp,
      pages,
      new parts.GenreRowsService(database, pages, audiences),
    ),
  };
}

/** Lets the account see what is rated for `maxAge` and below, as the server does. */
async function limit(load, database, maxAge) {
  const { MinAges } = await load('library/audience/min-ages.js');
  await new MinAges(database).onModuleInit();
  await database.write((manager) => manager.query(`UPDATE account SET max_age = ${Number(maxAge)}`));
}

async function quietEvents(load, database) {
  const { EventBus } = await load('events/event-bus.js');
  const { Logger, LogSink } = await load('common/log/logger.js');
  return new EventBus(database, new Logger(new LogSink('error', () => undefined), 'bench'));
}

async function fillIndex(database, indexer) {
  await indexer.fillIfEmpty();
  if (database.dialect === 'postgres') await database.read.query('VACUUM ANALYZE');
}

const seriesProgress = `INSERT INTO series_progress SELECT s.account_id, s.title_id,
    (SELECT COUNT(*) FROM episode e WHERE e.title_id = s.title_id AND NOT EXISTS (SELECT 1 FROM play_state p
       WHERE p.account_id = s.account_id AND p.item_id = e.id AND p.watched LIMIT 1 OFFSET 0))
  FROM (SELECT DISTINCT account_id, title_id FROM play_state WHERE episode_id IS NOT NULL AND watched) s`;

async function fill(source, size, isPostgres) {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  // A trigger for each row takes minutes here; what it would have written is written at once below.
  const kept = isPostgres ? ['play_state', 'episode'] : [];
  for (const table of kept) await runner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const { table, columns, rows } of generateLibrary(size)) {
    for (let at = 0; at < rows.length; at += 500) {
      const batch = rows.slice(at, at + 500);
      let mark = 0;
      const tuple = () => `(${columns.map(() => (isPostgres ? `$${++mark}` : '?')).join(',')})`;
      await runner.query(
        `INSERT INTO ${table} (${columns.join(',')}) VALUES ${batch.map(tuple).join(',')} ON CONFLICT DO NOTHING`,
        batch.flat(),
      );
    }
  }
  if (isPostgres) {
    await runner.query('ANALYZE play_state, episode');
    await runner.query(seriesProgress);
  }
  for (const table of kept) await runner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  await runner.commitTransaction();
  await runner.release();
  if (!isPostgres) await source.query('PRAGMA wal_checkpoint(TRUNCATE)');
}
