import { DatabaseJobRecords } from './database-job-records.js';
import type { Database } from '../database/database.js';
import type { JobRecord } from './job-record.js';
import { type JobQueueSettings, RecordedJobQueue } from './recorded-job-queue.js';

/** `setTimeout` cannot wait longer than 24.8 days; looking again once a day costs nothing. */
const longestTimerMs = 24 * 60 * 60 * 1000;
const batchSize = 50;

/**
 * Background jobs in this process, kept in the database (the default). Nothing is polled: it looks for work when a
 * job comes in or ends, and at the time of the next delayed one.
 */
export class DatabaseJobQueue extends RecordedJobQueue {
  private isStarted = false;
  private timer: NodeJS.Timeout | undefined;
  private pumping: Promise<void> | undefined;
  private isPumpDue = false;

  constructor(
    database: Database,
    settings: Omit<JobQueueSettings, 'afterCommit'>,
    protected override readonly records = new DatabaseJobRecords(database),
  ) {
    super(records, { ...settings, afterCommit: (callback) => database.afterCommit(callback) });
  }

  override async start(): Promise<void> {
    for (const record of await this.records.open()) await this.recover(record);
    this.isStarted = true;
    this.wake();
  }

  override async stop(): Promise<void> {
    this.isStarted = false;
    this.isStopping = true;
    clearTimeout(this.timer);
    await this.pumping;
    await this.endRuns();
  }

  protected override deliver(_record: JobRecord): Promise<void> {
    this.wake();
    return Promise.resolve();
  }

  protected override redeliver(record: JobRecord): Promise<void> {
    return this.deliver(record);
  }

  protected override spread(record: JobRecord, isStep: boolean): void {
    this.hear(record);
    if (isStep) this.running.steer(record);
  }

  /** Looks for work, once more if it is looking already. */
  private wake(): void {
    if (!this.isStarted || !this.settings.runsHandlers) return;
    this.isPumpDue = true;
    this.pumping ??= this.pump().finally(() => {
      this.pumping = undefined;
      // Someone may have called between the last look and here.
      if (this.isPumpDue) this.wake();
    });
  }

  private async pump(): Promise<void> {
    while (this.isPumpDue) {
      this.isPumpDue = false;
      try {
        const now = Date.now();
        while (await this.startDue(now));
        await this.setTimer(now);
      } catch (error) {
        this.settings.logger.error('Could not look for jobs; trying again in 5 s', { error });
        this.wakeIn(5000);
      }
    }
  }

  /** Starts what is due at `now` and fits. @returns whether anything was started: then there may be more */
  private async startDue(now: number): Promise<boolean> {
    if (!this.isStarted) return false;
    const free = this.freeSlots();
    const due = await this.records.due(now, [...free.keys()], this.running.ids, batchSize);
    let started = false;
    for (const { id, name, attempts } of due) {
      const slots = free.get(name) ?? 0;
      if (slots < 1) continue;
      const patch = { state: 'running', attempts: attempts + 1, startedAt: Date.now() } as const;
      const running = await this.records.change(id, ['waiting'], patch);
      if (!running) continue;
      free.set(name, slots - 1);
      started = true;
      void this.execute(running).then(() => this.wake());
    }
    return started;
  }

  /** Kinds that may start something now, and how much. */
  private freeSlots(): Map<string, number> {
    const free = new Map(this.registry.all().map(({ name, concurrency }) => [name, concurrency]));
    for (const name of this.running.names) {
      const slots = (free.get(name) ?? 0) - 1;
      if (slots > 0) free.set(name, slots);
      else free.delete(name);
    }
    return free;
  }

  private async setTimer(now: number): Promise<void> {
    clearTimeout(this.timer);
    const next = this.isStarted ? await this.records.nextRunAt(now) : undefined;
    if (next !== undefined) this.wakeIn(Math.min(longestTimerMs, Math.max(0, next - Date.now())));
  }

  private wakeIn(milliseconds: number): void {
    clearTimeout(this.timer);
    if (!this.isStarted) return;
    this.timer = setTimeout(() => this.wake(), milliseconds);
    this.timer.unref();
  }
}
