import type { Database } from '../../database/database.js';
import { PostgresSearchStore } from './postgres-search-store.js';
import { RankedSearchIndex } from './ranked-search-index.js';
import type { SearchIndex } from './search-index.js';
import { SqliteSearchStore } from './sqlite-search-store.js';

/** The search index of the database in use. */
export const createSearchIndex = (database: Database): SearchIndex =>
  new RankedSearchIndex(
    database.dialect === 'postgres' ? new PostgresSearchStore(database) : new SqliteSearchStore(database),
  );
