import { job as jobSchema, type Job } from '@hearth/contract/job';
import { z } from 'zod';
import { isState, runOf, type UseQueue } from '../../../tests/support/job-waits.js';
import { waitFor } from '../../../tests/support/wait-for.js';
import { steeringTests } from './job-steering.contract.js';
import { ProbeJob } from '../../../tests/support/probe-job.js';
import type { JobQueueSettings, RecordedJobQueue } from './recorded-job-queue.js';

/** What an adapter's spec provides: storage that is empty at the start of each test. */
export interface JobStore {
  /** A queue on the storage, as a process of its own would have it; not started. */
  open(settings?: Partial<JobQueueSettings>): Promise<RecordedJobQueue>;
}

/** How every job queue behaves. Registers its own tests. */
export function jobQueueContract(store: JobStore): void {
  const opened: RecordedJobQueue[] = [];

  const open: UseQueue = async (probes, settings) => {
    const queue = await store.open(settings);
    opened.push(queue);
    for (const probe of probes) queue.register(probe.definition);
    return queue;
  };
  const started: UseQueue = async (probes, settings) => {
    const queue = await open(probes, settings);
    await queue.start();
    return queue;
  };

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.stop()));
  });

  describe('running', () => runningTests(open, started));
  describe('steering', () => steeringTests(open, started));
  describe('progress and history', () => historyTests(open, started));
}

