import { box, fullBox, uint32 } from './boxes.js';
import { sampleFlags, trackId } from './init-segment.js';
import type { Sample, Track } from './track.js';

/** Where a segment lies on the presentation timeline, in ticks of its track. */
export interface SegmentSpan {
  /** `mfhd` sequence number, from 1. */
  readonly sequence: number;
  /** `tfdt`: when the first sample is shown. */
  readonly start: number;
  /** When the next segment starts. */
  readonly end: number;
}

/** What of a sample is written: its decode time is not, see {@link decodeTimes}. */
export type PresentedSample = Pick<Sample, 'pts' | 'key' | 'bytes'>;

/**
 * One CMAF fragment (ISO/IEC 23000-19 7.3.2): one `moof`, one `mdat`, of samples in decoding order.
 * @throws RangeError on no samples, on a start before zero (players read it as unsigned, jellyfin#18049), and on a span too short
 */
export function writeSegment(
  { kind }: Pick<Track, 'kind'>,
  samples: readonly PresentedSample[],
  span: SegmentSpan,
): Buffer {
  const times = decodeTimes(
    samples.map(({ pts }) => pts),
    span,
  );
  const durations = times.map((time, index) => (times[index + 1] ?? span.end) - time);
  const shifts = samples.map(({ pts }, index) => pts - (times[index] ?? 0));
  const one = durations.every((duration) => duration === durations[0]) ? durations[0] : undefined;
  const columns: Column[] = [];
  if (one === undefined) columns.push([0x100, (index) => durations[index] ?? 0]);
  columns.push([0x200, (index) => samples[index]?.bytes.length ?? 0]);
  if (kind === 'video') columns.push([0x400, (index) => sampleFlags(samples[index]?.key === true)]);
  if (shifts.some((shift) => shift !== 0)) columns.push([0x800, (index) => (shifts[index] ?? 0) >>> 0]);
  const head = fragmentHead(span, samples.length, one, columns);
  return Buffer.concat([head, box('mdat', ...samples.map(({ bytes }) => bytes))]);
}

/** A field that a `trun` gives for each sample, by its flag. */
type Column = readonly [flag: number, of: (index: number) => number];

/** The `moof`; @param duration of all samples where it is one */
function fragmentHead(
  { sequence, start }: SegmentSpan,
  count: number,
  duration: number | undefined,
  columns: readonly Column[],
): Buffer {
  const flags = columns.reduce((all, [flag]) => all | flag, 1);
  const rows = Array.from({ length: count }, (_, index) => columns.map(([, of]) => of(index)));
  const table = uint32(...rows.flat());
  // 0x20000: default-base-is-moof; 8: one duration for all.
  const tfhd =
    duration === undefined
      ? fullBox('tfhd', 0, 0x20000, uint32(trackId))
      : fullBox('tfhd', 0, 0x20008, uint32(trackId, duration));
  const moof = (dataOffset: number): Buffer =>
    box(
      'moof',
      fullBox('mfhd', 0, 0, uint32(sequence)),
      box(
        'traf',
        tfhd,
        fullBox('tfdt', 1, 0, uint64(start)),
        fullBox('trun', 1, flags, uint32(count, dataOffset), table),
      ),
    );
  return moof(moof(0).length + 8);
}

/**
 * Decode times that begin at `start`, one a sample: the presentation times in order, moved so that the first is at
 * `start`. Encoders begin some frames earlier to make room for reordering; signed offsets (`trun` version 1) need no
 * such room, and so the decode times of neighbouring segments meet exactly, whoever made them.
 */
export function decodeTimes(pts: readonly number[], { start, end }: Omit<SegmentSpan, 'sequence'>): number[] {
  const sorted = [...pts].sort((a, b) => a - b);
  const [first] = sorted;
  if (first === undefined) throw new RangeError('A segment without samples.');
  if (start < 0) throw new RangeError(`A segment that starts at ${start}.`);
  if (end - start < pts.length) throw new RangeError(`${pts.length} samples in ${end - start} ticks.`);
  const times: number[] = [];
  sorted.forEach((time, index) => {
    const least = index === 0 ? start : (times[index - 1] ?? start) + 1;
    times.push(Math.min(Math.max(time + start - first, least), end - (pts.length - index)));
  });
  return times;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
