import type { Job } from '@hearth/contract/job';
import type { z } from 'zod';

/** What a handler can do while it works. */
export interface JobContext {
  readonly jobId: string;
  /** Aborted when the job is cancelled or the server stops. */
  readonly signal: AbortSignal;
  /** Tells people how far it is: 0–100, or null while the amount is unknown. Cheap: call it as often as you like. */
  progress(percent: number | null, message: string): void;
  /**
   * To be awaited between batches: waits while the job is paused.
   * @throws JobInterrupted when the job was cancelled or the server stops
   */
  breathe(): Promise<void>;
}

/** A kind of background work, in one object. Handlers run again from the start after a crash, so they must not mind. */
export interface JobDefinition<P = unknown> {
  readonly name: string;
  readonly payload: z.ZodType<P>;
  /** Two waiting or running jobs of one key are one job; null for no such limit. */
  readonly key: (payload: P) => string | null;
  /** How often it is tried in all. */
  readonly attempts: number;
  /** How many of this kind run at once. */
  readonly concurrency: number;
  readonly handler: (payload: P, context: JobContext) => Promise<void>;
  /** It was cancelled, or failed for good: sets right what counted on it. Its handler may still be on its way out. */
  readonly givenUp?: (payload: P) => Promise<void>;
}

export interface EnqueueOptions {
  /** What it works on, for people. */
  label?: string;
  /** Higher runs first. */
  priority?: number;
  /** Milliseconds to wait before the first try. */
  delayMs?: number;
}

/** Background work that survives a crash. Two adapters: the database (default) and Bull on Redis. */
export abstract class JobQueue {
  /** Makes a kind known; before `start`. */
  abstract register<P>(definition: JobDefinition<P>): void;
  /** @returns the job's id: of the one under way if there is one with the same key */
  abstract enqueue<P>(definition: JobDefinition<P>, payload: P, options?: EnqueueOptions): Promise<string>;
  /** Takes up work, what a crash interrupted first. */
  abstract start(): Promise<void>;
  /** Stops handlers and waits for them; what was running starts again next time. */
  abstract stop(): Promise<void>;
}

/** Looking at jobs and steering them, for administrators. */
export abstract class JobControl {
  abstract list(limit: number): Promise<Job[]>;
  /** @throws ProblemError NOT_FOUND */
  abstract get(id: string): Promise<Job>;
  /** The four below throw JOB_STATE_CONFLICT where the state does not allow it. */
  abstract pause(id: string): Promise<Job>;
  abstract resume(id: string): Promise<Job>;
  abstract cancel(id: string): Promise<Job>;
  abstract retry(id: string): Promise<Job>;
  /** Hears of every change, at most a few times a second for one job. */
  abstract onChange(listener: (job: Job) => void): () => void;
  /** The same, but each change is heard in one process only: the one that made it. */
  abstract onOwnChange(listener: (job: Job) => void): () => void;
}

/** Thrown by `breathe` to end a handler early; not a failure. */
export class JobInterrupted extends Error {
  constructor() {
    super('The job was interrupted');
    this.name = 'JobInterrupted';
  }
}
