import {
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Logger } from '../common/log/logger.js';
import type { Config } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { DatabaseJobQueue } from './database-job-queue.js';
import { JobControl, JobQueue } from './job-queue.js';
import { JobEntity } from './job.entity.js';
import type { RecordedJobQueue } from './recorded-job-queue.js';

/** Bull is loaded only where it is used: the default start should not pay for it. */
async function makeQueue(config: Config, database: Database, root: Logger): Promise<RecordedJobQueue> {
  const settings = { runsHandlers: config.role !== 'api', logger: root.scoped('jobs') };
  if (!config.redisUrl) return new DatabaseJobQueue(database, settings);
  const { BullJobQueue } = await import('./bull-job-queue.js');
  const afterCommit = (callback: () => void): void => database.afterCommit(callback);
  return BullJobQueue.connect(config.redisUrl, { ...settings, afterCommit });
}

/**
 * Background jobs for everyone. Features call `JobQueue.register` in `onModuleInit`; work is taken up once all of
 * them have, and let go before the database closes.
 */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([JobEntity])],
  providers: [
    { provide: JobQueue, inject: [configToken, Database, Logger], useFactory: makeQueue },
    { provide: JobControl, useExisting: JobQueue },
  ],
  exports: [JobQueue, JobControl],
})
export class JobsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(JobQueue) private readonly queue: JobQueue) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.stop();
  }
}
