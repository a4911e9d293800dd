import { Redis } from 'ioredis';
import { describeWith, type PrivateServer } from '../../../tests/support/private-server.js';
import { quietLogger } from '../../../tests/support/probe-job.js';
import { hasRedis, startRedis } from '../../../tests/support/redis.js';
import { newId } from '../common/id.js';
import { BullJobQueue } from './bull-job-queue.js';
import { jobQueueContract } from './job-queue.contract.js';

describe('BullJobQueue', () => {
  describeWith('Redis', hasRedis(), () => {
    let redis: PrivateServer;
    let prefix = '';

    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());
    beforeEach(() => {
      prefix = `test-${newId()}:`;
    });

    jobQueueContract({
      open: (settings) =>
        BullJobQueue.connect(redis.url, {
          ...{ runsHandlers: true, logger: quietLogger(), afterCommit: (callback) => callback() },
          ...{ prefix, lockMs: 600 },
          ...settings,
        }),
    });

    test('leaves no key without the prefix', async () => {
      const client = new Redis(redis.url);
      const keys = await client.keys('*');
      client.disconnect();
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.filter((key) => !key.startsWith('test-'))).toEqual([]);
    });
  });

  test('says so when Redis is not there', async () => {
    const settings = { runsHandlers: true, logger: quietLogger(), afterCommit: () => undefined };
    await expect(BullJobQueue.connect('redis://127.0.0.1:1', settings)).rejects.toThrow(/Redis/);
  });
});
