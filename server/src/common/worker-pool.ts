import type { Worker } from 'node:worker_threads';

/** Why a pool gave no answer: `crashed` and `ended` are the thread's doing, `stopping` and `cancelled` ours. */
export type PoolTrouble = 'cancelled' | 'busy' | 'timeout' | 'crashed' | 'ended' | 'stopping';

export type WorkerPoolOptions = Readonly<{
  /** Threads at most. */
  size: number;
  /** For one request, from the moment a thread begins it. */
  timeoutMs: number;
  /** After so long without work the threads end. */
  idleMs: number;
  /** Requests waiting; one more is refused as `busy`. */
  queueLimit: number;
  /** Requests with one thread at once; more than one spares short ones the way over a busy event loop in between. */
  ahead: number;
  startWorker: () => Worker;
  /** Whether a thread is ended, and replaced, when nobody waits any more for what it is at. */
  abandon?: boolean;
  /** The error that callers get. */
  failure: (trouble: PoolTrouble, cause?: unknown) => Error;
}>;

/** For threads that wait for peers rather than for a disk: longer than an engine tries, and given up with their askers. */
export const forAddresses = { size: 4, timeoutMs: 90_000, ahead: 1, abandon: true } as const;

type Job<Request, Reply> = Readonly<{
  request: Request;
  settle: (reply: Reply) => void;
  reject: (error: Error) => void;
}>;
type Seat<Request, Reply> = {
  worker: Worker;
  jobs: Job<Request, Reply>[];
  timer: NodeJS.Timeout | null;
  ended: boolean;
};

/**
 * Asks a few threads that answer one request after the other, in order. Threads come and go with the work; one that
 * hangs or dies is replaced, and only the request it was at fails.
 */
export class WorkerPool<Request, Reply> {
  private readonly queue: Job<Request, Reply>[] = [];
  private readonly seats: Seat<Request, Reply>[] = [];
  private idle: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(private readonly options: WorkerPoolOptions) {}

  /** Threads alive now. */
  get threads(): number {
    return this.seats.length;
  }

  /** @param read turns the reply into the answer; what it throws is the caller's. Rejects with `failure` otherwise. */
  ask<T>(request: Request, read: (reply: Reply) => T, signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const { failure } = this.options;
      if (this.closed || signal?.aborted === true) return reject(failure('cancelled'));
      if (this.queue.length >= this.options.queueLimit) return reject(failure('busy'));
      const abort = (): void => {
        const waiting = this.queue.indexOf(job);
        if (waiting >= 0) this.queue.splice(waiting, 1);
        const seat = this.options.abandon === true && this.seats.find(({ jobs }) => jobs[0] === job);
        if (seat) this.replace(seat, failure('cancelled'));
        else job.reject(failure('cancelled'));
      };
      const done = (): void => signal?.removeEventListener('abort', abort);
      const job: Job<Request, Reply> = {
        request,
        settle: (reply) => {
          done();
          try {
            resolve(read(reply));
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        },
        reject: (error) => (done(), reject(error)),
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.queue.push(job);
      this.dispatch();
    });
  }

  /** Ends the threads; what waits or runs is rejected. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.idle !== null) clearTimeout(this.idle);
    const jobs = [...this.queue.splice(0), ...this.seats.flatMap((seat) => seat.jobs.splice(0))];
    for (const job of jobs) job.reject(this.options.failure('stopping'));
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

  private seatForNext(): Seat<Request, Reply> | null {
    const free = this.seats.reduce<Seat<Request, Reply> | null>(
      (best, seat) => (best && best.jobs.length <= seat.jobs.length ? best : seat),
      null,
    );
    if (free?.jobs.length === 0) return free;
    if (this.seats.length < this.options.size) return this.seat();
    return free !== null && free.jobs.length < this.options.ahead ? free : null;
  }

  private seat(): Seat<Request, Reply> {
    const { startWorker, failure } = this.options;
    const seat: Seat<Request, Reply> = { worker: startWorker(), jobs: [], timer: null, ended: false };
    seat.worker.on('message', (reply: Reply) => this.settle(seat, reply));
    seat.worker.on('error', (error) => this.replace(seat, failure('crashed', error)));
    seat.worker.on('exit', () => this.replace(seat, failure('ended')));
    this.seats.push(seat);
    return seat;
  }

  /** A thread turns to its next request: the clock of the time limit starts. */
  private begin(seat: Seat<Request, Reply>): void {
    if (seat.timer !== null) clearTimeout(seat.timer);
    seat.timer = null;
    if (seat.jobs.length === 0) return seat.worker.unref();
    seat.worker.ref();
    const late = (): void => this.replace(seat, this.options.failure('timeout'));
    seat.timer = setTimeout(late, this.options.timeoutMs);
  }

  private settle(seat: Seat<Request, Reply>, reply: Reply): void {
    if (seat.ended) return;
    const job = seat.jobs.shift();
    this.begin(seat);
    job?.settle(reply);
    this.dispatch();
  }

  /** Gives up on a thread and the request it was at; what was sent ahead goes back to the front of the queue. */
  private replace(seat: Seat<Request, Reply>, failure: Error): void {
    if (seat.ended) return;
    const [current, ...ahead] = seat.jobs.splice(0);
    this.queue.unshift(...ahead);
    // Not awaited: a thread stuck in a read of a dead mount ends only when the read does.
    void this.vacate(seat);
    current?.reject(failure);
    this.dispatch();
  }

  private async vacate(seat: Seat<Request, Reply>): Promise<void> {
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
