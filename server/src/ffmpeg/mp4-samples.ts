import type { FileBytes } from './file-bytes.js';
import { ProbeFailed } from './media-probe.js';
import type { Mp4Track } from './mp4-track.js';

export type Sample = Readonly<{
  offset: number;
  size: number;
  startSeconds: number;
  durationSeconds: number;
}>;

export type SampleTiming = Readonly<{
  count: number;
  /** In the track's timescale. */
  total: number;
  variable: boolean;
  /** Ticks between samples where they follow fastest, as far as that is more than a slip. */
  shortest: number;
}>;

const MOST_ENTRIES = 4_000_000;

/** The entries of a table with a 32-bit count at byte 4; `width` 32-bit words an entry. */
function table(file: FileBytes, track: Mp4Track, type: string, width: number, most = MOST_ENTRIES): Buffer {
  const box = track.tables.get(type);
  if (box === undefined || box.end - box.start < 8) return Buffer.alloc(0);
  const count = file.exactly(box.start + 4, 4).readUInt32BE();
  const room = Math.floor((box.end - box.start - 8) / (4 * width));
  if (count > room) throw new ProbeFailed('damaged', `The ${type} table is longer than its box.`);
  return file.exactly(box.start + 8, Math.min(count, most) * 4 * width);
}

/** What `stts` says of pace: more than 1 % of samples off the mean by over 5 % and more than rounding is variable. */
export function sampleTiming(file: FileBytes, track: Mp4Track): SampleTiming {
  const stts = table(file, track, 'stts', 2, 500_000);
  let count = 0;
  let total = 0;
  for (let at = 0; at < stts.length; at += 8) {
    count += stts.readUInt32BE(at);
    total += stts.readUInt32BE(at) * stts.readUInt32BE(at + 4);
  }
  const mean = count > 0 ? total / count : 0;
  let off = 0;
  for (let at = 0; at < stts.length; at += 8) {
    if (Math.abs(stts.readUInt32BE(at + 4) - mean) > Math.max(1.01, mean * 0.05))
      off += stts.readUInt32BE(at);
  }
  // The last sample's duration is free, and muxers use that.
  return { count, total, variable: off > 1 && off > count / 100, shortest: commonShortest(stts, count) };
}

/** The shortest duration that at least a tenth of the samples do not exceed. */
function commonShortest(stts: Buffer, count: number): number {
  const runs: [ticks: number, count: number][] = [];
  for (let at = 0; at < stts.length; at += 8) runs.push([stts.readUInt32BE(at + 4), stts.readUInt32BE(at)]);
  let seen = 0;
  for (const [ticks, length] of runs.sort(([a], [b]) => a - b)) {
    seen += length;
    if (ticks > 0 && seen * 10 >= count) return ticks;
  }
  return 0;
}

/** Bytes of all samples by `stsz`; null if the table is too long to be worth it. */
export function sampleBytes(file: FileBytes, track: Mp4Track): number | null {
  const box = track.tables.get('stsz');
  if (box === undefined) return null;
  const head = file.exactly(box.start, 12);
  const fixed = head.readUInt32BE(4);
  const count = head.readUInt32BE(8);
  if (fixed > 0) return fixed * count;
  if (count > 1_000_000 || box.start + 12 + count * 4 > box.end) return null;
  const sizes = file.exactly(box.start + 12, count * 4);
  let sum = 0;
  for (let at = 0; at < sizes.length; at += 4) sum += sizes.readUInt32BE(at);
  return sum;
}

/** Media time of the first frame shown, in the track's timescale: the first composition offset. */
export function firstCompositionOffset(file: FileBytes, track: Mp4Track): number {
  const ctts = table(file, track, 'ctts', 2, 1);
  return ctts.length < 8 ? 0 : ctts.readInt32BE(4);
}

/** Every sample with its place and presentation time; composition offsets are left out (text has none). */
export function samples(file: FileBytes, track: Mp4Track): Sample[] {
  const sizes = sampleSizes(file, track);
  const offsets = sampleOffsets(file, track, sizes);
  const stts = table(file, track, 'stts', 2);
  const out: Sample[] = [];
  let time = 0;
  for (let at = 0; at < stts.length; at += 8) {
    const duration = stts.readUInt32BE(at + 4);
    for (let i = stts.readUInt32BE(at); i > 0; i -= 1) {
      const offset = offsets[out.length];
      const size = sizes[out.length];
      if (offset === undefined || size === undefined) return out;
      const startSeconds = time / track.timescale + track.shiftSeconds;
      out.push({ offset, size, startSeconds, durationSeconds: duration / track.timescale });
      time += duration;
    }
  }
  return out;
}

function sampleSizes(file: FileBytes, track: Mp4Track): number[] {
  const box = track.tables.get('stsz');
  if (box === undefined) return [];
  const head = file.exactly(box.start, 12);
  const fixed = head.readUInt32BE(4);
  const count = Math.min(head.readUInt32BE(8), MOST_ENTRIES);
  if (fixed > 0) return Array.from({ length: count }, () => fixed);
  const bytes = file.exactly(box.start + 12, count * 4);
  return Array.from({ length: count }, (_, i) => bytes.readUInt32BE(i * 4));
}

/** Chunk offsets spread over samples by `stsc`, ISO 14496-12 8.7.4. */
function sampleOffsets(file: FileBytes, track: Mp4Track, sizes: readonly number[]): number[] {
  const long = track.tables.has('co64');
  const chunks = table(file, track, long ? 'co64' : 'stco', long ? 2 : 1);
  const runs = table(file, track, 'stsc', 3);
  const chunkCount = chunks.length / (long ? 8 : 4);
  const offsets: number[] = [];
  let run = 0;
  for (let chunk = 0; chunk < chunkCount && offsets.length < sizes.length; chunk += 1) {
    while ((run + 1) * 12 < runs.length && runs.readUInt32BE((run + 1) * 12) <= chunk + 1) run += 1;
    let at = long ? Number(chunks.readBigUInt64BE(chunk * 8)) : chunks.readUInt32BE(chunk * 4);
    const perChunk = runs.length >= 12 ? runs.readUInt32BE(run * 12 + 4) : 0;
    for (let i = 0; i < perChunk && offsets.length < sizes.length; i += 1) {
      offsets.push(at);
      at += sizes[offsets.length - 1] ?? 0;
    }
  }
  return offsets;
}
