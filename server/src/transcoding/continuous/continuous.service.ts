import type { Readable } from 'node:stream';
import type { RenditionActivity } from '@hearth/contract/session-activity';
import { HeadFailed } from '../head/head-errors.js';
import type { HeadLane } from '../head/head-lane.js';
import type { HeadTools } from '../head/head-tools.js';
import { SourceGuard } from '../head/source-guard.js';
import type { KeyframeIndex } from '../timeline/segment-table.js';
import { continuousArguments } from './continuous-arguments.js';
import { soundBitrate } from './sound-bitrate.js';
import {
  type ContinuousCut,
  type ContinuousPlan,
  type ContinuousRequest,
  cutOf,
  needsKeyframes,
} from './continuous-plan.js';
import { ContinuousStream } from './continuous-stream.js';
import { streamClock } from './stream-clock.js';

export { h264Level } from '../head/h264-level.js';
export {
  audioEncode,
  parseRendition,
  type Rendition,
  type VideoCopy,
  type VideoEncode,
} from '../rendition.js';
export { constantBitrate } from './constant-rate.js';
export { soundBitrate } from './sound-bitrate.js';
export type { ContinuousFormat, ContinuousRequest, ContinuousSound, SoundCodec } from './continuous-plan.js';

/** A stream that is being made. */
export interface ContinuousRun {
  /** Destroying it ends its encoder. Errors are `HeadFailed`. */
  readonly stream: Readable;
  /** s on the presentation timeline: the stream's 0 */
  readonly startSeconds: number;
  /** The picture is copied, or not. */
  readonly copiesPicture: boolean;
  /** s on the presentation timeline up to which the reader took it */
  readonly sentSeconds: () => number;
  readonly activity: () => RenditionActivity;
}

export interface ContinuousOptions {
  readonly signal?: AbortSignal;
  /** How long a place among the encoders is waited for, ms. */
  readonly placeMs?: number;
  /** How long the key frames are waited for, ms. */
  readonly indexMs?: number;
}

type Tools = Pick<
  HeadTools,
  | 'ffmpeg'
  | 'log'
  | 'now'
  | 'encoder'
  | 'software'
  | 'encoderFailed'
  | 'zscale'
  | 'keyframes'
  | 'drawText'
  | 'videoLimits'
>;

/** An encoder that has not written a byte for so long never will, ms; disks that sleep take some ten seconds. */
const mostStartMs = 40_000;

/** Whole streams for devices that know no segments: one ffmpeg and one pipe each, from any second on, and nothing on disk. */
export class ContinuousService {
  private readonly running = new Set<ContinuousStream>();
  private isClosed = false;

  constructor(
    private readonly tools: Tools,
    private readonly lanes: Readonly<Record<'video' | 'other', HeadLane>>,
  ) {}

  /**
   * Begins a stream; its first bytes are there when this resolves.
   * @throws HeadFailed; SegmentLate when all encoders are busy; SubtitlesFailed
   */
  async start(request: ContinuousRequest, options: ContinuousOptions = {}): Promise<ContinuousRun> {
    if (this.isClosed) throw new HeadFailed('encoder-failed', 'The server is stopping.');
    const { signal, placeMs = 15_000, indexMs = 700 } = options;
    await new SourceGuard(request.input).check();
    const index = await this.index(request, indexMs);
    const cut = cutOf(request, index);
    const plan = await this.plan(request, cut, index);
    signal?.throwIfAborted();
    const stream = this.open(request, plan);
    await stream.started(placeMs, signal);
    return {
      stream,
      startSeconds: cut.startSeconds,
      copiesPicture: cut.video?.action === 'copy',
      sentSeconds: () => cut.startSeconds + stream.seconds,
      activity: () => this.activity(stream, plan),
    };
  }

  /** Ids of the processes that run. */
  get pids(): number[] {
    return [...this.running].flatMap(({ pid }) => pid ?? []);
  }

  /** Ends all streams. */
  close(): void {
    this.isClosed = true;
    for (const stream of this.running) stream.destroy();
  }

  private open(request: ContinuousRequest, plan: ContinuousPlan): ContinuousStream {
    const { ffmpeg, now, videoLimits } = this.tools;
    const { sound } = plan;
    const bitrate = sound?.action === 'encode' ? soundBitrate(sound.codec, sound.rendition) : 128_000;
    const stream = new ContinuousStream({
      lane: plan.video?.action === 'encode' ? this.lanes.video : this.lanes.other,
      ffmpeg,
      nice: videoLimits.nice,
      clock: streamClock(request.format, bitrate),
      now,
      next: this.attempts(plan),
    });
    this.running.add(stream);
    stream.once('close', () => this.running.delete(stream));
    stream.on('error', (error) =>
      this.tools.log.warn('A continuous stream failed', { reason: error.message, format: plan.format }),
    );
    return stream;
  }

  /** With the hardware, then in software, then stepping over what is broken in the file. */
  private attempts(plan: ContinuousPlan) {
    const { software, encoderFailed, videoLimits } = this.tools;
    const encodes = plan.video?.action === 'encode';
    const ways: ContinuousPlan[] = [
      ...(encodes && plan.encoder.hardware ? [plan] : []),
      { ...plan, encoder: software },
      { ...plan, encoder: software, careful: true },
    ];
    let tried: ContinuousPlan | undefined;
    return (failure?: HeadFailed) => {
      if (tried?.encoder.hardware) encoderFailed?.(tried.encoder.name, failure?.message ?? '');
      if (failure?.reason === 'ffmpeg-missing') return undefined;
      tried = ways.shift();
      if (!tried) return undefined;
      const hardware = tried.encoder.hardware;
      return {
        arguments: continuousArguments(tried),
        mostStartMs: hardware ? videoLimits.hardwareStartMs : mostStartMs,
      };
    };
  }

  private async plan(
    { input, format, sound, constantBitrate }: ContinuousRequest,
    cut: ContinuousCut,
    index: KeyframeIndex | null,
  ): Promise<ContinuousPlan> {
    const burn = cut.video?.action === 'encode' ? cut.video.burn : null;
    return {
      ...cut,
      input,
      format,
      sound,
      encoder: this.tools.encoder(),
      zscale: await this.tools.zscale(),
      drawText: burn === null ? null : await this.tools.drawText(input, burn),
      firstPicture: index?.startSeconds ?? null,
      careful: false,
      constantBitrate,
    };
  }

  /** What is not known by then is done without: the picture is encoded, which needs no key frame. */
  private async index({ input, video }: ContinuousRequest, mostMs: number): Promise<KeyframeIndex | null> {
    if (video === null || !needsKeyframes(input.media)) return null;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), mostMs)));
    const index = this.tools.keyframes(input).catch(() => null);
    return Promise.race([index, patience]).finally(() => clearTimeout(timer));
  }

  private activity(stream: ContinuousStream, { video, sound, encoder }: ContinuousPlan): RenditionActivity {
    return {
      renditionId: `${video?.id ?? 'sound'}-continuous`,
      state: stream.destroyed ? 'idle' : stream.state,
      queuePosition: stream.queuePosition,
      framesPerSecond: null,
      speed: null,
      encoder: video?.action === 'encode' ? encoder.name : sound?.action === 'encode' ? sound.codec : null,
      cpu: null,
      aheadSeconds: 0,
      error: null,
    };
  }
}
