import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Logger } from '../common/log/logger.js';

const keptSnapshots = 5;

/** Copies a SQLite database, consistent whatever else is running, and drops the oldest copies. */
async function snapshot(source: DataSource, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const name = `before-migration-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.db`;
  await source.query('VACUUM INTO ?', [join(directory, name)]);
  const old = (await readdir(directory)).filter((file) => file.startsWith('before-migration-')).sort();
  await Promise.all(old.slice(0, -keptSnapshots).map((file) => rm(join(directory, file))));
  return name;
}

/** Brings the schema up to date; a SQLite database that holds something is copied aside first. */
export async function migrate(source: DataSource, dataDirectory: string, logger: Logger): Promise<void> {
  if (!(await source.showMigrations())) return;
  const started = performance.now();
  const isFresh = (await source.query<unknown[]>(tableProbe(source))).length === 0;
  if (!isFresh && source.options.type === 'sqlite') {
    logger.info('Database copied before the upgrade', {
      snapshot: await snapshot(source, join(dataDirectory, 'backups')),
    });
  }
  const done = await source.runMigrations({ transaction: 'each' });
  logger.info('Database schema is up to date', {
    migrations: done.map((migration) => migration.name),
    milliseconds: Math.round(performance.now() - started),
  });
}

const tableProbe = (source: DataSource): string =>
  source.options.type === 'postgres'
    ? "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'account'"
    : "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'account'";
