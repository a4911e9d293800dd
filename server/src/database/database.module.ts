import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Logger } from '../common/log/logger.js';
import type { Config } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { DataLock, DataLockModule } from './data-lock.js';
import { dataSourceOptions, tuneSqlite } from './data-source.js';
import { Database } from './database.js';
import { migrate } from './migrate.js';

/** Of several servers that start at once on one PostgreSQL, one migrates and the others wait for it. */
async function alone(source: DataSource, work: () => Promise<void>): Promise<void> {
  const holder = source.createQueryRunner();
  await holder.query("SELECT pg_advisory_lock(hashtext('hearth migrations'))");
  try {
    await work();
  } finally {
    await holder.query("SELECT pg_advisory_unlock(hashtext('hearth migrations'))");
    await holder.release();
  }
}

async function openDatabase(writer: DataSource, config: Config, logger: Logger): Promise<Database> {
  if (writer.options.type !== 'sqlite') {
    await alone(writer, () => migrate(writer, config.dataDirectory, logger.scoped('database')));
    return new Database(writer, writer);
  }
  await tuneSqlite(writer, 'writer');
  await migrate(writer, config.dataDirectory, logger.scoped('database'));
  const entities = writer.entityMetadatas.map((metadata) => metadata.target);
  const reader = await new DataSource({
    ...writer.options,
    entities,
    migrations: [],
  }).initialize();
  await tuneSqlite(reader, 'reader');
  return new Database(writer, reader);
}

/** Opens, migrates and closes the database. Features register their entities with `TypeOrmModule.forFeature`. */
@Global()
@Module({
  imports: [
    DataLockModule,
    TypeOrmModule.forRootAsync({
      imports: [DataLockModule],
      inject: [configToken, DataLock],
      useFactory: (config: Config) => ({
        ...dataSourceOptions(config),
        autoLoadEntities: true,
        retryAttempts: config.databaseUrl ? 5 : 0,
        retryDelay: 1000,
      }),
    }),
  ],
  providers: [{ provide: Database, inject: [DataSource, configToken, Logger], useFactory: openDatabase }],
  exports: [Database],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DataLock) private readonly lock: DataLock,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
    await this.lock.release();
  }
}
