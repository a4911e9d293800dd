import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Database as Connection } from 'sqlite3';
import { systemErrorCode } from '../common/system-error.js';
import { type Config, ConfigError } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { Secrets } from '../config/secrets.js';

/** Time for a server that is stopping just now to be through; it takes 1.5 s at most (main.ts). */
const patienceMs = 2500;

/**
 * One server a data folder. The jobs of a SQLite database are taken up again by the server that starts, so a second
 * one would run those of the first. Held is an exclusive transaction on an empty SQLite file of its own: a lock of the
 * kernel, which ends with the process however it ends. `hearth.db` itself has to stay open for backups.
 */
export class DataLock {
  private constructor(private readonly connection: Connection | undefined) {}

  /** @throws ConfigError when another server has it */
  static async take(directory: string): Promise<DataLock> {
    const { Database } = createRequire(import.meta.url)('sqlite3') as typeof import('sqlite3');
    const file = join(directory, 'hearth.lock');
    const connection = await new Promise<Connection>((resolve, reject) => {
      const opened: Connection = new Database(file, (error) => (error ? reject(error) : resolve(opened)));
    });
    connection.configure('busyTimeout', patienceMs);
    try {
      // Not with WAL: there an exclusive transaction stops no readers, and here nothing is ever written.
      await new Promise<void>((resolve, reject) =>
        connection.exec('BEGIN EXCLUSIVE', (error) => (error ? reject(error) : resolve())),
      );
    } catch (error) {
      await closed(connection);
      throw systemErrorCode(error) === 'SQLITE_BUSY' ? new ConfigError([inUse(directory)]) : error;
    }
    return new DataLock(connection);
  }

  /** For a database that many servers share. */
  static none(): DataLock {
    return new DataLock(undefined);
  }

  async release(): Promise<void> {
    if (this.connection) await closed(this.connection);
  }
}

const inUse = (directory: string): string =>
  `DATA_DIR: ${directory} is in use by another Hearth server; stop that one, or give this one a folder of its own ` +
  '(--data). Several servers on one database need PostgreSQL (DATABASE_URL)';

const closed = (connection: Connection): Promise<void> =>
  new Promise((resolve, reject) => connection.close((error) => (error ? reject(error) : resolve())));

/** Held before the database opens, released by `DatabaseModule` after it is closed. */
@Module({
  providers: [
    {
      provide: DataLock,
      // The secrets make the folder where there is none.
      inject: [configToken, Secrets],
      useFactory: ({ databaseUrl, dataDirectory }: Config) =>
        databaseUrl ? DataLock.none() : DataLock.take(dataDirectory),
    },
  ],
  exports: [DataLock],
})
export class DataLockModule {}
