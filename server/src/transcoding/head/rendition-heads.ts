import type { RenditionActivity } from '@hearth/contract/session-activity';
import type { Track } from '../cmaf/track.js';
import { segmentCount, type SegmentTable, usualDuration } from '../timeline/segment-table.js';
import type { MediaInput } from '../media-input.js';
import type { Rendition } from '../rendition.js';
import { type SegmentKey, SegmentStoreFull } from '../store/segment-store.port.js';
import type { HeadPlan } from './arguments.js';
import { Head, type HeadEnd, type HeadLimits } from './head.js';
import { HeadFailed, SegmentEnded, SegmentLate } from './head-errors.js';
import type { HeadLane, LaneJob, LaneMember } from './head-lane.js';
import type { HeadTools } from './head-tools.js';
import { needsIndex } from '../timeline/segment-tables.js';
import { RenditionHeader } from './rendition-header.js';
import { SourceGuard } from './source-guard.js';
import { failureMs, Troubles } from './troubles.js';
import { Waiters } from './waiters.js';

interface Runner extends LaneMember {
  readonly head: Head;
  readonly encoder: string | null;
  idleSince: number;
}

interface PendingStart extends LaneJob {
  readonly index: number;
  /** Until when it keeps its place though nobody waits: who was told to come back soon. */
  graceUntil: number;
}

/** A head that delivered a moment ago is about to be asked for more. */
const askAgainMs = 400;
/** How long who was late keeps a place in the queue, ms. */
const graceMs = 10_000;
/**
 * A copy of sound costs next to nothing, so one head makes most of a film's. Where a container counts milliseconds (FLV), a
 * head that begins elsewhere rounds other ticks.
 */
const copiedSoundSeconds = 240;
/** Two starts within this time are a seek storm: the later one waits until it is the last. */
const stormMs = 400;
const stormDelayMs = 150;

/** Everything that makes segments of one rendition of one content, shared by all who watch it. */
export class RenditionHeads {
  private lastRequestAt: number;
  /** Hardware failed here: `hardware-encoder-failed`. */
  hardwareFailed = false;
  private readonly header: RenditionHeader;
  private readonly waiters = new Waiters();
  private readonly runners = new Set<Runner>();
  private readonly pending = new Set<PendingStart>();
  private readonly troubles: Troubles;
  private readonly guard: SourceGuard;
  /** Where the file was found to end before its table does, and when: a hiccup of its disk looks the same. */
  private end: { readonly at: number; readonly found: number } | null = null;
  private lastStartAt = -Infinity;
  private lastError: string | null = null;

  constructor(
    readonly input: MediaInput,
    readonly rendition: Rendition,
    private readonly table: SegmentTable,
    private readonly lane: HeadLane,
    private readonly tools: HeadTools,
  ) {
    this.lastRequestAt = tools.now();
    this.guard = new SourceGuard(input);
    this.troubles = new Troubles(tools.now);
    this.header = new RenditionHeader(input, rendition, table, tools, () => this.encoder());
  }

  /** @throws HeadFailed, ProcessFailed */
  init(): Promise<Uint8Array> {
    return this.header.init(() => {
      if (this.rendition.action === 'copy') this.warm(0);
      return [...this.runners][0]?.head.track;
    });
  }

  /** @throws HeadFailed, SegmentLate, SegmentEnded, and the signal's reason */
  async segment(index: number, deadlineMs: number, signal?: AbortSignal): Promise<Uint8Array> {
    this.lastRequestAt = this.tools.now();
    if (!(index >= 0 && index < segmentCount(this.table))) throw new SegmentEnded(segmentCount(this.table));
    const stored = await this.stored(index);
    this.coveringRunner(index)?.head.want(index);
    if (stored) return stored;
    signal?.throwIfAborted();
    const ended = this.end && this.tools.now() - this.end.found < failureMs ? this.end.at : Infinity;
    if (index >= ended) throw new SegmentEnded(ended);
    const failure = this.troubles.failure(index);
    if (failure) throw failure;
    const ticket = this.waiters.join(index, deadlineMs, signal, (left) => this.left(index, left));
    void this.make(index);
    return ticket.catch((error: unknown) => {
      throw error === Waiters.late ? this.lateness(index) : error;
    });
  }

  /** Has a head begin at a segment before anybody asks for it, as when a session opens. */
  warm(index: number): void {
    this.lastRequestAt = this.tools.now();
    void this.stored(index).then((bytes) => (bytes ? undefined : this.ensure(index, true)));
  }

  /** Ms since anybody asked, or waited. */
  get idleMs(): number {
    if (this.waiters.count > 0) this.lastRequestAt = this.tools.now();
    return this.tools.now() - this.lastRequestAt;
  }

  get isIdle(): boolean {
    return this.runners.size === 0 && this.pending.size === 0 && this.waiters.count === 0;
  }

  get pids(): number[] {
    return [...this.runners].flatMap(({ head }) => head.pid ?? []);
  }

