import type { ProblemCode } from '@hearth/contract/problem';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { systemErrorCode } from '../../common/system-error.js';
import { ProbeFailed } from '../../ffmpeg/media-probe.js';
import {
  HeadFailed,
  NoDuration,
  RemuxFailed,
  SegmentEnded,
  SegmentLate,
  SegmentStoreFull,
} from '../../transcoding/transcoding.service.js';
import { ordinal } from '../live/session-words.js';

/** Codes of a disk that is away, gone, or broken. */
const awayCodes = /^(ENOENT|ENOTDIR|EACCES|EPERM|EIO|ENXIO|ENODEV|ESTALE|EHOSTDOWN|ENOTCONN|ETIMEDOUT)$/;

const headCodes: Readonly<Record<HeadFailed['reason'], ProblemCode>> = {
  'encoder-failed': 'TRANSCODE_FAILED',
  'timeline-broken': 'TRANSCODE_FAILED',
  'ffmpeg-missing': 'TRANSCODE_FAILED',
  'source-missing': 'SOURCE_UNAVAILABLE',
  'source-changed': 'SOURCE_CHANGED',
  'store-full': 'STORAGE_FULL',
};

/** What a viewer is told when a piece cannot be had; what is nobody's fault but ours stays as it is. */
export function streamProblem(error: unknown): unknown {
  if (error instanceof SegmentLate) return late(error);
  if (error instanceof SegmentStoreFull)
    return new ProblemError('STORAGE_FULL', {
      detail: 'There is no room left for converted segments, even after old ones were thrown out.',
    });
  if (error instanceof HeadFailed)
    return new ProblemError(headCodes[error.reason], { detail: withoutPaths(error.message) });
  if (error instanceof RemuxFailed) return notCopied(error);
  if (error instanceof SegmentEnded) return notFound('segment: the file ends before it');
  if (error instanceof NoDuration || error instanceof ProbeFailed)
    return new ProblemError('TRANSCODE_FAILED', { detail: withoutPaths(error.message) });
  const code = systemErrorCode(error);
  if (code === 'ENOSPC') return new ProblemError('STORAGE_FULL', { detail: 'The disk is full.' });
  if (code !== undefined && awayCodes.test(code)) return unreadable(code);
  return error;
}

/** The same for what only takes errors. */
export function streamError(error: unknown): Error {
  const problem = streamProblem(error);
  return problem instanceof Error ? problem : new Error(String(problem));
}

/**
 * What was opened. A file that is listed but cannot be opened is away, not unknown: its disk may return.
 * @throws ProblemError SOURCE_UNAVAILABLE, or the one it failed with
 */
export function opened<T>(opening: Promise<T>): Promise<T> {
  return opening.catch((error: unknown) => {
    throw error instanceof ProblemError ? error : unreadable(systemErrorCode(error) ?? 'unknown reason');
  });
}

const unreadable = (code: string): ProblemError =>
  new ProblemError('SOURCE_UNAVAILABLE', { detail: `The file cannot be read (${code}).` });

/** Where files lie on the server is no viewer's business; Node's and ffmpeg's words name it. */
const withoutPaths = (text: string): string => text.replace(/(['"])\/.*?\1|(?<![\w.])\/\S+/g, '…');

function late({ retryAfterSeconds, queuePosition }: SegmentLate): ProblemError {
  const detail =
    queuePosition === null
      ? 'This part is still being converted.'
      : `Waiting for another conversion to finish; you are ${ordinal(queuePosition)}.`;
  return new ProblemError('UNAVAILABLE', { detail, retryAfter: Math.max(1, retryAfterSeconds) });
}

function notCopied({ code, reason }: RemuxFailed): ProblemError {
  if (code === 'unreadable') return new ProblemError('SOURCE_UNAVAILABLE', { detail: withoutPaths(reason) });
  if (code === 'busy')
    return new ProblemError('UNAVAILABLE', { detail: withoutPaths(reason), retryAfter: 2 });
  return new ProblemError('TRANSCODE_FAILED', { detail: withoutPaths(reason) });
}
