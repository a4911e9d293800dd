import { DataSource, type EntityManager } from 'typeorm';
import { Logger, LogSink } from '../../common/log/logger.js';
import { UrlSigner } from '../../common/url-signer.js';
import type { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { SignedImages } from '../images/signed-images.service.js';
import { createSearchIndex } from '../search/create-search-index.js';
import { AudienceService } from '../audience/audience.service.js';
import { SeenSearch } from '../search/seen-search.service.js';
import { SearchService } from '../search/search.service.js';
import { SearchIndexer } from '../search/search-indexer.service.js';
import type { TorrentPlaces } from '../torrent/torrent-places.service.js';
import { BegunTitlesService } from './begun-titles.service.js';
import { FacetCacheService } from './facet-cache.service.js';
import { EpisodeCardsService } from './episode-cards.service.js';
import { GenreRowsService } from './genre-rows.service.js';
import { HomeService } from './home.service.js';
import { NextUpService } from './next-up.service.js';
import { SimilarTitlesService } from './similar-titles.service.js';
import { TitleCardsService } from './title-cards.service.js';
import { TitleDetailService } from './title-detail.service.js';
import { TitleFacetsService } from './title-facets.service.js';
import { TitleListService } from './title-list.service.js';
import { TitlePagesService } from './title-pages.service.js';
import { WatchCardsService } from './watch-cards.service.js';

type Row = Record<string, unknown>;

export const title = (name: string, type: string, at: number, more: Row): Row => ({
  id: `t-${name.toLowerCase()}`,
  library_id: 'library',
  type,
  identity: name,
  name,
  sort_name: name.toLowerCase(),
  letter: name[0],
  genres: '[]',
  external_ids: '{}',
  locked_fields: '[]',
  available: true,
  hdr: false,
  random_key: (at * 7919) % 101,
  added_at: 1000 + at,
  updated_at: 0,
  ...more,
});

const titles = [
  title('Alien', 'movie', 1, {
    year: 1979,
    content_rating: 'R',
    min_age: 17,
    rating: 8.4,
    genres: '["Horror"]',
    max_height: 1080,
    runtime_seconds: 7000,
  }),
  title('Borgen', 'series', 2, { year: 2010, rating: 8.1, genres: '["Drama"]' }),
  title('Casablanca', 'movie', 3, {
    year: 1942,
    content_rating: 'PG',
    min_age: 10,
    rating: 8.5,
    genres: '["Drama"]',
    runtime_seconds: 6100,
  }),
  title('Dune', 'movie', 4, {
    year: 2021,
    content_rating: 'PG-13',
    min_age: 13,
    rating: 8.0,
    max_height: 2160,
    hdr: true,
    poster_id: 'i-dune',
  }),
  title('Evil', 'series', 5, { year: 2019, content_rating: 'TV-MA', min_age: 17, genres: '["Horror"]' }),
  title('Zodiac', 'movie', 6, { rating: 7.7, available: false }),
];

export const episode = (series: string, number: number): Row => ({
  id: `e-${series}-${number}`,
  title_id: `t-${series}`,
  season_id: `s-${series}`,
  season_number: 1,
  number,
  available: true,
  added_at: 0,
});

export const state = (
  titleId: string,
  episodeId: string | null,
  watched: boolean,
  position: number,
  at: number,
  accountId = 'me',
): Row => ({
  account_id: accountId,
  item_id: episodeId ?? titleId,
  title_id: titleId,
  episode_id: episodeId,
  position_seconds: position,
  duration_seconds: 6000,
  watched,
  updated_at: at,
});

const account = (id: string): Row => ({ id, username: id, username_key: id, password_hash: '', role: 'member', preferences: '{}', created_at: 0 }); // prettier-ignore

const tables: [string, Row[]][] = [
  ['account', [account('me'), account('you'), account('kid'), account('guest')]],
  ['library', [{ id: 'library', name: 'All', kind: 'mixed', created_at: 0 }]],
  ['image', [{ id: 'i-dune', relative_path: 'dune.jpg', kind: 'poster', size: 1, modified_ms: 1, width: 0, height: 0 }]],
  ['title', titles],
  ['title_genre', titles.flatMap((row) => (String(row['genres']).match(/\w+/g) ?? []).map((genre) => ({ title_id: row['id'], genre, type: row['type'] })))], // prettier-ignore
  ['person', [
    { id: 'p-bogart', name: 'Humphrey Bogart', name_key: 'humphrey bogart' },
    { id: 'p-scott', name: 'Ridley Scott', name_key: 'ridley scott' },
  ]],
  ['credit', [
    { title_id: 't-casablanca', person_id: 'p-bogart', role: 'actor', position: 0, character: 'Rick' },
    { title_id: 't-alien', person_id: 'p-scott', role: 'director', position: 0 },
  ]],
  ['season', ['borgen', 'evil'].map((series) => ({ id: `s-${series}`, title_id: `t-${series}`, number: 1 }))],
  ['episode', [episode('borgen', 1), episode('borgen', 2), episode('borgen', 3), episode('evil', 1)]],
  ['play_state', [
    state('t-alien', null, true, 0, 10),
    state('t-dune', null, false, 1200, 11),
    state('t-borgen', 'e-borgen-1', true, 0, 12),
    state('t-evil', 'e-evil-1', true, 0, 13),
    state('t-dune', null, false, 1200, 11, 'kid'),
    state('t-alien', null, false, 1200, 12, 'kid'),
    state('t-borgen', 'e-borgen-1', true, 0, 13, 'kid'),
    state('t-casablanca', null, true, 0, 14, 'kid'),
  ]],
  ['favorite', [{ account_id: 'me', title_id: 't-casablanca', created_at: 0 }]],
]; // prettier-ignore

/** A row as it lies in a table. */
export async function insert(manager: EntityManager, table: string, row: Row): Promise<void> {
  const isPostgres = manager.connection.options.type === 'postgres';
  const marks = Object.keys(row).map((_, at) => (isPostgres ? `$${at + 1}` : '?'));
  const columns = Object.keys(row).join(', ');
  await manager.query(`INSERT INTO ${table} (${columns}) VALUES (${marks.join(', ')})`, Object.values(row));
}

/** Four films and two series, one account that watched some, and the services on top of them. */
export async function buildCatalogue(database: Database, torrents?: TorrentPlaces) {
  await database.write(async (manager) => {
    for (const [table, rows] of tables) for (const row of rows) await insert(manager, table, row);
  });
  const events = new EventBus(database, new Logger(new LogSink('error', () => undefined), 'test'));
  const searchIndex = createSearchIndex(database);
  const indexer = new SearchIndexer(database, searchIndex);
  await indexer.fillIfEmpty();
  const images = new SignedImages(database, new UrlSigner(Buffer.alloc(32)));
  const audiences = new AudienceService(database, events, torrents);
  const seenSearch = new SeenSearch(database, searchIndex, audiences);
  const cards = new TitleCardsService(database, images, audiences);
  const episodes = new EpisodeCardsService(database, images, audiences);
  const pages = new TitlePagesService(database, audiences);
  const nextUp = new NextUpService(database, audiences);
  const lists = new TitleListService(pages, cards, seenSearch);
  const watchCards = new WatchCardsService(database, cards, episodes, images);
  return {
    lists,
    /** Adds a row as another part of the server would. */
    insert: (table: string, row: Row) => database.write((manager) => insert(manager, table, row)),
    run: (sql: string) => database.write((manager) => manager.query<unknown[]>(sql)),
    pages,
    cards,
    indexer,
    episodes,
    audiences,
    watchCards,
    search: new SearchService(database, seenSearch, cards, episodes, audiences, noMusic),
    /** As an administrator changes them. */
    limit: (accountId: string, maxAge: number | null, hidden: string[]) =>
      limit(database, events, accountId, maxAge, hidden),
    facets: new TitleFacetsService(database, lists, new FacetCacheService(events), audiences),
    details: new TitleDetailService(database, cards, episodes, nextUp, images),
    similar: new SimilarTitlesService(database, cards, audiences),
    home: new HomeService(
      new BegunTitlesService(database, audiences),
      cards,
      watchCards,
      nextUp,
      pages,
      new GenreRowsService(database, pages, audiences),
    ),
    countStatements: (work: () => Promise<unknown>) => countStatements(database.read.connection, work),
  };
}
export type Catalogue = Awaited<ReturnType<typeof buildCatalogue>>;

/** How many statements `work` sends to the database. */
async function countStatements(source: DataSource, work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const quiet = source.logger;
  const none = (): void => undefined;
  source.logger = { logQuery: () => (count += 1), logQueryError: none, logQuerySlow: none, logSchemaBuild: none, logMigration: none, log: none }; // prettier-ignore
  await work();
  source.logger = quiet;
  return count;
}

/** A household with films only. */
const noMusic = {
  kinds: () => Promise.resolve([]),
  show: () => Promise.resolve({ albums: [], artists: [], tracks: [], photos: [], playlists: [] }),
};

async function limit(
  database: Database,
  events: EventBus,
  accountId: string,
  maxAge: number | null,
  hidden: string[],
) {
  await database.write(async (manager) => {
    await manager
      .createQueryBuilder()
      .update('account')
      .set({ max_age: maxAge, hidden_library_ids: JSON.stringify(hidden) })
      .where('id = :accountId', { accountId })
      .execute();
    const limited = maxAge !== null || hidden.length > 0;
    events.publish('limits.changed', { limited }, accountId);
  });
}