function runningTests(open: UseQueue, started: UseQueue): void {
  test('runs a job and reports every step in the shape of the contract', async () => {
    const probe = new ProbeJob();
    const queue = await started([probe]);
    const heard: Job[] = [];
    queue.onChange((job) => heard.push(job));
    const id = await queue.enqueue(probe.definition, { n: 1, key: null }, { label: 'Films' });
    (await runOf(probe, 0)).finish();
    const done = await isState(queue, id, 'done');
    expect(done).toMatchObject({
      label: 'Films',
      name: 'test.probe',
      attempts: 1,
      progress: 100,
      error: null,
    });
    expect(done.endedAt).not.toBeNull();
    await waitFor(() => heard.some((job) => job.state === 'done'), 'the last change');
    expect(heard.map((job) => job.state)).toEqual(['waiting', 'running', 'done']);
    for (const job of heard) expect(jobSchema.parse(job)).toEqual(job);
  });

  test('refuses two kinds of one name, and a payload that does not fit', async () => {
    const probe = new ProbeJob();
    const queue = await open([probe]);
    expect(() => queue.register(new ProbeJob().definition)).toThrow(/Two kinds.*test\.probe/);
    const wrong = { n: Number.NaN, key: null };
    await expect(queue.enqueue(probe.definition, wrong)).rejects.toThrow(z.ZodError);
    await expect(
      queue.enqueue(new ProbeJob({ name: 'other' }).definition, { n: 1, key: null }),
    ).rejects.toThrow(/not registered/);
    expect(await queue.list(10)).toEqual([]);
  });

  test('keeps to the concurrency of each kind', async () => {
    const one = new ProbeJob({ name: 'one', concurrency: 1 });
    const two = new ProbeJob({ name: 'two', concurrency: 2 });
    const queue = await open([one, two]);
    for (const n of [1, 2, 3]) {
      await queue.enqueue(one.definition, { n, key: null });
      await queue.enqueue(two.definition, { n, key: null });
    }
    await queue.start();
    await runOf(two, 1);
    await runOf(one, 0);
    const states = (await queue.list(10)).map((job) => `${job.name} ${job.state}`).sort();
    expect(states).toEqual([
      ...['one running', 'one waiting', 'one waiting', 'two running', 'two running', 'two waiting'],
    ]);
    one.runs[0]?.finish();
    await runOf(one, 1);
    expect(one.order).toEqual([1, 2]);
    expect(two.order).toEqual([1, 2]);
  });

  test('starts higher priorities first, equals in the order they came', async () => {
    const probe = new ProbeJob();
    const queue = await open([probe]);
    for (const [n, priority] of [
      [1, 0],
      [2, 5],
      [3, 0],
      [4, 9],
    ] as const) {
      await queue.enqueue(probe.definition, { n, key: null }, { priority });
    }
    await queue.start();
    for (let at = 0; at < 4; at++) (await runOf(probe, at)).finish();
    expect(probe.order).toEqual([4, 2, 1, 3]);
  });

  test('waits as long as asked', async () => {
    const probe = new ProbeJob();
    const queue = await started([probe]);
    const before = Date.now();
    await queue.enqueue(probe.definition, { n: 1, key: null }, { delayMs: 60_000 });
    await queue.enqueue(probe.definition, { n: 2, key: null }, { delayMs: 300 });
    await runOf(probe, 0);
    expect(probe.order).toEqual([2]);
    expect(Date.now() - before).toBeGreaterThanOrEqual(295);
  });

  test('takes a key that is under way as the same job, until it has ended', async () => {
    const probe = new ProbeJob({ concurrency: 2 });
    const queue = await started([probe]);
    const same = { n: 1, key: 'library 7' };
    const ids = await Promise.all([1, 2, 3].map(() => queue.enqueue(probe.definition, same)));
    expect(new Set(ids).size).toBe(1);
    const first = ids[0] ?? '';
    const run = await runOf(probe, 0);
    expect(await queue.enqueue(probe.definition, same)).toBe(first);
    expect(await queue.enqueue(probe.definition, { n: 2, key: 'library 8' })).not.toBe(first);
    run.finish();
    await isState(queue, first, 'done');
    expect(await queue.enqueue(probe.definition, same)).not.toBe(first);
  });

  test('tries again with growing waits, then fails without giving secrets away', async () => {
    const probe = new ProbeJob({ attempts: 3 });
    const queue = await started([probe], { backoffBaseMs: 20 });
    const id = await queue.enqueue(probe.definition, { n: 1, key: null });
    const secret = new Error('GET https://tom:hunter2@nas/x?token=abc123 went wrong');
    for (const at of [0, 1, 2]) (await runOf(probe, at)).fail(secret);
    const failed = await isState(queue, id, 'failed');
    expect(failed.attempts).toBe(3);
    expect(failed.error).toMatch(/^GET https:\/\/\*\*\*@nas\/x\?token=\*\*\* went wrong$/);
    expect(probe.runs).toHaveLength(3);
  });

  test('goes on after a failure that was mended', async () => {
    const probe = new ProbeJob({ attempts: 2 });
    const queue = await started([probe], { backoffBaseMs: 10 });
    const id = await queue.enqueue(probe.definition, { n: 1, key: null });
    (await runOf(probe, 0)).fail(new Error('once'));
    (await runOf(probe, 1)).finish();
    expect(await isState(queue, id, 'done')).toMatchObject({ attempts: 2, error: null });
  });

  test('hands over to the next process what a stop interrupted, before everything else', async () => {
    const probe = new ProbeJob();
    const first = await started([probe]);
    const id = await first.enqueue(probe.definition, { n: 1, key: null });
    await first.enqueue(probe.definition, { n: 2, key: null }, { priority: 9 });
    // What has the higher priority may well have been faster.
    const running = await runOf(probe, 0);
    await first.stop();
    expect(running.context.signal.aborted).toBe(true);
    const next = new ProbeJob();
    const second = await started([next]);
    expect((await runOf(next, 0)).n).toBe(running.n);
    expect((await second.get(id)).attempts).toBe(running.n === 1 ? 1 : 0);
  });

  test('stops in time although a handler does not listen, and runs its job again next time', async () => {
    let release = (): void => undefined;
    const asleep = new Promise<void>((resolve) => (release = resolve));
    const deaf = { ...new ProbeJob().definition, handler: () => asleep };
    const queue = await open([]);
    queue.register(deaf);
    await queue.start();
    const id = await queue.enqueue(deaf, { n: 1, key: null });
    await isState(queue, id, 'running');
    const before = Date.now();
    await queue.stop();
    expect(Date.now() - before).toBeLessThan(1000);
    const next = new ProbeJob();
    const second = await started([next]);
    (await runOf(next, 0)).finish();
    await isState(second, id, 'done');
    release();
  });

  test('fails what this version does not know any more, and says so', async () => {
    const old = new ProbeJob({ name: 'test.retired' });
    const before = await open([old]);
    const id = await before.enqueue(old.definition, { n: 1, key: null });
    await before.stop();
    const queue = await started([new ProbeJob()]);
    const failed = await isState(queue, id, 'failed');
    expect(failed.error).toContain('does not know the job “test.retired”');
  });

  test('tells the maker of a change apart from those who hear of it', async () => {
    const probe = new ProbeJob();
    const maker = await started([probe]);
    const own: string[] = [];
    maker.onOwnChange((job) => own.push(job.state));
    const id = await maker.enqueue(probe.definition, { n: 1, key: null });
    (await runOf(probe, 0)).finish();
    await isState(maker, id, 'done');
    await waitFor(() => own.includes('done'), 'the end');
    expect(own).toEqual(['waiting', 'running', 'done']);
  });

  test('only hands jobs in where handlers must not run', async () => {
    const probe = new ProbeJob();
    const api = await started([probe], { runsHandlers: false });
    const id = await api.enqueue(probe.definition, { n: 1, key: null });
    expect((await api.get(id)).state).toBe('waiting');
    const elsewhere = new ProbeJob();
    const worker = await started([elsewhere]);
    const own: string[] = [];
    api.onOwnChange((job) => own.push(job.state));
    (await runOf(elsewhere, 0)).finish();
    await isState(worker, id, 'done');
    expect(probe.runs).toEqual([]);
    expect(own).toEqual([]);
  });
}

