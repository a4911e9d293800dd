import { hasPostgres, startPostgres } from '../../../tests/support/postgres.js';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.js';
import { describeWith, type PrivateServer } from '../../../tests/support/private-server.js';
import { DatabaseJobQueue } from './database-job-queue.js';
import { jobQueueContract, type JobStore } from './job-queue.contract.js';
import { JobEntity } from './job.entity.js';
import { quietLogger } from '../../../tests/support/probe-job.js';

function onDatabase(openDatabase: () => Promise<TestDatabase>): void {
  let opened: TestDatabase;
  const store: JobStore = {
    open: (settings) =>
      Promise.resolve(
        new DatabaseJobQueue(opened.database, { runsHandlers: true, logger: quietLogger(), ...settings }),
      ),
  };

  beforeAll(async () => {
    opened = await openDatabase();
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.database.write((manager) => manager.clear(JobEntity)));

  jobQueueContract(store);
}

describe('DatabaseJobQueue', () => {
  describe('on SQLite', () => onDatabase(() => openTestDatabase([JobEntity])));

  describeWith('PostgreSQL', hasPostgres(), () => {
    let postgres: PrivateServer;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 30_000);
    afterAll(() => postgres.stop());
    onDatabase(() => openTestDatabase([JobEntity], { url: postgres.url }));
  });
});
