import { jest } from '@jest/globals';
import type { Job } from '@hearth/contract/job';
import { Redis } from 'ioredis';
import { describeWith, type PrivateServer } from '../../../tests/support/private-server.js';
import { ProbeJob, quietLogger } from '../../../tests/support/probe-job.js';
import { hasRedis, startRedis } from '../../../tests/support/redis.js';
import { runOf } from '../../../tests/support/job-waits.js';
import { waitFor } from '../../../tests/support/wait-for.js';
import { newId } from '../common/id.js';
import { BullJobQueue, type BullSettings } from './bull-job-queue.js';
import { jobQueueContract } from './job-queue.contract.js';

// Real servers on a machine that may be busy.
jest.setTimeout(30_000);

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

    const open = (settings: Partial<BullSettings> = {}): Promise<BullJobQueue> =>
      BullJobQueue.connect(redis.url, {
        ...{ runsHandlers: true, logger: quietLogger(), afterCommit: (callback) => callback() },
        ...{ prefix, lockMs: 600 },
        ...settings,
      });

    jobQueueContract({ open });

    test('obeys another process, whatever progress crosses its orders', async () => {
      const probe = new ProbeJob();
      const [api, worker] = [await open({ runsHandlers: false }), await open()];
      for (const queue of [api, worker]) queue.register(probe.definition);
      await worker.start();
      const heard: Job[] = [];
      api.onChange((job) => heard.push(job));
      const id = await api.enqueue(probe.definition, { n: 1, key: null });
      const run = await runOf(probe, 0);
      // Sent before the worker can have heard of the order, and arriving after it.
      const cross = (message: string): void => run.context.progress(50, message);
      const isHeard = (message: string) =>
        waitFor(() => heard.some((job) => job.message === message), message);
      await api.pause(id);
      cross('while pausing');
      await isHeard('while pausing');
      await waitFor(() => heard.at(-1)?.state === 'paused', 'the last word on the pause');
      expect(worker.isHolding(id)).toBe(true);
      await api.resume(id);
      await waitFor(() => !worker.isHolding(id), 'the resumption to arrive');
      await waitFor(() => heard.at(-1)?.state === 'running', 'the last word on the resumption');
      await api.cancel(id);
      cross('while cancelling');
      await waitFor(() => run.context.signal.aborted, 'the cancellation to arrive');
      await waitFor(() => heard.at(-1)?.state === 'cancelled', 'the last word on the cancellation');
      cross('too late');
      expect((await api.get(id)).state).toBe('cancelled');
      await Promise.all([api.stop(), worker.stop()]);
      expect(heard.at(-1)?.state).toBe('cancelled');
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
