import type { ServerEventPayload } from '@hearth/contract/events';
import type { EventBus } from '../../events/event-bus.js';
import type { JobContext } from '../../jobs/job-queue.js';

type Progress = ServerEventPayload<'scan.progress'>;

const betweenMs = 250;
/** A job that takes longer to breathe is paused. */
const pausedAfterMs = 300;

/** Tells the job and the clients how far a scan is, a few times a second. */
export class ScanReport {
  readonly counts = { filesDone: 0, added: 0, changed: 0, failed: 0 };
  filesTotal: number | null = null;
  current = '';
  private toldAt = 0;

  constructor(
    private readonly libraryId: string,
    private readonly context: JobContext,
    private readonly events: EventBus,
  ) {}

  /** To be called after every step; most calls do nothing. */
  tick(): void {
    const now = Date.now();
    if (now - this.toldAt < betweenMs) return;
    this.toldAt = now;
    this.tell('running');
  }

  tell(state: Progress['state']): void {
    const { filesTotal, current } = this;
    const progress =
      state === 'done' ? 100 : filesTotal === null ? null : percent(this.counts.filesDone, filesTotal);
    this.context.progress(progress, this.message());
    this.events.publish('scan.progress', {
      libraryId: this.libraryId,
      jobId: this.context.jobId,
      state,
      progress,
      ...this.counts,
      filesTotal,
      current,
    });
  }

  /** Waits while the job is paused, and says so. @throws JobInterrupted */
  async breathe(): Promise<void> {
    const timer = setTimeout(() => this.tell('paused'), pausedAfterMs);
    try {
      await this.context.breathe();
    } finally {
      clearTimeout(timer);
    }
  }

  private message(): string {
    const { added, changed, failed, filesDone } = this.counts;
    if (this.filesTotal === null) return 'Looking for files';
    return `${filesDone} of ${this.filesTotal} files · ${added} new · ${changed} changed · ${failed} unreadable`;
  }
}

const percent = (done: number, total: number): number =>
  total === 0 ? 100 : Math.min(100, (done / total) * 100);
