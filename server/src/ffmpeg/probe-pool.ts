import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ProbeFailed, type Inspection, type Inspector, type ProbeOptions } from './media-probe.js';
import { inspectionFrom, subtitlesFrom, type WorkerReply, type WorkerRequest } from './probe-messages.js';

export type ProbePoolOptions = Readonly<{
  /** Threads; default two, or one on a single core. */
  size?: number;
  /** For one file, from the moment a thread begins it. */
  timeoutMs?: number;
  /** After so long without work the threads end. */
  idleMs?: number;
  /** Files waiting; one more is refused with `busy`. */
  queueLimit?: number;
  /** Starts a thread; specs run the entry from source. */
  startWorker?: () => Worker;
}>;

type Job = Readonly<{
  request: WorkerRequest;
  /** Throws ProbeFailed if the reply is a failure. */
  settle: (reply: WorkerReply) => void;
  reject: (error: ProbeFailed) => void;
}>;
type Seat = { worker: Worker; jobs: Job[]; timer: NodeJS.Timeout | null; ended: boolean };

/** Requests sent ahead to one thread, so that it need not wait for a busy event loop between two files. */
const AHEAD = 4;

/** Runs the in-process probe in a few threads: the event loop never waits for a disk. Threads come and go with the work. */
export class ProbePool implements Inspector {
  private readonly options: Required<ProbePoolOptions>;
  private readonly queue: Job[] = [];
  private readonly seats: Seat[] = [];
  private idle: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(options: ProbePoolOptions = {}) {
    this.options = {
      size: Math.min(2, availableParallelism()),
      timeoutMs: 10_000,
      idleMs: 10_000,
      queueLimit: 2_000,
      startWorker: () =>
        new Worker(new URL('./probe-worker.js', import.meta.url), {
          resourceLimits: { maxOldGenerationSizeMb: 128 },
        }),
      ...options,
    };
  }

  /** Threads alive now. */
  get threads(): number {
    return this.seats.length;
  }

  inspect(path: string, options: ProbeOptions = {}): Promise<Inspection> {
    return this.ask({ task: 'inspect', path }, inspectionFrom, options);
  }

  /** A text track as WebVTT by the container's index; null where there is no such index. @throws ProbeFailed */
  subtitles(path: string, streamIndex: number, options: ProbeOptions = {}): Promise<string | null> {
    return this.ask({ task: 'subtitles', path, streamIndex }, subtitlesFrom, options);
  }

  private ask<T>(
    request: WorkerRequest,
    read: (reply: WorkerReply) => T,
    { signal }: ProbeOptions,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancelled = (): ProbeFailed => new ProbeFailed('cancelled', 'The probe was cancelled.');
      if (this.closed || signal?.aborted === true) return reject(cancelled());
      if (this.queue.length >= this.options.queueLimit) {
        return reject(new ProbeFailed('busy', 'Too many files are waiting to be probed.'));
      }
      const abort = (): void => {
        const waiting = this.queue.indexOf(job);
        if (waiting >= 0) this.queue.splice(waiting, 1);
        job.reject(cancelled());
      };
      const done = (): void => signal?.removeEventListener('abort', abort);
      const job: Job = {
        request,
        settle: (reply) => (done(), resolve(read(reply))),
        reject: (error) => (done(), reject(error)),
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.queue.push(job);
      this.dispatch();
    });
  }

  /** Ends the threads; what waits or runs is rejected as cancelled. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.idle !== null) clearTimeout(this.idle);
    const jobs = [...this.queue.splice(0), ...this.seats.flatMap((seat) => seat.jobs.splice(0))];
    for (const job of jobs) job.reject(new ProbeFailed('cancelled', 'The server is stopping.'));
    await Promise.all(this.seats.map((seat) => this.vacate(seat)));
  }

  private dispatch(): void {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    while (this.queue.length > 0) {
      const seat = this.seatForNext();
      if (seat === null) return;
      const job = this.queue.shift();
      if (job === undefined) return;
      if (seat.jobs.push(job) === 1) this.begin(seat);
      seat.worker.postMessage(job.request);
    }
    if (this.seats.every(({ jobs }) => jobs.length === 0)) this.rest();
  }

  private seatForNext(): Seat | null {
    const free = this.seats.reduce<Seat | null>(
      (best, seat) => (best && best.jobs.length <= seat.jobs.length ? best : seat),
      null,
    );
    if (free?.jobs.length === 0) return free;
    if (this.seats.length < this.options.size) return this.seat();
    return free !== null && free.jobs.length < AHEAD ? free : null;
  }

  private seat(): Seat {
    const seat: Seat = { worker: this.options.startWorker(), jobs: [], timer: null, ended: false };
    seat.worker.on('message', (reply: WorkerReply) => this.settle(seat, reply));
    seat.worker.on('error', (error) =>
      this.replace(
        seat,
        new ProbeFailed('probe-crashed', 'The probe crashed on this file.', { cause: error }),
      ),
    );
    seat.worker.on('exit', () =>
      this.replace(seat, new ProbeFailed('probe-crashed', 'The probe ended on this file.')),
    );
    this.seats.push(seat);
    return seat;
  }

  /** A thread turns to its next file: the clock of the time limit starts. */
  private begin(seat: Seat): void {
    if (seat.timer !== null) clearTimeout(seat.timer);
    seat.timer = null;
    if (seat.jobs.length === 0) return seat.worker.unref();
    seat.worker.ref();
    const late = (): void =>
      this.replace(seat, new ProbeFailed('timeout', 'Reading the file took too long.'));
    seat.timer = setTimeout(late, this.options.timeoutMs);
  }

  private settle(seat: Seat, reply: WorkerReply): void {
    if (seat.ended) return;
    const job = seat.jobs.shift();
    this.begin(seat);
    try {
      job?.settle(reply);
    } catch (error) {
      if (!(error instanceof ProbeFailed)) throw error;
      job?.reject(error);
    }
    this.dispatch();
  }

  /** Gives up on a thread and the file it was at; the files sent ahead go back to the front of the queue. */
  private replace(seat: Seat, failure: ProbeFailed): void {
    if (seat.ended) return;
    const [current, ...ahead] = seat.jobs.splice(0);
    this.queue.unshift(...ahead);
    // Not awaited: a thread stuck in a read of a dead mount ends only when the read does.
    void this.vacate(seat);
    current?.reject(failure);
    this.dispatch();
  }

  private async vacate(seat: Seat): Promise<void> {
    seat.ended = true;
    if (seat.timer !== null) clearTimeout(seat.timer);
    const at = this.seats.indexOf(seat);
    if (at >= 0) this.seats.splice(at, 1);
    await seat.worker.terminate();
  }

  private rest(): void {
    if (this.seats.length === 0) return;
    this.idle = setTimeout(() => {
      for (const seat of [...this.seats]) void this.vacate(seat);
    }, this.options.idleMs);
    this.idle.unref();
  }
}
