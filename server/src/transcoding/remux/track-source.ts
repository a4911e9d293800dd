import type { PresentedSample } from '../cmaf/segment-writer.js';
import type { Track } from '../cmaf/track.js';

/** One stream of an open file, cut anywhere on the presentation timeline. Synchronous: a worker thread runs it. */
export interface TrackSource {
  readonly track: Track;
  /** @throws RemuxFailed where nothing can be read there */
  cut(span: CutSpan): Cut;
}

/** Microseconds; null: from the first, to the last. */
export interface CutSpan {
  readonly from: number | null;
  readonly to: number | null;
}

/** Samples in decoding order, the time the first is shown at and the time of what follows the last, ticks of the track. */
export interface Cut {
  readonly samples: readonly PresentedSample[];
  readonly start: number;
  readonly end: number;
}

/** More in one segment is no stream but a download: a film with one key frame. */
export const largestSegment = 192 * 1024 * 1024;

/** Reads of video follow one another; sound lies scattered between it. */
export const blockSize = { video: 1024 * 1024, audio: 64 * 1024 } as const;

/**
 * Pictures before 0, which only the decoder needs, squeezed into the first ticks after it: no time of a segment may be
 * negative (players read it unsigned), and leaving them out would leave the first pictures undecodable.
 */
export function fromZero({ samples, start, end }: Cut): Cut {
  if (samples.every(({ pts }) => pts >= 0)) return { samples, start, end };
  const times = samples.map(({ pts }) => pts).toSorted((a, b) => a - b);
  const moved = new Map(times.map((time, rank) => [time, Math.max(time, rank)]));
  return {
    samples: samples.map((sample) => ({ ...sample, pts: moved.get(sample.pts) ?? sample.pts })),
    start: Math.max(0, start),
    end,
  };
}
