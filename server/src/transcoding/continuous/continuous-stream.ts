import { Readable } from 'node:stream';
import { HeadFailed, SegmentLate } from '../head/head-errors.js';
import type { HeadLane, LaneJob, LaneMember } from '../head/head-lane.js';
import { HeadProcess, type ProcessEnd } from '../head/head-process.js';
import type { StreamClock } from './stream-clock.js';

export interface StreamWork {
  readonly lane: HeadLane;
  readonly ffmpeg: string;
  readonly nice: number;
  readonly clock: StreamClock;
  readonly now: () => number;
  /**
   * Arguments of the next attempt at a start; undefined when there is none left.
   * @param failure why the one before ended without a byte
   */
  next(failure?: HeadFailed): { arguments: readonly string[]; mostStartMs: number } | undefined;
}

/** Bytes held beyond what the reader took: little, so that what was read is about what was sent. */
const highWaterMark = 64 * 1024;
/** Who has been sent so much more than could be played meanwhile can wait when others want the place, s. */
const aheadSeconds = 30;

/**
 * One encoder with a pipe. The reader's pace is its pace: while nothing is read, nothing is written, for hours if need be.
 * A stopped one gives its place among the encoders to whoever waits for one, and takes another when its reader goes on.
 */
export class ContinuousStream extends Readable {
  private process: HeadProcess | undefined;
  private member: LaneMember | undefined;
  private wants = true;
  private begun = false;
  /** The process is gone: what it wrote is still read, and needs no place. */
  private gone = false;
  private startedAt: number | undefined;
  private blockedMs = 0;
  private blockedAt: number | undefined;
  private watchdog: NodeJS.Timeout | undefined;
  private readonly first = Promise.withResolvers<void>();
  private readonly job: LaneJob = {
    owner: this,
    wanted: () => this.wants && !this.destroyed && !this.gone && this.member === undefined,
    start: () => this.enter(),
  };

  constructor(private readonly work: StreamWork) {
    super({ highWaterMark });
    this.first.promise.catch(() => undefined);
    work.lane.enqueue(this.job);
  }

  /** Resolves when the first bytes are there. @param placeMs how long a place is waited for @throws HeadFailed, SegmentLate */
  async started(placeMs: number, signal?: AbortSignal): Promise<void> {
    const timer = setTimeout(() => {
      const position = this.work.lane.position(this.job);
      if (position !== null) this.destroy(new SegmentLate(5, position));
    }, placeMs);
    const leave = (): void => void this.destroy();
    signal?.addEventListener('abort', leave, { once: true });
    try {
      await this.first.promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    }
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** s of the stream that the reader took, about */
  get seconds(): number {
    return this.work.clock.seconds;
  }

  get state(): 'queued' | 'running' | 'throttled' {
    if (!this.wants) return 'throttled';
    return this.member === undefined ? 'queued' : 'running';
  }

  get queuePosition(): number | null {
    return this.work.lane.position(this.job);
  }

  override _read(): void {
    if (this.wants) return;
    this.wants = true;
    this.blockedMs += this.blockedAt === undefined ? 0 : this.work.now() - this.blockedAt;
    this.blockedAt = undefined;
    if (this.member || this.gone) this.process?.resume();
    else if (this.process) this.work.lane.enqueue(this.job);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.watchdog);
    this.first.reject(error ?? new HeadFailed('encoder-failed', 'Nobody waits for it any more.'));
    this.process?.kill();
    if (!this.process) this.leave();
    this.work.lane.pump();
    done(error);
  }

  private enter(): LaneMember {
    const member: LaneMember = {
      idleMs: () => this.idleMs(),
      // Not at once: the lane is in the middle of looking at its queue.
      kill: () => queueMicrotask(() => this.stepOut(member)),
    };
    this.member = member;
    if (this.process) this.process.resume();
    else queueMicrotask(() => this.spawn());
    return member;
  }

  /** See `LaneMember`: stopped ones can go at once. */
  private idleMs(): number | null {
    if (!this.wants) return Infinity;
    const { now, clock } = this.work;
    if (this.startedAt === undefined) return null;
    const ahead = clock.seconds - (now() - this.startedAt - this.blockedMs) / 1000;
    return ahead > aheadSeconds ? ahead * 1000 : null;
  }

  private stepOut(member: LaneMember): void {
    if (this.member !== member) return;
    this.member = undefined;
    this.process?.pause();
    this.work.lane.left(member);
    if (this.wants && !this.destroyed) this.work.lane.enqueue(this.job);
  }

  private leave(): void {
    const { member } = this;
    this.member = undefined;
    if (member) this.work.lane.left(member);
  }

  private spawn(failure?: HeadFailed): void {
    const attempt = this.destroyed ? undefined : this.work.next(failure);
    if (!attempt) {
      this.leave();
      if (failure) this.destroy(failure);
      return;
    }
    const process = new HeadProcess(this.work.ffmpeg, attempt.arguments, this.work.nice, {
      data: (chunk) => this.receive(chunk, process),
      exited: () => this.exited(),
      closed: (end) => this.close(end),
    });
    this.process = process;
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => process.kill(), attempt.mostStartMs);
  }

  /** One that wrote nothing may be followed by another attempt in its place. */
  private exited(): void {
    if (!this.begun && !this.destroyed) return;
    this.gone = true;
    this.leave();
  }

  private receive(chunk: Buffer, process: HeadProcess): void {
    if (!this.begun) {
      clearTimeout(this.watchdog);
      this.begun = true;
      this.startedAt = this.work.now();
      this.first.resolve();
    }
    this.work.clock.push(chunk);
    if (this.destroyed || this.push(chunk)) return;
    this.wants = false;
    this.blockedAt = this.work.now();
    process.pause();
    this.work.lane.pump();
  }

  private close({ code, stderr, missing }: ProcessEnd): void {
    clearTimeout(this.watchdog);
    if (this.destroyed) return this.leave();
    const failure = missing
      ? new HeadFailed('ffmpeg-missing')
      : code === 0
        ? undefined
        : new HeadFailed('encoder-failed', stderr.trim() || 'It wrote nothing.');
    if (failure && !this.begun) return this.spawn(failure);
    this.leave();
    if (failure) return void this.destroy(failure);
    this.first.resolve();
    this.push(null);
  }
}
