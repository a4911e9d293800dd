import { Inject, Injectable } from '@nestjs/common';
import type { RenditionActivity } from '@hearth/contract/session-activity';
import { Logger } from '../common/log/logger.js';
import { notFound } from '../common/problem-error.js';
import { ProbeFailed } from '../ffmpeg/media-probe.js';
import type { Wishes } from './decision/situation.js';
import { SegmentLate } from './head/head-errors.js';
import { HeadService } from './head/head.service.js';
import type { MediaInput } from './media-input.js';
import { type Described, presentationOf } from './playlist/describe-renditions.js';
import type { Presentation, SubtitleTrack } from './playlist/presentation.js';
import { RemuxService } from './remux/remux.service.js';
import { RemuxFailed } from './remux/remux-failure.js';
import { type AudioCopy, parseRendition, type Rendition, type VideoCopy } from './rendition.js';
import { RecentTables } from './timeline/recent-tables.js';
import { KeyframeIndexService } from './timeline/keyframe-index.service.js';
import {
  type KeyframeIndex,
  peakBitrate,
  segmentAt,
  segmentCount,
  type SegmentTable,
} from './timeline/segment-table.js';
import { longestGap, needsIndex, segmentTable } from './timeline/segment-tables.js';

export type { MediaInput } from './media-input.js';
export { HeadFailed, SegmentEnded, SegmentLate } from './head/head-errors.js';
export { RemuxFailed } from './remux/remux-failure.js';
export { SegmentStoreFull } from './store/segment-store.port.js';
export { NoDuration } from './timeline/segment-tables.js';
export { dashManifest } from './playlist/dash-manifest.js';
export { mediaPlaylist, subtitlePlaylist } from './playlist/media-playlist.js';
export { multivariantPlaylist } from './playlist/multivariant-playlist.js';
export type { SubtitleTrack as PlaylistSubtitle } from './playlist/presentation.js';

/** More than anybody watches at once. */
const mostRemembered = 500;

/** ms, as long as a segment is waited for */
const headerPatienceMs = 15_000;

type Heads = Pick<HeadService, 'init' | 'segment' | 'warm' | 'activity' | 'release' | 'hardwareFailed'>;

/** Part of a decision's wishes; empty for sound alone. */
export type CopyFacts = Pick<Wishes, 'keyframeGapSeconds' | 'openGroups' | 'lateTracks'>;

const isUnindexed = (error: unknown): boolean => error instanceof ProbeFailed && error.code === 'unindexed';

/** A hole at the beginning that a media element does not step over by itself. */
const lateSeconds = 0.25;

/** The one door to streams in segments: it knows no titles and no people. */
@Injectable()
export class TranscodingService {
  private readonly tables = new RecentTables();
  /** Renditions that our own reader could not copy. */
  private readonly beyondRemux = new Set<string>();

  constructor(
    @Inject(KeyframeIndexService) private readonly keyframes: Pick<KeyframeIndexService, 'of'>,
    @Inject(RemuxService) private readonly remux: Pick<RemuxService, 'init' | 'segment' | 'supports'>,
    @Inject(HeadService) private readonly heads: Heads,
    @Inject(Logger) private readonly logger: Pick<Logger, 'debug' | 'warn'>,
  ) {}

  /** @throws ProblemError NOT_FOUND where this media has no such thing */
  rendition({ media }: MediaInput, id: string): Rendition {
    const rendition = parseRendition(media, id);
    if (!rendition) throw notFound('rendition');
    return rendition;
  }

  /** What only the index knows of how well a file's streams can be copied. @throws ProbeFailed */
  async copyFacts(input: MediaInput, signal?: AbortSignal): Promise<CopyFacts> {
    if (!input.media.streams.some(({ kind }) => kind === 'video')) return {};
    const index = await this.keyframes.of(input, signal).catch((error: unknown) => {
      if (isUnindexed(error)) return null;
      throw error;
    });
    if (!index) return { keyframeGapSeconds: Infinity };
    const late = index.audio?.filter((one) => one.startSeconds > index.startSeconds + lateSeconds) ?? [];
    const openGroups = index.openGroups ?? false;
    return { keyframeGapSeconds: longestGap(index), openGroups, lateTracks: late.map((one) => one.index) };
  }

  /** @throws ProbeFailed, NoDuration */
  table(input: MediaInput, rendition: Rendition, signal?: AbortSignal): Promise<SegmentTable> {
    return this.tables.of(`${input.contentKey}/${rendition.id}`, async () =>
      segmentTable(input.media, rendition, await this.index(input, rendition, signal)),
    );
  }

  /** What the manifests say of these renditions, the preferred ones first. */
  async presentation(
    input: MediaInput,
    ids: readonly string[],
    subtitles: readonly SubtitleTrack[],
    signal?: AbortSignal,
  ): Promise<Presentation> {
    const described = ids.map((id) => this.describe(input, this.rendition(input, id), signal));
    return presentationOf(input.media, await Promise.all(described), subtitles);
  }

