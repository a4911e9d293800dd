import { z } from 'zod';
import { Logger, LogSink } from '../../server/src/common/log/logger.js';
import type { JobContext, JobDefinition } from '../../server/src/jobs/job-queue.js';

const probePayload = z.object({ n: z.number(), key: z.string().nullable().default(null) });
export type ProbePayload = z.output<typeof probePayload>;

export interface ProbeRun {
  readonly n: number;
  readonly context: JobContext;
  finish(): void;
  fail(error: Error): void;
}

/** A kind of job whose runs the test ends by hand. */
export class ProbeJob {
  readonly runs: ProbeRun[] = [];
  /** Jobs, by their number, that will not be done. */
  readonly givenUp: number[] = [];
  readonly definition: JobDefinition<ProbePayload>;

  constructor(options: Partial<Pick<JobDefinition, 'name' | 'attempts' | 'concurrency'>> = {}) {
    this.definition = {
      name: options.name ?? 'test.probe',
      payload: probePayload,
      key: (payload) => payload.key,
      attempts: options.attempts ?? 3,
      concurrency: options.concurrency ?? 1,
      handler: (payload, context) => this.handle(payload, context),
      givenUp: ({ n }) => Promise.resolve(void this.givenUp.push(n)),
    };
  }

  get order(): number[] {
    return this.runs.map((run) => run.n);
  }

  private async handle({ n }: ProbePayload, context: JobContext): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.runs.push({ n, context, finish: resolve, fail: reject });
      context.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await context.breathe();
  }
}

/** A log nobody reads. */
export const quietLogger = (): Logger => new Logger(new LogSink('error', () => undefined), 'test');
