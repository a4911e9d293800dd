import type { ContinuousRun, ContinuousService } from '../../transcoding/continuous/continuous.service.js';
import { HeadFailed, type MediaInput } from '../../transcoding/transcoding.service.js';
import type { LiveSession } from '../live/live-session.js';
import { streamProblem } from '../stream/stream-problems.js';
import type { TokenBucket } from '../stream/token-bucket.js';
import { metered } from './metered-stream.js';
import type { RunningConversion } from './opened-renderer-media.js';
import type { ConversionPlan } from './renderer-plan.js';

/** How often a stream that stands still says that its reader is there, ms. */
const heartbeatMs = 20_000;

export interface ConversionWork {
  readonly continuous: Pick<ContinuousService, 'start'>;
  readonly input: MediaInput;
  readonly plan: ConversionPlan;
  /** Null for music. */
  readonly session: LiveSession | null;
  readonly bucket: TokenBucket | null;
  /** It could not be begun although the file is there. */
  readonly failed: (error: HeadFailed) => void;
}

/** What a reader can be told; our own mistakes stay as they are. */
const told = (error: unknown): Error => {
  const problem = streamProblem(error);
  return problem instanceof Error ? problem : new Error(String(problem));
};

/** Begins a conversion, with its session's clock running beside. @throws ProblemError */
export async function beginConversion(
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
    const problem = told(error);
    if (error instanceof HeadFailed && error.reason === 'encoder-failed' && !signal?.aborted)
      work.failed(error);
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
    problem: told,
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
