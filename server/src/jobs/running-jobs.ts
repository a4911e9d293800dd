import { atMost } from '../common/at-most.js';
import type { JobRecord, JobRecords, RecordState } from './job-record.js';
import { JobRun } from './job-run.js';

/** A handler that does not obey its signal for this long is left behind; its job starts again next time. */
const stopGraceMs = 800;

export interface RunningJobsSinks {
  /** Takes what is known of a running job to everyone; no step, so it steers nobody. */
  readonly tell: (record: JobRecord) => void;
  /** Logs what goes wrong in work that nobody awaits. */
  readonly attend: (work: Promise<unknown>, trouble: string, jobId: string) => void;
}

/** Whether a record is still at this try: a job may be cancelled and run again, elsewhere even, between two looks. */
const isOf = (run: JobRun, { state, startedAt }: JobRecord): boolean =>
  (state === 'running' || state === 'suspended') && startedAt === run.record.startedAt;

/** The handlers that run in this process, and how their records steer them. */
export class RunningJobs {
  private readonly runs = new Map<string, JobRun>();

  constructor(
    private readonly records: JobRecords,
    private readonly sinks: RunningJobsSinks,
  ) {}

  get ids(): string[] {
    return [...this.runs.keys()];
  }

  /** Kinds of what runs, one name a run. */
  get names(): string[] {
    return [...this.runs.values()].map(({ record }) => record.name);
  }

  get(id: string): JobRun | undefined {
    return this.runs.get(id);
  }

  begin(record: JobRecord): JobRun {
    const run = new JobRun(record, {
      tell: () => this.sinks.tell(this.inProgress(run)),
      save: () => this.save(run),
    });
    this.runs.set(record.id, run);
    return run;
  }

  /** Lets go of a run whose outcome is stored. */
  end(run: JobRun): void {
    this.runs.delete(run.jobId);
    run.close();
  }

  /** Makes the handler do what its record says. @returns whether it had to change its ways */
  steer({ id, state }: JobRecord): boolean {
    const run = this.runs.get(id);
    if (!run) return false;
    if (state === 'suspended') return run.pause();
    if (state === 'running') return run.resume();
    return state === 'cancelled' && run.interrupt();
  }

  /**
   * Another process took a step with this job: reads the record and obeys that, not the message, which another one
   * may have overtaken on its way.
   */
  hearOf({ id, state }: JobRecord): void {
    const run = this.runs.get(id);
    if (!run) return;
    const work = this.look(run, state, () => this.records.get(id));
    this.sinks.attend(work, 'could not be steered', id);
  }

  /** Interrupts all handlers and waits, but not for long, until they are through. @returns kinds of those that are not */
  async interruptAll(): Promise<string[]> {
    const ending = [...this.runs.values()].map((run) => run.ended);
    for (const run of this.runs.values()) run.interrupt();
    await atMost(Promise.all(ending), stopGraceMs);
    return this.names;
  }

  /** Also how a pause or cancellation arrives whose message got lost on the way. */
  private save(run: JobRun): void {
    const store = async (): Promise<JobRecord | undefined> =>
      (await this.records.change(run.jobId, ['running', 'suspended'], run.latest)) ??
      (await this.records.get(run.jobId));
    this.sinks.attend(this.look(run, undefined, store), 'could not store its progress', run.jobId);
  }

  /**
   * Reads a record and steers by it. One look at a time: of two answers that overtook each other, the older would
   * pause a handler for good. Whatever turned the handler has to say so: progress it sent before may arrive elsewhere
   * after the order, and the last word has to be right.
   * @param heard what a message said; that is set right, too
   */
  private look(
    run: JobRun,
    heard: RecordState | undefined,
    read: () => Promise<JobRecord | undefined>,
  ): Promise<void> {
    const looking = run.lastLook.then(async () => {
      if (run.isOver()) return;
      const current = await read();
      // The outcome is told by whoever stores it.
      if (run.isOver()) return;
      const isTurned = current && isOf(run, current) ? this.steer(current) : run.interrupt();
      const isWrong = heard !== undefined && heard !== current?.state;
      if (current && (isTurned || isWrong))
        this.sinks.tell(run.signal.aborted ? current : this.inProgress(run));
    });
    run.lastLook = looking.catch(() => undefined);
    return looking;
  }

  private inProgress({ record, latest, isPaused }: JobRun): JobRecord {
    return { ...record, ...latest, state: isPaused ? 'suspended' : 'running' };
  }
}
