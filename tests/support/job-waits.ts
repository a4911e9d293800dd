import type { Job } from '@hearth/contract/job';
import type { JobQueueSettings, RecordedJobQueue } from '../../server/src/jobs/recorded-job-queue.js';
import type { ProbeJob, ProbeRun } from './probe-job.js';
import { waitFor } from './wait-for.js';

/** Opens a queue that knows the kinds of `probes`; it is stopped after the test. */
export type UseQueue = (
  probes: ProbeJob[],
  settings?: Partial<JobQueueSettings>,
) => Promise<RecordedJobQueue>;

/** The job, once it is in `state`. */
export const isState = (queue: RecordedJobQueue, id: string, state: Job['state']): Promise<Job> =>
  waitFor(async () => {
    const job = await queue.get(id);
    return job.state === state && job;
  }, `job to be ${state}`);

/** The run number `index` of a kind, once it began. */
export const runOf = (probe: ProbeJob, index: number): Promise<ProbeRun> =>
  waitFor(() => probe.runs[index], `run ${index}`);

/** Lets everything that is going to happen at once happen: a full turn through the queue by another job. */
export async function settleBy(queue: RecordedJobQueue, other: ProbeJob): Promise<void> {
  const at = other.runs.length;
  const id = await queue.enqueue(other.definition, { n: -1, key: null });
  (await runOf(other, at)).finish();
  await isState(queue, id, 'done');
}
