import type { Job, JobState } from '@hearth/contract/job';

export type JobAction = 'pause' | 'resume' | 'cancel' | 'retry';

const actions: Readonly<Record<JobState, readonly JobAction[]>> = {
  waiting: ['cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  done: [],
  failed: ['retry'],
  cancelled: ['retry'],
};

/** What can be done about a job. */
export function actionsOf(state: JobState): readonly JobAction[] {
  return actions[state];
}

/** `jobs` with the newest word on one of them; one never heard of comes first. */
export function withJob(jobs: readonly Job[], job: Job): Job[] {
  const known = jobs.some(({ id }) => id === job.id);
  return known ? jobs.map((other) => (other.id === job.id ? job : other)) : [job, ...jobs];
}

/** A job's message without the counts that are zero: `9 of 9 files · 2 new`. */
export function withoutZeros(message: string): string {
  return message
    .split(' · ')
    .filter((part, at) => at === 0 || !/^0 /.test(part))
    .join(' · ');
}
