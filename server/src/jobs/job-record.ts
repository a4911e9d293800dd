import { type Job, jobState } from '@hearth/contract/job';
import { z } from 'zod';

/** `suspended`: paused while a handler holds it; people see `paused`. */
const recordState = z.enum([...jobState.options, 'suspended']);
export type RecordState = z.infer<typeof recordState>;

/** States in which a job still has something to do. */
export const openStates = ['waiting', 'running', 'paused', 'suspended'] as const satisfies RecordState[];

/** A job as it is stored; times in milliseconds since the epoch. */
export const jobRecord = z.object({
  id: z.string(),
  name: z.string(),
  key: z.string().nullable(),
  label: z.string(),
  /** JSON. */
  payload: z.string(),
  state: recordState,
  priority: z.number(),
  /** 0–100, or null while the amount is unknown. */
  progress: z.number().nullable(),
  message: z.string(),
  attempts: z.number(),
  error: z.string().nullable(),
  /** When it may start; `interruptedFirst` before everything else. */
  runAt: z.number(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
});
export type JobRecord = z.infer<typeof jobRecord>;
export type JobPatch = Partial<Omit<JobRecord, 'id' | 'name' | 'key'>>;

/** `runAt` of what a crash or a stop interrupted: it goes first. */
export const interruptedFirst = 0;

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** What administrators see of it. */
export function toJob(record: JobRecord): Job {
  const { id, name, label, progress, message, attempts, error } = record;
  return {
    ...{ id, name, label, progress, message, attempts, error },
    state: record.state === 'suspended' ? 'paused' : record.state,
    createdAt: new Date(record.createdAt).toISOString(),
    startedAt: iso(record.startedAt),
    endedAt: iso(record.endedAt),
  };
}

/** Where jobs are kept: a table, or Redis. Every change compares the state first, so that two steps cannot cross. */
export interface JobRecords {
  /** Stores it, unless an open job of this kind has the same key. @returns what is stored under the key now */
  add(record: JobRecord): Promise<JobRecord>;
  get(id: string): Promise<JobRecord | undefined>;
  /** Running ones, then waiting ones, then the newest that ended. */
  list(limit: number): Promise<JobRecord[]>;
  /** All in `openStates`, oldest first. */
  open(): Promise<JobRecord[]>;
  /**
   * @returns the changed record; undefined when it is in none of the states `from`, or when opening an ended job
   * again would make a second open one of its key
   */
  change(id: string, from: readonly RecordState[], patch: JobPatch): Promise<JobRecord | undefined>;
  /** Forgets all ended jobs but the newest `keep`. */
  prune(keep: number): Promise<void>;
}
