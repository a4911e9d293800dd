import type { Job } from '@hearth/contract/job';
import { newId } from '../common/id.js';
import type { Logger } from '../common/log/logger.js';
import { redact } from '../common/log/redact.js';
import { notFound, ProblemError } from '../common/problem-error.js';
import { backoffMs } from './backoff.js';
import { type EnqueueOptions, type JobControl, type JobDefinition, JobQueue } from './job-queue.js';
import {
  interruptedFirst,
  type JobPatch,
  type JobRecord,
  type JobRecords,
  openStates,
  type RecordState,
  toJob,
} from './job-record.js';
import { type JobKind, JobRegistry } from './job-registry.js';
import type { JobRun } from './job-run.js';
import { RunningJobs } from './running-jobs.js';

/** A job during which the server died this often beyond its attempts is thought to be the cause. */
const crashAllowance = 5;

export interface JobQueueSettings {
  /** False where jobs are only handed in (`ROLE=api`). */
  readonly runsHandlers: boolean;
  readonly logger: Logger;
  /** Calls back when the surrounding transaction, if any, is safe. */
  readonly afterCommit: (callback: () => void) => void;
  /** Wait after the first failed try. */
  readonly backoffBaseMs?: number;
  /** How many ended jobs are remembered. */
  readonly keepEnded?: number;
}

const handOver = 'could not be handed over';

/** What may become of a record, by its state; the first that fits is taken. */
type Steps = [readonly RecordState[], JobPatch][];

const errorText = (error: unknown): string =>
  String(redact(error instanceof Error ? error.message : String(error))).slice(0, 500) || 'Unknown error';

/**
 * What both queues share: records changed by compare-and-set, running handlers, retries. An adapter says
 * how a waiting record reaches a handler (`deliver`) and how news reach the other processes (`spread`).
 */
export abstract class RecordedJobQueue extends JobQueue implements JobControl {
  protected readonly registry = new JobRegistry();
  protected readonly running: RunningJobs;
  protected isStopping = false;
  private readonly listeners = new Set<(job: Job) => void>();
  private readonly ownListeners = new Set<(job: Job) => void>();
  private readonly unattended = new Set<Promise<unknown>>();
  private pruning: Promise<void> | undefined;

  protected constructor(
    protected readonly records: JobRecords,
    protected readonly settings: JobQueueSettings,
  ) {
    super();
    this.running = new RunningJobs(records, {
      tell: (record) => this.announce(record, false),
      attend: (work, trouble, jobId) => this.attend(work, trouble, jobId),
    });
  }

  /** Makes sure that a waiting record gets to a handler when it is due. */
  protected abstract deliver(record: JobRecord): Promise<void>;
  /** The same for one that should be on its way already. */
  protected abstract redeliver(record: JobRecord): Promise<void>;
  /** Brings a change to `hear` in every process. */
  protected abstract spread(record: JobRecord, isStep: boolean): void;

  override register<P>(definition: JobDefinition<P>): void {
    this.registry.add(definition);
  }

  override async enqueue<P>(
    definition: JobDefinition<P>,
    given: P,
    options: EnqueueOptions = {},
  ): Promise<string> {
    if (!this.registry.get(definition.name)) throw new Error(`Job “${definition.name}” is not registered`);
    const payload = definition.payload.parse(given);
    const now = Date.now();
    const fresh: JobRecord = {
      ...{ id: newId(), name: definition.name, key: definition.key(payload), label: options.label ?? '' },
      ...{ payload: JSON.stringify(payload), state: 'waiting', priority: options.priority ?? 0 },
      ...{ progress: null, message: '', attempts: 0, error: null },
      ...{ runAt: now + (options.delayMs ?? 0), createdAt: now, startedAt: null, endedAt: null },
    };
    const stored = await this.records.add(fresh);
    this.settings.afterCommit(() => {
      if (stored.id === fresh.id) this.announce(stored);
      if (stored.state === 'waiting') this.attend(this.deliver(stored), handOver, stored.id);
    });
    return stored.id;
  }

