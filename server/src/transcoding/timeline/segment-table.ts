import type { Rational } from '../../ffmpeg/media-info.js';

/**
 * Where the segments of one rendition begin and end on the presentation timeline, known before anything is made. It
 * owns what the playlist says, what an encoder is told and where its output is cut, so that the three cannot differ.
 */
export interface SegmentTable {
  /** Ticks per second of the boundaries. */
  readonly timescale: number;
  /** Start of every segment, in ticks, and the end of the last one. */
  readonly boundaries: readonly number[];
}

/** First and last moment of a video stream and its key frames, s, on the presentation timeline. */
export interface KeyframeIndex {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly keyframes: readonly number[];
  /** Bytes from each key frame to the next, of the stream alone or with what lies between; left out where unknown. */
  readonly bytes?: readonly number[];
  /** Pictures after a key frame may be shown before it and refer to the group before (see `KeyframeFacts`). */
  readonly openGroups?: boolean;
  /** When the sound streams begin and end, s; left out where the container's index doesn't tell. */
  readonly audio?: readonly Readonly<{ index: number; startSeconds: number; endSeconds: number }>[];
}

/** Ticks of one frame on the grid, and the timescale that makes them whole. */
export function frameTicks({ num, den }: Rational): { timescale: number; ticks: number } {
  const scale = Math.ceil(10_000 / num);
  return { timescale: num * scale, ticks: den * scale };
}

export { timelineOrigin } from '../../ffmpeg/timeline-origin.js';

export const segmentCount = ({ boundaries }: SegmentTable): number => boundaries.length - 1;

/** Seconds segment `index` starts at. */
export const segmentStart = ({ boundaries, timescale }: SegmentTable, index: number): number =>
  (boundaries[index] ?? 0) / timescale;

/** Seconds segment `index` lasts. */
export const segmentDuration = ({ boundaries, timescale }: SegmentTable, index: number): number =>
  ((boundaries[index + 1] ?? 0) - (boundaries[index] ?? 0)) / timescale;

/** Seconds of the longest of the first segments: of a grid, of all. */
export const usualDuration = (table: SegmentTable): number =>
  Math.max(...Array.from({ length: firstWholeGroup + 1 }, (_, index) => segmentDuration(table, index)));

/** The segment that shows `seconds`; the first or last one beyond the ends. */
export function segmentAt(table: SegmentTable, seconds: number): number {
  const at = table.boundaries.findLastIndex((boundary) => boundary / table.timescale <= seconds + 1e-6);
  return Math.min(Math.max(at, 0), segmentCount(table) - 1);
}

/**
 * Into how many segments the first groups of a grid are cut. Whoever presses Play waits for a quarter of a group; the next
 * ones grow so slowly that an encoder half as fast again as the film keeps ahead of who watches.
 */
const opening = [4, 2];
/** From this segment on all are of one length, but for the last. */
export const firstWholeGroup = opening.reduce((sum, parts) => sum + parts);

/** Whole frames from the first to the last, a group of `targetSeconds` (rounded up to frames) to a segment. */
export function frameGrid(
  rate: Rational,
  { startSeconds, endSeconds }: Pick<KeyframeIndex, 'startSeconds' | 'endSeconds'>,
  targetSeconds: number,
): SegmentTable {
  const { timescale, ticks } = frameTicks(rate);
  const perSecond = rate.num / rate.den;
  const first = Math.max(0, Math.round(startSeconds * perSecond));
  const last = Math.max(first + 1, Math.round(endSeconds * perSecond));
  const group = Math.ceil(targetSeconds * perSecond - 1e-6);
  const boundaries: number[] = [];
  for (let frame = first; frame < last; frame += group) {
    const parts = opening[(frame - first) / group] ?? 1;
    for (let part = 0; part < parts; part++) {
      const cut = frame + Math.round((part * group) / parts);
      if (cut < last && cut * ticks !== boundaries.at(-1)) boundaries.push(cut * ticks);
    }
  }
  return { timescale, boundaries: [...boundaries, last * ticks] };
}

/** Microseconds: what key-frame times from any container can be told in. */
const copyTimescale = 1_000_000;

/** Cuts at the first key frame that is `targetSeconds` after the cut before. */
export function keyframeTable(index: KeyframeIndex, targetSeconds: number): SegmentTable {
  // Frames before the start are for the decoder only, as where an edit list cuts into a group.
  const cuts = [Math.max(index.keyframes[0] ?? 0, index.startSeconds)];
  for (const seconds of index.keyframes) {
    if (seconds >= (cuts.at(-1) ?? 0) + targetSeconds - 1e-6 && seconds < index.endSeconds)
      cuts.push(seconds);
  }
  const boundaries = [...cuts, index.endSeconds].map((seconds) => Math.round(seconds * copyTimescale));
  return { timescale: copyTimescale, boundaries };
}

/** Sound that is copied: even cuts, since any frame may begin a segment. */
export function evenTable(endSeconds: number, targetSeconds: number): SegmentTable {
  const step = Math.round(targetSeconds * copyTimescale);
  const end = Math.max(1, Math.round(endSeconds * copyTimescale));
  const boundaries: number[] = [];
  // A short rest joins the segment before: sound often ends a little before its container says.
  for (let at = 0; at === 0 || at < end - step / 2; at += step) boundaries.push(at);
  return { timescale: copyTimescale, boundaries: [...boundaries, end] };
}

/** Samples of one AAC frame, and the rate sound is encoded at. */
export const aacFrame = 1024;
export const aacRate = 48_000;
/** 4.096 s: a whole number of AAC frames and of milliseconds. */
const aacFramesPerSegment = 192;

/** Sound that is encoded: whole AAC frames. */
export function aacTable(endSeconds: number): SegmentTable {
  const frames = Math.max(1, Math.ceil((endSeconds * aacRate) / aacFrame - 1e-6));
  const boundaries: number[] = [];
  for (let frame = 0; frame < frames; frame += aacFramesPerSegment) boundaries.push(frame * aacFrame);
  return { timescale: aacRate, boundaries: [...boundaries, frames * aacFrame] };
}

/** Bits per second of the largest segment, by the index's bytes; null where it has none. */
export function peakBitrate({ keyframes, bytes }: KeyframeIndex, table: SegmentTable): number | null {
  if (!bytes) return null;
  const sums = new Array<number>(segmentCount(table)).fill(0);
  for (const [at, seconds] of keyframes.entries()) {
    const segment = segmentAt(table, seconds);
    sums[segment] = (sums[segment] ?? 0) + (bytes[at] ?? 0);
  }
  // A last segment of a few frames is over before its rate matters.
  const rates = sums.map((sum, at) => (sum * 8) / Math.max(1, segmentDuration(table, at)));
  return Math.ceil(Math.max(0, ...rates));
}