  /** Ends all heads; segments stay. @param isOver whoever still waits has left: no head begins for them again */
  release(isOver = false): void {
    this.pending.clear();
    if (isOver) this.waiters.rejectFrom(0, new SegmentLate(1, null));
    for (const { head } of this.runners) head.kill();
    this.lane.pump();
  }

  readCpu(): void {
    for (const { head } of this.runners) void head.readCpu();
  }

  activity(): RenditionActivity {
    const runner = [...this.runners].sort((a, b) => b.idleSince - a.idleSince)[0];
    const [waiting] = this.pending;
    const queuePosition = waiting ? this.lane.position(waiting) : null;
    const rates = runner?.head.meter.rates() ?? { framesPerSecond: null, speed: null };
    const idle = this.lastError === null ? 'idle' : 'failed';
    return {
      renditionId: this.rendition.id,
      state: runner ? (runner.head.isThrottled ? 'throttled' : 'running') : waiting ? 'queued' : idle,
      queuePosition,
      ...rates,
      encoder: this.encoderName(),
      cpu: runner?.head.meter.cpu ?? null,
      aheadSeconds: runner?.head.aheadSeconds ?? 0,
      error: this.lastError,
    };
  }

  private stored = (index: number): Promise<Uint8Array | undefined> => this.tools.store.get(this.key(index));

  private encoder() {
    return this.hardwareFailed ? this.tools.software : this.tools.encoder();
  }

  private encoderName(): string | null {
    if (this.rendition.action === 'copy') return null;
    return this.rendition.kind === 'video' ? this.encoder().name : 'aac';
  }

  private lateness(index: number): SegmentLate {
    const job = [...this.pending].find((one) => one.index <= index);
    if (job) job.graceUntil = this.tools.now() + graceMs;
    const position = job ? this.lane.position(job) : null;
    return new SegmentLate(position === null ? 2 : 4, position);
  }

  private left(index: number, aborted: boolean): void {
    const runner = this.coveringRunner(index);
    if (aborted && runner) runner.idleSince = Math.min(runner.idleSince, this.tools.now() - askAgainMs);
    // After whoever was late has marked the place in the queue as kept.
    queueMicrotask(() => this.lane.pump());
  }

  /** Segments a head may be behind what is asked of it: three seconds of its work, about what a start costs. */
  private reach({ head }: Runner): number {
    const seconds = Math.min(24, 3 * (head.meter.rates().speed ?? 0));
    return Math.max(2, Math.floor(seconds / Math.max(0.1, usualDuration(this.table))));
  }

  private coveringRunner(index: number): Runner | undefined {
    return [...this.runners].find(
      (runner) =>
        !runner.head.isOver && index >= runner.head.start && index <= runner.head.next + this.reach(runner),
    );
  }

  private async make(index: number): Promise<void> {
    const runner = this.coveringRunner(index);
    // It may have been made while we looked for it; if not, it was made and thrown out.
    const again = runner && index < runner.head.next ? await this.stored(index) : undefined;
    if (again) this.waiters.deliver(index, again);
    else if (this.waiters.has(index)) this.ensure(index);
  }

  /** A head for a segment: one that will come to it, one that waits for its turn, or a new one. */
  private ensure(index: number, warm = false): void {
    const runner = this.coveringRunner(index);
    if (runner && index >= runner.head.next) return runner.head.want(index);
    if ([...this.pending].some((job) => index >= job.index && index <= job.index + 2)) return;
    const now = this.tools.now();
    const storm = now - this.lastStartAt < stormMs;
    this.lastStartAt = now;
    if (!storm) return this.enqueue(index, warm);
    setTimeout(() => {
      if (this.waiters.has(index) && !this.isMade(index)) this.enqueue(index);
    }, stormDelayMs);
  }

  private isMade(index: number): boolean {
    const runner = this.coveringRunner(index);
    return (
      (runner !== undefined && index >= runner.head.next) ||
      [...this.pending].some((job) => index >= job.index && index <= job.index + 2)
    );
  }

  private enqueue(index: number, warm = false): void {
    const job: PendingStart = {
      index,
      owner: this,
      graceUntil: warm ? this.tools.now() + graceMs : 0,
      wanted: () => {
        const wanted =
          this.pending.has(job) &&
          (this.waiters.within(index, index + 2) || this.tools.now() < job.graceUntil);
        if (!wanted) this.pending.delete(job);
        return wanted;
      },
      start: () => {
        this.pending.delete(job);
        return this.start(index);
      },
    };
    this.pending.add(job);
    this.lane.enqueue(job);
  }

