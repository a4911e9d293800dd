import { FragmentReader } from '../cmaf/fragment-reader.js';
import type { Sample, Track } from '../cmaf/track.js';
import {
  type SegmentTable,
  segmentCount,
  segmentDuration,
  segmentStart,
  timelineOrigin,
} from '../timeline/segment-table.js';
import { headArguments, type HeadPlan } from './arguments.js';
import { cutterFor } from './choose-cutter.js';
import type { Cutter } from './cutter.js';
import { HeadFailed, LateStart } from './head-errors.js';
import { HeadMeter } from './head-meter.js';
import { HeadProcess, type ProcessEnd } from './head-process.js';
import { selfContained } from './parameter-sets.js';

export type HeadEnd =
  | { readonly why: 'killed' | 'finished' | 'late-start' }
  | { readonly why: 'failed'; readonly failure: HeadFailed };

export interface HeadEvents {
  /** Before any sample. @returns what key frames must carry to decode behind the rendition's header; mostly nothing */
  track(track: Track): Promise<Buffer>;
  /** Keeps a segment; nothing more is cut until it is kept. @throws HeadFailed */
  keep(index: number, bytes: Uint8Array): Promise<void>;
  /** The segment is kept, and `next` stands behind it. */
  made(index: number, bytes: Uint8Array): void;
  /** The process is gone. */
  exited(): void;
  /** Nothing more will come. */
  closed(end: HeadEnd): void;
}

export interface HeadLimits {
  readonly nice: number;
  /** Seconds made ahead of the last request before it is held back; it goes on at half. */
  readonly aheadSeconds: number;
  /** A hardware encoder that wrote nothing for so long hangs, ms. */
  readonly hardwareStartMs: number;
}

/** Unread bytes held at most, besides the box being read: what one turn of the event loop brings. */
const backlogLimit = 1024 * 1024;

/** One encoder at a position: its process, what it wrote cut into segments, and how far it may run ahead. */
export class Head {
  next: number;
  readonly meter: HeadMeter;
  /** The highest segment asked for that this head makes. */
  private wanted: number;
  private throttled = false;
  private process: HeadProcess | undefined;
  private readonly header = Promise.withResolvers<Track>();
  private readonly reader = new FragmentReader();
  private cutter: Cutter | undefined;
  private sets = Buffer.alloc(0);
  private backlog = 0;
  private work = Promise.resolve();
  private verdict: HeadEnd | undefined;
  private watchdog: NodeJS.Timeout | undefined;

  constructor(
    readonly start: number,
    private readonly table: SegmentTable,
    private readonly limits: HeadLimits,
    private readonly events: HeadEvents,
    now: () => number,
  ) {
    this.next = start;
    this.wanted = start;
    this.meter = new HeadMeter(now);
    this.header.promise.catch(() => undefined); // nobody may ask for it
  }

  /** Its own header, before its first segment. Rejects where it ends without one. */
  get track(): Promise<Track> {
    return this.header.promise;
  }

  /** @param prepare makes sure of the source first; @param ffmpeg a name or a path */
  async run(ffmpeg: string, prepare: () => Promise<HeadPlan>): Promise<void> {
    try {
      const plan = await prepare();
      if (this.verdict) return this.never();
      this.spawn(ffmpeg, plan);
    } catch (error) {
      this.verdict ??= { why: 'failed', failure: asFailure(error) };
      this.never();
    }
  }

  get isThrottled(): boolean {
    return this.throttled;
  }