function historyTests(open: UseQueue, started: UseQueue): void {
  test('tells progress sparingly, and the last value always lands', async () => {
    const probe = new ProbeJob();
    const queue = await started([probe]);
    const heard: Job[] = [];
    queue.onChange((job) => heard.push(job));
    const id = await queue.enqueue(probe.definition, { n: 1, key: null });
    const run = await runOf(probe, 0);
    for (let done = 1; done <= 500; done++) run.context.progress(done / 10, `file ${done}`);
    await waitFor(() => heard.some((job) => job.message === 'file 500'), 'the last value, told');
    await waitFor(async () => (await queue.get(id)).message === 'file 500', 'the last value, stored');
    expect(heard.filter((job) => job.message).length).toBeLessThanOrEqual(3);
    run.context.progress(null, 'counting');
    run.context.progress(77, 'the end');
    run.finish();
    expect(await isState(queue, id, 'done')).toMatchObject({ progress: 100, message: 'the end' });
  });

  test('lists running, then waiting, then the newest that ended', async () => {
    const probe = new ProbeJob();
    const queue = await open([probe]);
    const ids: string[] = [];
    for (const n of [1, 2, 3, 4])
      ids.push(await queue.enqueue(probe.definition, { n, key: null }, { label: `${n}` }));
    await queue.start();
    for (const n of [0, 1]) {
      (await runOf(probe, n)).finish();
      await isState(queue, ids[n] ?? '', 'done');
    }
    await runOf(probe, 2);
    expect((await queue.list(9)).map((job) => job.label)).toEqual(['3', '4', '2', '1']);
    expect(await queue.list(2)).toHaveLength(2);
  });

  test('forgets the oldest that ended', async () => {
    const probe = new ProbeJob({ concurrency: 1 });
    const queue = await started([probe], { keepEnded: 3 });
    for (let n = 0; n < 6; n++) {
      const id = await queue.enqueue(probe.definition, { n, key: null }, { label: `${n}` });
      (await runOf(probe, n)).finish();
      await isState(queue, id, 'done');
    }
    await waitFor(async () => (await queue.list(50)).length === 3, 'the oldest to go');
    expect((await queue.list(50)).map((job) => job.label)).toEqual(['5', '4', '3']);
  });
}
