import { setImmediate } from 'node:timers/promises';
import { type JobContext, JobInterrupted } from './job-queue.js';
import type { JobRecord } from './job-record.js';
import { Throttle } from './throttle.js';

/** Four a second to listeners, one a second to where jobs are kept. */
const tellEveryMs = 250;
const saveEveryMs = 1000;

/** How far a run is. */
export type JobProgress = Pick<JobRecord, 'progress' | 'message'>;

/** One run of one handler: its context, and the reins that `JobControl` holds. */
export class JobRun implements JobContext {
  readonly jobId: string;
  readonly signal: AbortSignal;
  /** Settles, never rejects, when the handler is through. */
  readonly ended: Promise<void>;
  latest: JobProgress;
  /** Settles, never rejects, when the record was last looked at. */
  lastLook: Promise<void> = Promise.resolve();
  private readonly end: () => void;
  private isThrough = false;
  private readonly abort = new AbortController();
  private pauseGate: PromiseWithResolvers<void> | undefined;
  private readonly telling: Throttle;
  private readonly saving: Throttle;

  constructor(
    readonly record: JobRecord,
    sinks: { tell: (run: JobRun) => void; save: (run: JobRun) => void },
  ) {
    this.jobId = record.id;
    this.signal = this.abort.signal;
    this.latest = { progress: record.progress, message: record.message };
    this.telling = new Throttle(tellEveryMs, () => sinks.tell(this));
    this.saving = new Throttle(saveEveryMs, () => sinks.save(this));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.end = resolve;
  }

  progress(percent: number | null, message: string): void {
    if (this.signal.aborted) return;
    const progress = percent === null ? null : Math.min(100, Math.max(0, percent));
    this.latest = { progress, message };
    this.telling.call();
    this.saving.call();
  }

  async breathe(): Promise<void> {
    // Also lets input and output happen between the batches of a busy handler.
    await setImmediate();
    while (this.pauseGate) await this.pauseGate.promise;
    if (this.signal.aborted) throw new JobInterrupted();
  }

  get isPaused(): boolean {
    return this.pauseGate !== undefined;
  }

  /** The handler is through; its outcome may not be stored yet. */
  isOver(): boolean {
    return this.isThrough;
  }

  /** The three below return whether that changed anything. */
  pause(): boolean {
    if (this.isPaused || this.signal.aborted) return false;
    this.pauseGate = Promise.withResolvers<void>();
    return true;
  }

  resume(): boolean {
    const wasPaused = this.isPaused;
    this.pauseGate?.resolve();
    this.pauseGate = undefined;
    return wasPaused;
  }

  interrupt(): boolean {
    if (this.signal.aborted) return false;
    this.telling.stop();
    this.saving.stop();
    this.abort.abort(new JobInterrupted());
    this.resume();
    return true;
  }

  /** Runs `work`. @returns what it threw, wrapped; undefined when it went well */
  async perform(work: (context: JobContext) => Promise<void>): Promise<{ error: unknown } | undefined> {
    try {
      await work(this);
      return undefined;
    } catch (error) {
      return { error };
    } finally {
      this.isThrough = true;
      this.telling.stop();
      this.saving.stop();
    }
  }

  /** Called once the outcome is stored. */
  close(): void {
    this.end();
  }
}
