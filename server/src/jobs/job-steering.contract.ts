import { isState, runOf, settleBy, type UseQueue } from '../../../tests/support/job-waits.js';
import { ProbeJob } from '../../../tests/support/probe-job.js';
import { waitFor } from '../../../tests/support/wait-for.js';
import { JobInterrupted } from './job-queue.js';

/** How jobs obey administrators, whatever the queue; a part of `jobQueueContract`. */
export function steeringTests(open: UseQueue, started: UseQueue): void {
  test('pauses a running job at its next breath, and goes on', async () => {
    const probe = new ProbeJob();
    const other = new ProbeJob({ name: 'other' });
    const queue = await started([probe, other]);
    const id = await queue.enqueue(probe.definition, { n: 1, key: null });
    const run = await runOf(probe, 0);
    expect((await queue.pause(id)).state).toBe('paused');
    let breathed = false;
    await waitFor(() => queue.isHolding(id), 'the pause to reach the handler');
    const breath = run.context.breathe().then(() => (breathed = true));
    // Another job's whole life is time enough for a breath that should not have been drawn.
    await settleBy(queue, other);
    expect(breathed).toBe(false);
    expect((await queue.resume(id)).state).toBe('running');
    await breath;
    run.finish();
    await isState(queue, id, 'done');
    expect(probe.runs).toHaveLength(1);
  });

  test('does not start a waiting job that is paused, also not after a restart', async () => {
    const probe = new ProbeJob();
    const before = await open([probe]);
    const id = await before.enqueue(probe.definition, { n: 1, key: null });
    await before.pause(id);
    await before.stop();
    const queue = await started([probe]);
    const other = await queue.enqueue(probe.definition, { n: 2, key: null });
    (await runOf(probe, 0)).finish();
    await isState(queue, other, 'done');
    expect(probe.order).toEqual([2]);
    expect((await queue.get(id)).state).toBe('paused');
    await queue.resume(id);
    (await runOf(probe, 1)).finish();
    await isState(queue, id, 'done');
  });

  test('keeps a paused running job paused over a restart', async () => {
    const probe = new ProbeJob();
    const before = await started([probe]);
    const id = await before.enqueue(probe.definition, { n: 1, key: null });
    await runOf(probe, 0);
    await before.pause(id);
    await before.stop();
    const next = new ProbeJob();
    const queue = await started([next]);
    expect((await queue.get(id)).state).toBe('paused');
    await queue.resume(id);
    (await runOf(next, 0)).finish();
    await isState(queue, id, 'done');
  });

  test('cancels a running job: aborts its signal, and its breath throws', async () => {
    const probe = new ProbeJob();
    const queue = await started([probe]);
    const id = await queue.enqueue(probe.definition, { n: 1, key: null });
    const run = await runOf(probe, 0);
    expect((await queue.cancel(id)).state).toBe('cancelled');
    await waitFor(() => run.context.signal.aborted, 'the abort');
    await expect(run.context.breathe()).rejects.toThrow(JobInterrupted);
    expect(await queue.get(id)).toMatchObject({ state: 'cancelled', error: null });
  });

  test('cancels a paused running job, and a waiting one never starts', async () => {
    const probe = new ProbeJob();
    const queue = await started([probe]);
    const held = await queue.enqueue(probe.definition, { n: 1, key: null });
    const run = await runOf(probe, 0);
    const waiting = await queue.enqueue(probe.definition, { n: 2, key: null });
    await queue.cancel(waiting);
    await queue.pause(held);
    await queue.cancel(held);
    await waitFor(() => run.context.signal.aborted, 'the abort');
    const last = await queue.enqueue(probe.definition, { n: 3, key: null });
    (await runOf(probe, 1)).finish();
    await isState(queue, last, 'done');
    expect(probe.order).toEqual([1, 3]);
  });

  test('gives up what was cancelled or failed for good, once; not what was done', async () => {
    const probe = new ProbeJob({ attempts: 2, concurrency: 2 });
    const queue = await started([probe], { backoffBaseMs: 10 });
    const failing = await queue.enqueue(probe.definition, { n: 1, key: null });
    for (const at of [0, 1]) (await runOf(probe, at)).fail(new Error('no'));
    await isState(queue, failing, 'failed');
    const held = await queue.enqueue(probe.definition, { n: 2, key: null });
    await runOf(probe, 2);
    const paused = await queue.enqueue(probe.definition, { n: 3, key: null }, { delayMs: 1e6 });
    for (const id of [held, paused]) await queue.cancel(id);
    const done = await queue.enqueue(probe.definition, { n: 4, key: null });
    (await runOf(probe, 3)).finish();
    await isState(queue, done, 'done');
    expect(probe.givenUp).toEqual([1, 2, 3]);
  });

  test('runs a cancelled or failed job again, counting from the start', async () => {
    const probe = new ProbeJob({ attempts: 1 });
    const queue = await started([probe]);
    const id = await queue.enqueue(probe.definition, { n: 1, key: 'k' });
    (await runOf(probe, 0)).fail(new Error('no'));
    await isState(queue, id, 'failed');
    expect(await queue.retry(id)).toMatchObject({
      state: 'waiting',
      attempts: 0,
      error: null,
      endedAt: null,
    });
    await runOf(probe, 1);
    await queue.cancel(id);
    await queue.retry(id);
    (await runOf(probe, 2)).finish();
    expect(await isState(queue, id, 'done')).toMatchObject({ attempts: 1 });
  });

  test('refuses what the state does not allow', async () => {
    const probe = new ProbeJob();
    const queue = await started([probe]);
    const id = await queue.enqueue(probe.definition, { n: 1, key: 'k' });
    const run = await runOf(probe, 0);
    const conflict = { code: 'JOB_STATE_CONFLICT' };
    await expect(queue.resume(id)).rejects.toMatchObject(conflict);
    await expect(queue.retry(id)).rejects.toMatchObject(conflict);
    run.finish();
    await isState(queue, id, 'done');
    for (const deed of ['pause', 'resume', 'cancel', 'retry'] as const) {
      await expect(queue[deed](id)).rejects.toMatchObject(conflict);
      await expect(queue[deed]('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test('does not open a second job of a key by a retry', async () => {
    const probe = new ProbeJob();
    const queue = await open([probe]);
    const first = await queue.enqueue(probe.definition, { n: 1, key: 'k' });
    await queue.cancel(first);
    const second = await queue.enqueue(probe.definition, { n: 1, key: 'k' });
    expect(second).not.toBe(first);
    await expect(queue.retry(first)).rejects.toMatchObject({ code: 'JOB_STATE_CONFLICT' });
    await queue.cancel(second);
    expect((await queue.retry(first)).state).toBe('waiting');
    expect(await queue.enqueue(probe.definition, { n: 1, key: 'k' })).toBe(first);
  });
}