  async list(limit: number): Promise<Job[]> {
    return (await this.records.list(limit)).map((record) => toJob(record));
  }

  async get(id: string): Promise<Job> {
    const record = await this.records.get(id);
    if (!record) throw notFound('job');
    return toJob(record);
  }

  async pause(id: string): Promise<Job> {
    return this.control(id, 'paused', [
      [['waiting'], { state: 'paused' }],
      [['running'], { state: 'suspended' }],
    ]);
  }

  async resume(id: string): Promise<Job> {
    return this.control(id, 'resumed', [
      [['paused'], { state: 'waiting' }],
      [['suspended'], { state: 'running' }],
    ]);
  }

  async cancel(id: string): Promise<Job> {
    return this.control(id, 'cancelled', [[openStates, { state: 'cancelled', endedAt: Date.now() }]]);
  }

  async retry(id: string): Promise<Job> {
    const patch: JobPatch = {
      ...{ state: 'waiting', attempts: 0, error: null, progress: null, message: '' },
      ...{ runAt: Date.now(), startedAt: null, endedAt: null },
    };
    return this.control(id, 'run again', [[['failed', 'cancelled'], patch]]);
  }

  /** Whether a handler here waits in `breathe` because its job is paused. */
  isHolding(id: string): boolean {
    return this.running.get(id)?.isPaused ?? false;
  }

