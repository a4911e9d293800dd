import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ProblemError } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { JobControl, JobQueue } from '../jobs/job-queue.js';
import { Library } from './entities/library.entity.js';
import { ScanJob } from './scan/scan.job.js';
import type { ScanPayload } from './scan/scan-payload.js';

const underWay = new Set(['waiting', 'running', 'paused']);

/** Asks for scans, and knows which are under way. */
@Injectable()
export class ScanService implements OnModuleInit {
  private readonly asked = new Map<string, string>();

  constructor(
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(JobControl) private readonly control: JobControl,
    private readonly job: ScanJob,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.queue.register(this.job.definition);
  }

  /** @returns the job's id: of the scan under way, if there is one */
  async scan(libraryId: string, full: boolean, delayMs?: number): Promise<string> {
    const label = await this.labelOf(libraryId);
    const jobId = await this.queue.enqueue(this.job.definition, { libraryId, full }, { label, delayMs });
    this.asked.set(libraryId, jobId);
    return jobId;
  }

  /** Scans some directories only, after changes that the watcher saw. */
  async scanWithin(libraryId: string, within: NonNullable<ScanPayload['within']>): Promise<void> {
    const label = await this.labelOf(libraryId);
    await this.queue.enqueue(this.job.definition, { libraryId, full: false, within }, { label, priority: 1 });
  }

  /** The running or waiting scan of a library. */
  async jobOf(libraryId: string): Promise<string | null> {
    const id = this.job.running.get(libraryId) ?? this.asked.get(libraryId);
    if (id === undefined) return null;
    try {
      const { state } = await this.control.get(id);
      if (underWay.has(state)) return id;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error; // dropped from the list of jobs
    }
    this.asked.delete(libraryId);
    return null;
  }

  async cancel(libraryId: string): Promise<void> {
    const id = await this.jobOf(libraryId);
    if (id === null) return;
    try {
      await this.control.cancel(id);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error; // ended in this moment
    }
  }

  private async labelOf(libraryId: string): Promise<string> {
    const library = await this.database.read.findOneBy(Library, { id: libraryId });
    return library?.name ?? '';
  }
}
