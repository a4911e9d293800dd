import type { FileBytes } from './file-bytes.js';
import { boxes, children, payload, versioned, type Box } from './mp4-boxes.js';

export type FragmentTiming = Readonly<{
  /** By track id, in the track's timescale. */
  end: ReadonlyMap<number, number>;
  sampleDuration: ReadonlyMap<number, number>;
}>;

const LAST_FRAGMENTS = 8;

/** Times of a fragmented file (ISO 14496-12 8.8): where each track ends, by the last `moof` boxes, and its pace by `trex` or the first. */
export function fragmentTiming(file: FileBytes, moov: Box, moofs: readonly Box[]): FragmentTiming {
  const sampleDuration = new Map<number, number>();
  const mvex = children(file, moov).get('mvex');
  for (const trex of mvex === undefined ? [] : boxes(file, mvex.start, mvex.end)) {
    if (trex.type !== 'trex') continue;
    const bytes = payload(file, trex, 24);
    if (bytes.length >= 16) sampleDuration.set(bytes.readUInt32BE(4), bytes.readUInt32BE(12));
  }
  const end = new Map<number, number>();
  for (const moof of new Set([...moofs.slice(0, 1), ...moofs.slice(-LAST_FRAGMENTS)])) {
    for (const traf of boxes(file, moof.start, moof.end)) {
      if (traf.type === 'traf') readFragment(file, traf, end, sampleDuration);
    }
  }
  return { end, sampleDuration };
}

function readFragment(file: FileBytes, traf: Box, end: Map<number, number>, pace: Map<number, number>): void {
  const parts = children(file, traf);
  const tfhd = parts.get('tfhd');
  const tfdt = parts.get('tfdt');
  if (tfhd === undefined) return;
  const head = payload(file, tfhd, 64);
  if (head.length < 8) return;
  const track = head.readUInt32BE(4);
  const flags = head.readUIntBE(1, 3);
  const durationAt = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0);
  const standard =
    flags & 8 && head.length >= durationAt + 4 ? head.readUInt32BE(durationAt) : (pace.get(track) ?? 0);
  const start = tfdt ? versioned(payload(file, tfdt, 16), 4) : (end.get(track) ?? 0);
  let length = 0;
  for (const trun of boxes(file, traf.start, traf.end)) {
    if (trun.type === 'trun')
      length += runLength(payload(file, trun), standard, (first) => {
        if (!pace.get(track)) pace.set(track, first);
      });
  }
  if (standard > 0 && !pace.get(track)) pace.set(track, standard);
  end.set(track, Math.max(end.get(track) ?? 0, start + length));
}

/** Ticks of one `trun`, ISO 14496-12 8.8.8. */
function runLength(bytes: Buffer, standard: number, onFirst: (ticks: number) => void): number {
  if (bytes.length < 8) return 0;
  const flags = bytes.readUIntBE(1, 3);
  const count = bytes.readUInt32BE(4);
  if (!(flags & 0x100)) return count * standard;
  const step = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
  let at = 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
  let ticks = 0;
  for (let i = 0; i < count && at + step <= bytes.length; i += 1, at += step) {
    if (i === 0) onFirst(bytes.readUInt32BE(at));
    ticks += bytes.readUInt32BE(at);
  }
  return ticks;
}
