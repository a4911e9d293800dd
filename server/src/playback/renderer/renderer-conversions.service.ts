import { Injectable } from '@nestjs/common';
import type { MediaInfo } from '../../ffmpeg/media-info.js';
import { type ContinuousRun, ContinuousService } from '../../transcoding/continuous/continuous.service.js';
import { HeadFailed, type MediaInput } from '../../transcoding/transcoding.service.js';
import { BesideFiles } from '../beside-files.service.js';
import type { LiveSession } from '../live/live-session.js';
import { BandwidthService } from '../stream/bandwidth.service.js';
import { streamError } from '../stream/stream-problems.js';
import type { TokenBucket } from '../stream/token-bucket.js';
import { metered } from './metered-stream.js';
import type { OpenedConversion, RunningConversion } from './opened-renderer-media.js';
import type { ConversionPlan } from './renderer-plan.js';
import { RendererSittings, type SittingPlace } from './renderer-sittings.service.js';
import { RendererViewers } from './renderer-viewers.service.js';

/** How often a stream that stands still says that its reader is there, ms. */
const heartbeatMs = 20_000;

interface ConversionWork {
  readonly continuous: Pick<ContinuousService, 'start'>;
  readonly input: MediaInput;
  readonly plan: ConversionPlan;
  /** Null for music. */
  readonly session: LiveSession | null;
  readonly bucket: TokenBucket | null;
  /** It could not be begun although the file is there. */
  readonly failed: () => void;
}

/** What is made for a screen while it is sent. */
@Injectable()
export class RendererConversions {
  constructor(
    private readonly continuous: ContinuousService,
    private readonly beside: BesideFiles,
    private readonly sittings: RendererSittings,
    private readonly viewers: RendererViewers,
    private readonly bandwidth: BandwidthService,
  ) {}

  /** Nothing runs and nothing counts until it is started. @throws as `BesideFiles.input` */
  async open(place: SittingPlace, media: MediaInfo, plan: ConversionPlan): Promise<OpenedConversion> {
    const { accountId, device, located } = place;
    const input = await this.beside.input(located, media, [plan.video?.id ?? '']);
    return {
      kind: 'conversion',
      fileId: located.file.id,
      media: plan.media,
      ...(media.durationSeconds !== null && { durationSeconds: media.durationSeconds }),
      start: async (fromSeconds, signal) => {
        const session = await this.sittings.enter(place, plan.delivery);
        const bucket = await this.bandwidth.bucketOf(accountId);
        const failed = (): void => void this.viewers.failed(device.id, plan.delivery.failureKey);
        const work = { continuous: this.continuous, input, plan, session, bucket, failed };
        return begin(work, fromSeconds, signal);
      },
    };
  }
}

/** Begins a conversion, with its session's clock running beside. @throws ProblemError */
async function begin(
  work: ConversionWork,
  fromSeconds: number,
  signal?: AbortSignal,
): Promise<RunningConversion> {
  const { session } = work;
  const ended = session?.wait('continuous');
  try {
    const run = await start(work, fromSeconds, signal);
    return follow(run, work);
  } catch (error) {
    const problem = streamError(error);
    if (error instanceof HeadFailed && error.reason === 'encoder-failed' && !signal?.aborted) work.failed();
    if (session && !signal?.aborted) session.error = problem.message;
    throw problem;
  } finally {
    ended?.();
  }
}

function start(work: ConversionWork, fromSeconds: number, signal?: AbortSignal): Promise<ContinuousRun> {
  const { continuous, input, plan, session } = work;
  const { format, video, fallback, sound, media } = plan;
  const { constantBitrate } = media;
  const signals = [signal, session?.over.signal].filter((one) => one !== undefined);
  return continuous.start(
    { input, format, video, fallback, sound, fromSeconds, constantBitrate },
    { signal: AbortSignal.any(signals) },
  );
}

/** A reader that does not read is still there: its session stays, as paused. */
function follow(run: ContinuousRun, { session, bucket }: ConversionWork): RunningConversion {
  let lastBytesAt = Date.now();
  const stream = metered(run.stream, {
    bucket,
    signal: session?.over.signal,
    onBytes: (count) => {
      lastBytesAt = Date.now();
      session?.sent(count);
    },
  });
  if (session) {
    Object.assign(session, { playing: true, error: null, beside: () => [run.activity()] });
    const timer = setInterval(() => {
      session.seen();
      session.paused = Date.now() - lastBytesAt > heartbeatMs;
    }, heartbeatMs).unref();
    stream.once('close', () => {
      clearInterval(timer);
      session.beside = () => [];
    });
  }
  return { stream, startSeconds: run.startSeconds, sentSeconds: run.sentSeconds };
}