  onChange(listener: (job: Job) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onOwnChange(listener: (job: Job) => void): () => void {
    this.ownListeners.add(listener);
    return () => this.ownListeners.delete(listener);
  }

  /** Tells listeners of a change made here or elsewhere. */
  protected hear(record: JobRecord): void {
    for (const listener of this.listeners) listener(toJob(record));
  }

  /**
   * Tells everyone. @param isStep false for mere progress: its state may be older than a pause or cancellation that
   * is on its way, and must not undo it
   */
  protected announce(record: JobRecord, isStep = true): void {
    for (const listener of this.ownListeners) listener(toJob(record));
    this.spread(record, isStep);
    if (record.endedAt !== null) this.prune();
  }

  /** Settles what the last run of the server left behind; called before work is taken up. */
  protected async recover(record: JobRecord): Promise<void> {
    if (!this.registry.get(record.name)) {
      const error = `This version of Hearth does not know the job “${record.name}”`;
      return this.move(record.id, [[openStates, { state: 'failed', error, endedAt: Date.now() }]]);
    }
    if (record.state === 'waiting' || record.state === 'paused') return;
    return this.move(record.id, [
      [['running'], this.asPoison(record) ?? { state: 'waiting', runAt: interruptedFirst }],
      [['suspended'], { state: 'paused', runAt: interruptedFirst }],
    ]);
  }

  /** How a job is failed that took the server down again and again; undefined for a harmless one. */
  protected asPoison(record: JobRecord): JobPatch | undefined {
    const attempts = this.registry.get(record.name)?.attempts ?? 1;
    if (record.attempts < attempts + crashAllowance) return undefined;
    const error = `The server stopped ${record.attempts} times while this job ran`;
    return { state: 'failed', error, endedAt: Date.now() };
  }

  /** Runs the handler for a record that was just moved to `running`, and stores how it went. Never rejects. */
  protected async execute(record: JobRecord): Promise<void> {
    const run = this.running.begin(record);
    this.announce(record);
    try {
      const kind = this.registry.get(record.name);
      const failure = await run.perform(async (context) => kind?.bind(record.payload)(context));
      await this.conclude(run, kind, failure);
    } catch (error) {
      this.settings.logger.error('The outcome of a job could not be stored', { jobId: record.id, error });
    } finally {
      this.running.end(run);
    }
  }

  /** Interrupts all handlers and waits, but not for long, until they are through. */
  protected async endRuns(): Promise<void> {
    this.isStopping = true;
    const stuck = await this.running.interruptAll();
    if (stuck.length > 0) this.settings.logger.warn('Jobs did not stop in time', { jobs: stuck });
    await Promise.all([this.pruning, ...this.unattended]);
  }

  /** Logs what goes wrong in work that nobody awaits. */
  protected attend(work: Promise<unknown>, trouble: string, jobId: string): void {
    const watched = work
      .catch((error: unknown) => this.settings.logger.error(`A job ${trouble}`, { jobId, error }))
      .finally(() => this.unattended.delete(watched));
    this.unattended.add(watched);
  }

  private async conclude(
    run: JobRun,
    kind: JobKind | undefined,
    failure?: { error: unknown },
  ): Promise<void> {
    const { id } = run.record;
    if (await this.step(id, this.outcome(run, kind, failure))) return;
    // Someone cancelled it, perhaps unheard here: progress that crossed the cancellation must not be the last word.
    const current = await this.records.get(id);
    if (current) this.announce(current, false);
  }

  /** The steps a record may take when its handler is through. */
  private outcome(run: JobRun, kind: JobKind | undefined, failure?: { error: unknown }): Steps {
    const { record, latest } = run;
    const done: JobPatch = { ...latest, state: 'done', progress: 100, error: null, endedAt: Date.now() };
    if (!failure) return [[['running', 'suspended'], done]];
    if (run.signal.aborted) return this.giveBack(run);
    const { error } = failure;
    const last = { ...latest, error: errorText(error) };
    const facts = { jobId: record.id, job: record.name, attempt: record.attempts, error };
    if (record.attempts >= (kind?.attempts ?? 1)) {
      this.settings.logger.error('A job failed for good', facts);
      return [[['running', 'suspended'], { ...last, state: 'failed', endedAt: Date.now() }]];
    }
    this.settings.logger.warn('A job failed and will be tried again', facts);
    const runAt = Date.now() + backoffMs(record.attempts, this.settings.backoffBaseMs ?? 2000);
    return [
      [['running'], { ...last, state: 'waiting', runAt }],
      [['suspended'], { ...last, state: 'paused', runAt }],
    ];
  }

  /** After a stop: the try does not count. After a cancellation there is nothing to do. */
  private giveBack({ record, latest }: JobRun): Steps {
    if (!this.isStopping) return [];
    const back: JobPatch = { ...latest, attempts: record.attempts - 1, runAt: interruptedFirst };
    return [
      [['running'], { ...back, state: 'waiting' }],
      [['suspended'], { ...back, state: 'paused' }],
    ];
  }

  private async control(id: string, deed: string, steps: Steps): Promise<Job> {
    const changed = await this.step(id, steps);
    if (changed) return toJob(changed);
    const { state } = await this.get(id);
    throw new ProblemError('JOB_STATE_CONFLICT', { detail: `A job that is ${state} cannot be ${deed} now.` });
  }

  private async move(id: string, steps: Steps): Promise<void> {
    await this.step(id, steps);
  }

  /** Takes the first step whose states fit, tells everyone and hands over what waits again. */
  private async step(id: string, steps: Steps): Promise<JobRecord | undefined> {
    for (const [from, patch] of steps) {
      const changed = await this.records.change(id, from, patch);
      if (!changed) continue;
      this.settings.afterCommit(() => {
        this.announce(changed);
        if (changed.state === 'waiting') this.attend(this.deliver(changed), handOver, id);
        if (changed.state === 'cancelled' || changed.state === 'failed')
          this.attend(this.giveUp(changed), 'could not be tidied up after', id);
      });
      return changed;
    }
    return undefined;
  }

  private async giveUp({ name, payload }: JobRecord): Promise<void> {
    await this.registry.get(name)?.giveUp(payload);
  }

  private prune(): void {
    this.pruning ??= this.records
      .prune(this.settings.keepEnded ?? 200)
      .catch((error: unknown) => this.settings.logger.warn('Old jobs could not be removed', { error }))
      .finally(() => (this.pruning = undefined));
  }
}
