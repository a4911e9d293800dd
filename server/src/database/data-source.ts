import { createRequire } from 'node:module';
import { join } from 'node:path';
import { migrations } from '@hearth/migrations';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresConnectionOptions } from 'typeorm/driver/postgres/PostgresConnectionOptions.js';
import type { SqliteConnectionOptions } from 'typeorm/driver/sqlite/SqliteConnectionOptions.js';
import type { Config } from '../config/config.js';

// Times, sizes and counts are 64-bit integers below 2^53: numbers, as on SQLite, not pg's strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

/**
 * The driver without its `verbose` mode, which TypeORM switches on without asking: that takes a stack trace at every
 * call, a seventh of the processor time of a busy server.
 */
function plainSqlite(): object {
  const driver = createRequire(import.meta.url)('sqlite3') as object;
  const verbose = { value: () => driver };
  return Object.create(driver, { verbose }) as object;
}

export const databaseFile = (config: Config): string => join(config.dataDirectory, 'hearth.db');

/**
 * Settings of each PostgreSQL connection. Queries here take milliseconds: compiling one, or starting workers for it,
 * takes longer, and its index pages are in memory or on a solid-state disk, not behind a seek (tests/bench).
 */
const postgresSettings = ['jit=off', 'max_parallel_workers_per_gather=0', 'random_page_cost=1.1'];

/** The only switch on the dialect: how to reach the database. Migrations run by themselves, never by surprise. */
export function dataSourceOptions(config: Config): PostgresConnectionOptions | SqliteConnectionOptions {
  const common = { migrations, migrationsRun: false, synchronize: false, logging: false } as const;
  if (config.databaseUrl) {
    return {
      ...common,
      type: 'postgres',
      url: config.databaseUrl,
      extra: { max: 10, options: postgresSettings.map((setting) => `-c ${setting}`).join(' ') },
      connectTimeoutMS: 10_000,
    };
  }
  return {
    ...common,
    type: 'sqlite',
    database: databaseFile(config),
    enableWAL: true,
    driver: plainSqlite(),
    busyTimeout: 10_000,
  };
}

/**
 * Settings of one SQLite connection. `synchronous = FULL` so that what was acknowledged survives a power cut;
 * commits are few and batched, so the extra fsync costs little.
 */
export async function tuneSqlite(source: DataSource, mode: 'writer' | 'reader'): Promise<void> {
  await source.query('PRAGMA cache_size = -8000');
  await source.query('PRAGMA temp_store = MEMORY');
  if (mode === 'writer') await source.query('PRAGMA synchronous = FULL');
  else await source.query('PRAGMA query_only = ON');
}