  async init(input: MediaInput, id: string, signal?: AbortSignal): Promise<Uint8Array> {
    const rendition = this.rendition(input, id);
    if (!this.copiesHere(input, rendition)) return this.headInit(input, rendition, signal);
    return this.copied(
      input,
      rendition,
      () => this.remux.init(input, rendition, signal),
      () => this.headInit(input, rendition, signal),
    );
  }

  /** @throws ProblemError NOT_FOUND beyond the end; SegmentLate, SegmentEnded, HeadFailed, RemuxFailed, ProbeFailed */
  async segment(input: MediaInput, id: string, index: number, signal?: AbortSignal): Promise<Uint8Array> {
    const rendition = this.rendition(input, id);
    const table = await this.table(input, rendition, signal);
    if (index >= segmentCount(table)) throw notFound('segment: the stream ends before it');
    const byHead = () => this.heads.segment(input, rendition, table, index, { ...(signal && { signal }) });
    if (!this.copiesHere(input, rendition)) return byHead();
    return this.copied(
      input,
      rendition,
      () => this.remux.segment(input, rendition, table, index, signal),
      byHead,
    );
  }

  /** Has encoders and readers begin before the player asks: a start is sooner there. Returns at once. */
  warm(input: MediaInput, ids: readonly string[], seconds: number): void {
    // The picture and the sound to begin with.
    for (const id of ids.slice(0, 2))
      this.begin(input, id, seconds).catch((error: unknown) =>
        this.logger.debug('A stream could not begin early', { rendition: id, error }),
      );
  }

  private async begin(input: MediaInput, id: string, seconds: number): Promise<void> {
    const rendition = this.rendition(input, id);
    const table = await this.table(input, rendition);
    if (rendition.action === 'encode') this.heads.warm(input, rendition, table, segmentAt(table, seconds));
    // A reader that has read the index once has it at hand.
    else if (this.copiesHere(input, rendition)) await this.remux.init(input, rendition);
  }

  /** What works for a rendition at the moment. */
  activity(contentKey: string, renditionId: string): RenditionActivity {
    return this.heads.activity(contentKey, renditionId);
  }

  /** Whether the hardware encoder failed at a rendition and software took over. */
  hardwareFailed(contentKey: string, renditionId: string): boolean {
    return this.heads.hardwareFailed(contentKey, renditionId);
  }

  /** Nobody watches this rendition any more: its encoders may go. What they made stays. */
  release(contentKey: string, renditionId: string, isOver = false): void {
    this.heads.release(contentKey, renditionId, isOver);
  }

  private copiesHere(input: MediaInput, rendition: Rendition): rendition is VideoCopy | AudioCopy {
    return (
      rendition.action === 'copy' &&
      !this.beyondRemux.has(`${input.contentKey}/${rendition.id}`) &&
      this.remux.supports(input.media, rendition)
    );
  }

  /** What our reader stumbles over goes to ffmpeg, from then on: the two must not take turns within a stream. */
  private async copied(
    { contentKey }: MediaInput,
    { id }: Rendition,
    remux: () => Promise<Uint8Array>,
    byHead: () => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    try {
      return await remux();
    } catch (error) {
      if (!(error instanceof RemuxFailed) || !error.fallBack) throw error;
      if (this.beyondRemux.size >= mostRemembered) this.beyondRemux.clear();
      this.beyondRemux.add(`${contentKey}/${id}`);
      this.logger.warn('A stream is copied by ffmpeg instead', { rendition: id, reason: error.message });
      return byHead();
    }
  }

  /** The header of a stream that only ffmpeg can copy comes with its first segment, and so as late. */
  private async headInit(input: MediaInput, rendition: Rendition, signal?: AbortSignal): Promise<Uint8Array> {
    const table = await this.table(input, rendition, signal);
    const deadline = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const { queuePosition } = this.activity(input.contentKey, rendition.id);
      deadline.reject(new SegmentLate(2, queuePosition));
    }, headerPatienceMs);
    const leave = (): void => deadline.reject(new Error('Nobody waits for the header any more.'));
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([this.heads.init(input, rendition, table, signal), deadline.promise]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    }
  }

  private async describe(input: MediaInput, rendition: Rendition, signal?: AbortSignal): Promise<Described> {
    const table = await this.table(input, rendition, signal);
    if (rendition.kind !== 'video' || rendition.action !== 'copy') return { rendition, table };
    const index = await this.keyframes.of(input, signal);
    const peak = peakBitrate(index, table);
    if (peak === null || !index.bytes) return { rendition, table };
    const seconds = Math.max(1, index.endSeconds - index.startSeconds);
    const average = (index.bytes.reduce((sum, bytes) => sum + bytes, 0) * 8) / seconds;
    return { rendition, table, rates: { average, peak: Math.max(peak, average) } };
  }

  private async index(
    input: MediaInput,
    rendition: Rendition,
    signal?: AbortSignal,
  ): Promise<KeyframeIndex | null> {
    if (!needsIndex(input.media, rendition)) return null;
    return this.keyframes.of(input, signal).catch((error: unknown) => {
      // What is encoded can be cut anywhere.
      if (isUnindexed(error) && (rendition.kind === 'audio' || rendition.action === 'encode')) return null;
      throw error;
    });
  }
}