  private start(index: number): Runner {
    const encoder = this.encoder();
    const head = new Head(
      index,
      this.table,
      this.limits(),
      {
        track: (track: Track) => this.header.accept(track),
        keep: (at, bytes) => this.keep(at, bytes),
        made: (at, bytes) => this.made(runner, at, bytes),
        exited: () => this.lane.left(runner),
        closed: (end) => this.closed(runner, end, encoder.hardware),
      },
      this.tools.now,
    );
    const runner: Runner = {
      head,
      encoder: this.encoderName(),
      idleSince: this.tools.now(),
      kill: () => head.kill(),
      idleMs: (owner) => this.idleOf(runner, owner),
    };
    this.runners.add(runner);
    void head.run(this.tools.ffmpeg, () => this.plan(index));
    return runner;
  }

  private limits(): HeadLimits {
    const { videoLimits, audioLimits } = this.tools;
    if (this.rendition.kind === 'video') return videoLimits;
    return this.rendition.action === 'copy'
      ? { ...audioLimits, aheadSeconds: copiedSoundSeconds }
      : audioLimits;
  }

  private async plan(start: number): Promise<HeadPlan> {
    const { input, rendition, table, tools } = this;
    await this.guard.check();
    const burn = rendition.kind === 'video' && rendition.action === 'encode' ? rendition.burn : null;
    const known = rendition.action === 'encode' && rendition.kind === 'video' && needsIndex(input.media, rendition);
    const firstPicture = known ? (await tools.keyframes(input)).startSeconds : null;
    const drawText = burn === null ? null : await tools.drawText(input, burn);
    return { input, rendition, table, start, firstPicture, encoder: this.encoder(), zscale: await tools.zscale(), drawText, ...this.troubles.manner(start) };
  } // prettier-ignore

  private idleOf({ head, idleSince }: Runner, owner: unknown): number | null {
    if (this.waiters.within(head.next, head.next + 2) || head.isOver) return null;
    if (head.isThrottled) return Infinity;
    const idle = this.tools.now() - idleSince;
    // Their own new position comes first; others’ give the head a moment to be asked for more.
    return idle >= askAgainMs || owner === this ? idle : null;
  }

  private key = (piece: number): SegmentKey => ({
    contentKey: this.input.contentKey,
    renditionId: this.rendition.id,
    piece,
  });

  private async keep(index: number, bytes: Uint8Array): Promise<void> {
    // An encoder that read on while its file was written over has made something of both.
    if (await this.guard.wasReplaced()) throw new HeadFailed('source-changed');
    try {
      await this.tools.store.put(this.key(index), bytes);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new HeadFailed('store-full', error instanceof SegmentStoreFull ? '' : detail);
    }
  }

  private made(runner: Runner, index: number, bytes: Uint8Array): void {
    this.troubles.overcome(index);
    this.lastError = null;
    if (this.waiters.deliver(index, bytes)) runner.idleSince = this.tools.now();
    if (index + 1 < segmentCount(this.table)) void this.stopBefore(index + 1, runner);
    this.lane.pump();
  }

  /** What is there already is not made again. */
  private async stopBefore(index: number, { head }: Runner): Promise<void> {
    const stored = await this.tools.store.has(this.key(index)).catch(() => false);
    if (stored && head.next === index && !this.waiters.has(index)) head.kill();
  }

  private closed(runner: Runner, end: HeadEnd, hardware: boolean): void {
    const { head } = runner;
    this.runners.delete(runner);
    if (end.why === 'finished' && !head.isComplete) this.ended(head.next);
    if (end.why === 'late-start' && !this.troubles.startEarlier(head.next))
      this.giveUp(head.next, new HeadFailed('timeline-broken', 'no picture at the cut'));
    if (end.why === 'failed') this.failed(head.next, end.failure, hardware);
    // Whoever waits for what this one would have made needs another.
    for (const index of this.waiters.lowest()) if (!this.isMade(index)) this.enqueue(index);
    this.lane.pump();
  }

  private ended(at: number): void {
    this.end = { at, found: this.tools.now() };
    this.waiters.rejectFrom(at, new SegmentEnded(at));
  }

  private failed(index: number, failure: HeadFailed, hardware: boolean): void {
    this.tools.log.warn('An encoder failed', {
      rendition: this.rendition.id, segment: index, reason: failure.reason, detail: failure.message, hardware,
    }); // prettier-ignore
    const final = failure.reason !== 'encoder-failed' && failure.reason !== 'timeline-broken';
    if (final) return this.giveUp(index, failure);
    if (hardware && this.rendition.kind === 'video') {
      this.tools.encoderFailed?.(this.encoder().name, failure.message);
      this.hardwareFailed = true;
      return;
    }
    if (!this.troubles.beCareful(index)) this.giveUp(index, failure);
  }

  private giveUp(index: number, failure: HeadFailed): void {
    this.lastError = failure.message;
    // A file that is away or another one may be back at the next look, which costs little.
    const isOfSource = failure.reason === 'source-changed' || failure.reason === 'source-missing';
    if (!isOfSource) this.troubles.giveUp(index, failure);
    const everything = failure.reason !== 'encoder-failed' && failure.reason !== 'timeline-broken';
    this.waiters.rejectRange(everything ? 0 : index, everything ? Infinity : index + 2, failure);
  }
}