  get isOver(): boolean {
    return this.verdict !== undefined;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Somebody asks for a segment of ours. */
  want(index: number): void {
    this.wanted = Math.max(this.wanted, index);
    this.regulate();
  }

  /** Seconds made beyond what was last asked for. */
  get aheadSeconds(): number {
    return Math.max(0, segmentStart(this.table, this.next) - segmentStart(this.table, this.wanted + 1));
  }

  kill(): void {
    this.stop({ why: 'killed' });
  }

  /** Takes a reading of the CPU time; two make a share. */
  async readCpu(): Promise<void> {
    this.meter.readCpu((await this.process?.cpuSeconds()) ?? null);
  }

  private spawn(ffmpeg: string, plan: HeadPlan): void {
    const origin = timelineOrigin(plan.input.media);
    const makeCutter = (track: Track): Cutter =>
      cutterFor(plan.rendition, track, this.table, this.start, origin);
    this.process = new HeadProcess(ffmpeg, headArguments(plan), this.limits.nice, {
      data: (chunk) => this.receive(chunk, makeCutter),
      exited: () => this.events.exited(),
      closed: (end) => void this.work.then(() => this.close(end)),
    });
    if (!plan.encoder.hardware || plan.rendition.action === 'copy' || plan.rendition.kind === 'audio') return;
    const hung = new HeadFailed('encoder-failed', `${plan.encoder.name} wrote nothing`);
    this.watchdog = setTimeout(
      () => this.stop({ why: 'failed', failure: hung }),
      this.limits.hardwareStartMs,
    );
  }

  private receive(chunk: Buffer, makeCutter: (track: Track) => Cutter): void {
    this.backlog += chunk.length;
    this.regulate();
    this.work = this.work
      .then(() => (this.verdict ? undefined : this.consume(chunk, makeCutter)))
      .catch((error: unknown) => {
        if (error instanceof LateStart) this.stop({ why: 'late-start' });
        else this.stop({ why: 'failed', failure: asFailure(error) });
      })
      .then(() => {
        this.backlog -= chunk.length;
        this.regulate();
      });
  }

  private async consume(chunk: Buffer, makeCutter: (track: Track) => Cutter): Promise<void> {
    for (const part of this.reader.push(chunk)) {
      if (part.type === 'init') {
        clearTimeout(this.watchdog);
        this.cutter = makeCutter(part.track);
        this.header.resolve(part.track);
        this.sets = Buffer.from(await this.events.track(part.track));
      } else await this.keep(part.samples);
    }
  }

  private async keep(samples: readonly Sample[]): Promise<void> {
    this.meter.made(samples.length, 0);
    const whole = this.sets.length === 0 ? samples : selfContained(samples, this.sets);
    for (const { index, bytes } of this.cutter?.push(whole) ?? []) await this.deliver(index, bytes);
  }

  private async deliver(index: number, bytes: Uint8Array): Promise<void> {
    if (this.verdict) return;
    this.meter.made(0, segmentDuration(this.table, index));
    await this.events.keep(index, bytes);
    this.next = index + 1;
    this.events.made(index, bytes);
    this.regulate();
  }

  /** Not reading is the throttle. */
  private regulate(): void {
    const limit = this.throttled ? this.limits.aheadSeconds / 2 : this.limits.aheadSeconds;
    this.throttled = this.aheadSeconds > limit;
    if (this.throttled || this.backlog > backlogLimit) {
      this.process?.pause();
      this.meter.paused();
    } else {
      this.process?.resume();
      this.meter.resumed();
    }
  }

  private stop(verdict: HeadEnd): void {
    if (this.verdict) return;
    this.verdict = verdict;
    clearTimeout(this.watchdog);
    this.process?.kill();
  }

  private async close(end: ProcessEnd): Promise<void> {
    clearTimeout(this.watchdog);
    if (!this.verdict) this.verdict = await this.conclude(end);
    this.leave(this.verdict);
  }

  private async conclude({ code, stderr, missing }: ProcessEnd): Promise<HeadEnd> {
    if (missing) return { why: 'failed', failure: new HeadFailed('ffmpeg-missing') };
    if (code !== 0) return { why: 'failed', failure: new HeadFailed('encoder-failed', stderr.trim()) };
    try {
      this.reader.end();
      for (const { index, bytes } of this.cutter?.end() ?? []) await this.deliver(index, bytes);
      return { why: 'finished' };
    } catch (error) {
      return { why: 'failed', failure: asFailure(error) };
    }
  }

  private never(): void {
    this.events.exited();
    this.leave(this.verdict ?? { why: 'killed' });
  }

  private leave(end: HeadEnd): void {
    this.header.reject(new HeadFailed('encoder-failed', 'It ended before its header.'));
    this.events.closed(end);
  }

  get isComplete(): boolean {
    return this.next >= segmentCount(this.table);
  }
}

const asFailure = (error: unknown): HeadFailed =>
  error instanceof HeadFailed
    ? error
    : new HeadFailed('encoder-failed', error instanceof Error ? error.message : String(error));
