import { availableParallelism } from 'node:os';
import type { RenditionActivity } from '@hearth/contract/session-activity';
import type { MediaInput } from '../media-input.js';
import type { Rendition } from '../rendition.js';
import type { SegmentTable } from '../timeline/segment-table.js';
import { HeadFailed } from './head-errors.js';
import { HeadLane } from './head-lane.js';
import type { HeadTools } from './head-tools.js';
import { RenditionHeads } from './rendition-heads.js';

export interface SegmentOptions {
  readonly signal?: AbortSignal;
  /** Default 15 s. */
  readonly deadlineMs?: number;
}

export interface HeadServiceOptions {
  /** ffmpeg processes that encode pictures; default half the cores. */
  readonly videoEncodes?: number;
  /** ffmpeg processes that encode sound or copy; default 4. */
  readonly otherHeads?: number;
  /** Heads nobody asked for so long end, ms. */
  readonly idleMs?: number;
  readonly sweepMs?: number;
}

/** How long a rendition is remembered that nobody watches, ms. */
const forgetMs = 15 * 60_000;

/** Segments of encodes and of what only ffmpeg can copy, made when they are asked for. */
export class HeadService {
  private readonly renditions = new Map<string, RenditionHeads>();
  /** Places for processes: encoders of pictures, and the rest. Continuous streams share them. */
  readonly lanes: Readonly<Record<'video' | 'other', HeadLane>>;
  private readonly sweeper: NodeJS.Timeout;
  private readonly idleMs: number;
  private isClosed = false;

  constructor(
    private readonly tools: HeadTools,
    options: HeadServiceOptions = {},
  ) {
    const videoEncodes = options.videoEncodes ?? Math.max(1, Math.floor(availableParallelism() / 2));
    this.lanes = { video: new HeadLane(videoEncodes), other: new HeadLane(options.otherHeads ?? 4) };
    // With the sweep's own delay, nothing is left a minute after the last request.
    this.idleMs = options.idleMs ?? 55_000;
    this.sweeper = setInterval(() => this.sweep(), options.sweepMs ?? 2_000);
    this.sweeper.unref();
  }

  /** The header of a rendition. @throws HeadFailed, ProcessFailed */
  async init(
    input: MediaInput,
    rendition: Rendition,
    table: SegmentTable,
    signal?: AbortSignal,
  ): Promise<Uint8Array> {
    const heads = this.heads(input, rendition, table);
    signal?.throwIfAborted();
    return heads.init();
  }

  /** One segment. @throws HeadFailed, SegmentLate, SegmentEnded, and the signal's reason */
  async segment(
    input: MediaInput,
    rendition: Rendition,
    table: SegmentTable,
    index: number,
    { signal, deadlineMs = 15_000 }: SegmentOptions = {},
  ): Promise<Uint8Array> {
    return this.heads(input, rendition, table).segment(index, deadlineMs, signal);
  }

  /** Begins with a segment before it is asked for: worth a second when a session opens. */
  warm(input: MediaInput, rendition: Rendition, table: SegmentTable, index: number): void {
    this.heads(input, rendition, table).warm(index);
  }

  /** How a rendition is doing; idle where nobody asked for it lately. */
  activity(contentKey: string, renditionId: string): RenditionActivity {
    return this.renditions.get(`${contentKey}/${renditionId}`)?.activity() ?? idle(renditionId);
  }

  /** Whether a hardware encoder failed on a rendition and software took over. */
  hardwareFailed(contentKey: string, renditionId: string): boolean {
    return this.renditions.get(`${contentKey}/${renditionId}`)?.hardwareFailed ?? false;
  }

  /**
   * Ends the heads of a rendition, or of all renditions of a content; segments stay.
   * @param isOver nobody watches it any more: who still waits is told to ask again
   */
  release(contentKey: string, renditionId?: string, isOver = false): void {
    for (const [key, heads] of this.renditions) {
      if (
        key === `${contentKey}/${renditionId}` ||
        (renditionId === undefined && key.startsWith(`${contentKey}/`))
      )
        heads.release(isOver);
    }
  }

  /** Ids of the processes that run. */
  get pids(): number[] {
    return [...this.renditions.values()].flatMap(({ pids }) => pids);
  }

  /** Places taken: a process counts until it is gone. */
  get running(): { video: number; other: number } {
    return { video: this.lanes.video.running, other: this.lanes.other.running };
  }

  /** Ends all heads; nothing is made any more. */
  close(): void {
    this.isClosed = true;
    clearInterval(this.sweeper);
    for (const heads of this.renditions.values()) heads.release();
  }

  private heads(input: MediaInput, rendition: Rendition, table: SegmentTable): RenditionHeads {
    if (this.isClosed) throw new HeadFailed('encoder-failed', 'The server is stopping.');
    const key = `${input.contentKey}/${rendition.id}`;
    let heads = this.renditions.get(key);
    // The same film may lie in two places, and one of them may be gone.
    if (!heads || (heads.input.path !== input.path && heads.isIdle)) {
      const lane =
        this.lanes[rendition.kind === 'video' && rendition.action === 'encode' ? 'video' : 'other'];
      heads = new RenditionHeads(input, rendition, table, lane, this.tools);
      this.renditions.set(key, heads);
    }
    return heads;
  }

  private sweep(): void {
    for (const [key, heads] of this.renditions) {
      const { idleMs } = heads;
      if (idleMs > this.idleMs) heads.release();
      else heads.readCpu();
      if (idleMs > Math.max(forgetMs, this.idleMs) && heads.isIdle) this.renditions.delete(key);
    }
  }
}

const idle = (renditionId: string): RenditionActivity => ({
  renditionId, state: 'idle', queuePosition: null, framesPerSecond: null, speed: null, encoder: null, cpu: null,
  aheadSeconds: 0, error: null,
}); // prettier-ignore
