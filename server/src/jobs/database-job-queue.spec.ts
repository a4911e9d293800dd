import { jest } from '@jest/globals';
import { hasPostgres, startPostgres } from '../../../tests/support/postgres.js';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.js';
import { describeWith, type PrivateServer } from '../../../tests/support/private-server.js';
import { DatabaseJobQueue } from './database-job-queue.js';
import { jobQueueContract, type JobStore } from './job-queue.contract.js';
import { JobEntity } from './job.entity.js';
import { ProbeJob, quietLogger } from '../../../tests/support/probe-job.js';

// Real servers on a machine that may be busy.
jest.setTimeout(30_000);

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

  describe('in time', () => {
    let opened: TestDatabase;
    beforeEach(async () => {
      opened = await openTestDatabase([JobEntity]);
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    });
    afterEach(async () => {
      jest.useRealTimers();
      await opened.close();
    });

    /** Real turns of the event loop, for the database: time itself stands still. */
    const until = async (probe: () => boolean | Promise<boolean>): Promise<void> => {
      const giveUpAt = performance.now() + 30_000;
      while (performance.now() < giveUpAt) {
        if (await probe()) return;
        await new Promise((resolve) => setImmediate(resolve));
      }
      throw new Error('It never happened');
    };

    test('sleeps while there is nothing to do, and wakes for what is due in 40 days', async () => {
      const probe = new ProbeJob();
      const queue = new DatabaseJobQueue(opened.database, { runsHandlers: true, logger: quietLogger() });
      queue.register(probe.definition);
      await queue.start();
      const first = await queue.enqueue(probe.definition, { n: 1, key: null });
      await until(() => probe.runs.length === 1);
      probe.runs[0]?.finish();
      await until(async () => (await queue.get(first)).state === 'done');
      await until(() => jest.getTimerCount() === 0);
      const day = 24 * 60 * 60 * 1000;
      await queue.enqueue(probe.definition, { n: 2, key: null }, { delayMs: 40 * day });
      for (let passed = 0; passed < 40; passed++) {
        expect(probe.runs).toHaveLength(1);
        await until(() => jest.getTimerCount() === 1);
        jest.advanceTimersByTime(day);
      }
      await until(() => probe.runs.length === 2);
      await queue.stop();
      expect(jest.getTimerCount()).toBe(0);
    });
  });

  describeWith('PostgreSQL', hasPostgres(), () => {
    let postgres: PrivateServer;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 30_000);
    afterAll(() => postgres.stop());
    onDatabase(() => openTestDatabase([JobEntity], { url: postgres.url }));
  });
});
