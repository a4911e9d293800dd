import type { FileBytes } from './file-bytes.js';
import { ProbeFailed } from './media-probe.js';
import type { Box } from './mp4-boxes.js';
import type { Mp4Track } from './mp4-track.js';
import type { SampleTable } from './mp4-sample-columns.js';
import { readRuns } from './mp4-fragment-runs.js';

const MOST_SAMPLES = 8_000_000;

/**
 * The samples of an MP4 or QuickTime track by its tables (ISO 14496-12 8.6, 8.7) or, in a fragmented file, by its
 * `moof` boxes. Null where this reader does not know how they are laid out: several edits, compact sizes.
 * @param options.places whether the samples' offsets are wanted too
 */
export function readSampleTable(
  file: FileBytes,
  track: Mp4Track,
  moov: Box,
  moofs: readonly Box[],
  { places = true } = {},
): SampleTable | null {
  if (track.edits > 1) return null;
  const table = track.tables.has('stsz') ? movieTable(file, track, places) : null;
  const fragments = moofs.length > 0 ? readRuns(file, track, moov, moofs) : null;
  const whole = table && table.count > 0 ? (fragments && fragments.count > 0 ? null : table) : fragments;
  return whole && edited(whole, track, fragments !== null);
}

/** A table box as a view of 32-bit words behind its count; undefined if it is not there. */
function words(file: FileBytes, track: Mp4Track, type: string, width: number): DataView | undefined {
  const box = track.tables.get(type);
  if (box === undefined || box.end - box.start < 8) return undefined;
  const count = file.exactly(box.start + 4, 4).readUInt32BE();
  if (count > MOST_SAMPLES || count > Math.floor((box.end - box.start - 8) / (4 * width)))
    throw new ProbeFailed('damaged', `The ${type} table is longer than its box.`);
  const bytes = file.exactly(box.start + 8, count * width * 4);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function movieTable(file: FileBytes, track: Mp4Track, places: boolean): SampleTable {
  const size = sizes(file, track);
  const count = size.length;
  const { pts, duration } = times(file, track, count);
  return {
    timescale: track.timescale,
    count,
    pts,
    duration,
    size,
    offset: places ? offsets(file, track, size) : new Float64Array(),
    sync: syncs(file, track, count),
  };
}

function sizes(file: FileBytes, track: Mp4Track): Uint32Array {
  const box = track.tables.get('stsz');
  if (box === undefined) return new Uint32Array();
  const head = file.exactly(box.start, 12);
  const [fixed, count] = [head.readUInt32BE(4), head.readUInt32BE(8)];
  if (count > MOST_SAMPLES) throw new ProbeFailed('damaged', 'The file has more samples than any sound one.');
  const size = new Uint32Array(count);
  if (fixed > 0) return size.fill(fixed);
  const bytes = file.exactly(box.start + 12, count * 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < count; at += 1) size[at] = view.getUint32(at * 4);
  return size;
}

function times(file: FileBytes, track: Mp4Track, count: number): Pick<SampleTable, 'pts' | 'duration'> {
  const stts = words(file, track, 'stts', 2);
  const ctts = words(file, track, 'ctts', 2);
  const pts = new Float64Array(count);
  const duration = new Uint32Array(count);
  let time = 0;
  let last = 0;
  for (let run = 0, at = 0; at < count; run += 8) {
    const more = stts !== undefined && run < stts.byteLength;
    if (more) last = stts.getUint32(run + 4);
    const end = more ? Math.min(count, at + stts.getUint32(run)) : count;
    for (; at < end; at += 1, time += last) {
      pts[at] = time;
      duration[at] = last;
    }
  }
  for (let run = 0, at = 0; ctts !== undefined && run < ctts.byteLength && at < count; run += 8) {
    const offset = ctts.getInt32(run + 4); // signed in version 1, and in version 0 of QuickTime's and ffmpeg's
    const end = Math.min(count, at + ctts.getUint32(run));
    for (; at < end; at += 1) pts[at] = (pts[at] ?? 0) + offset;
  }
  return { pts, duration };
}

/** Chunk offsets spread over samples by `stsc`, ISO 14496-12 8.7.4. */
function offsets(file: FileBytes, track: Mp4Track, size: Uint32Array): Float64Array {
  const long = words(file, track, 'co64', 2);
  const chunks = long ?? words(file, track, 'stco', 1);
  const runs = words(file, track, 'stsc', 3);
  const offset = new Float64Array(size.length).fill(-1);
  const chunkCount = chunks === undefined ? 0 : chunks.byteLength / (long ? 8 : 4);
  let sample = 0;
  for (let chunk = 0, run = 0; runs && chunk < chunkCount && sample < size.length; chunk += 1) {
    while ((run + 1) * 12 < runs.byteLength && runs.getUint32((run + 1) * 12) <= chunk + 1) run += 1;
    let at = long ? Number(long.getBigUint64(chunk * 8)) : (chunks?.getUint32(chunk * 4) ?? 0);
    const end = Math.min(
      size.length,
      sample + (run * 12 < runs.byteLength ? runs.getUint32(run * 12 + 4) : 0),
    );
    for (; sample < end; sample += 1) {
      offset[sample] = at;
      at += size[sample] ?? 0;
    }
  }
  return offset;
}

/** `stss`, and QuickTime's `stps` of pictures that begin an open group. Without `stss` every sample is one. */
function syncs(file: FileBytes, track: Mp4Track, count: number): Uint8Array {
  const sync = new Uint8Array(count);
  if (!track.tables.has('stss') || track.handler !== 'vide') return sync.fill(1);
  for (const type of ['stss', 'stps']) {
    const list = words(file, track, type, 1);
    for (let at = 0; list !== undefined && at < list.byteLength; at += 4) {
      const sample = list.getUint32(at) - 1;
      if (sample >= 0 && sample < count) sync[sample] = 1;
    }
  }
  return sync;
}

/**
 * The edit list applied as ffmpeg does (`mov_fix_index`): a video's first frame inside the edit is shown when the edit
 * begins; what nothing in it needs is left out.
 */
function edited(table: SampleTable, track: Mp4Track, fragmented: boolean): SampleTable {
  const shift = Math.round(track.shiftSeconds * table.timescale);
  const { pts, sync } = table;
  if (fragmented || !track.hasEdits || track.handler !== 'vide') {
    for (let at = 0; at < table.count; at += 1) pts[at] = (pts[at] ?? 0) + shift;
    return table;
  }
  const from = track.editStart;
  let first = Infinity;
  for (let at = 0; at < table.count; at += 1) {
    const time = pts[at] ?? 0;
    if (time >= from && time < first) first = time;
  }
  const late = Number.isFinite(first) ? first - from : 0;
  for (let at = 0; at < table.count; at += 1) pts[at] = (pts[at] ?? 0) + shift - late;
  const opens = shift + from;
  const closes = opens + (track.editLength ?? Infinity);
  let begin = 0;
  let end = table.count;
  for (let at = 0; at < table.count; at += 1) {
    if (sync[at] === 1 && (pts[at] ?? 0) <= opens) begin = at;
    // A frame of grace: the length is in ticks of the movie, often coarser than a frame's.
    if (sync[at] === 1 && (pts[at] ?? 0) >= closes + (table.duration[at] ?? 0)) {
      end = at;
      break;
    }
  }
  return slice(table, begin, Math.max(begin + 1, end));
}

function slice(table: SampleTable, begin: number, end: number): SampleTable {
  return {
    timescale: table.timescale,
    count: Math.min(end, table.count) - begin,
    pts: table.pts.subarray(begin, end),
    duration: table.duration.subarray(begin, end),
    size: table.size.subarray(begin, end),
    offset: table.offset.subarray(begin, end),
    sync: table.sync.subarray(begin, end),
  };
}

/** When the last frame shown ends, ticks. */
export function endOf({ count, pts, duration }: SampleTable): number {
  let end = 0;
  // Reordering does not reach further than a few dozen frames.
  for (let at = Math.max(0, count - 64); at < count; at += 1)
    end = Math.max(end, (pts[at] ?? 0) + (duration[at] ?? 0));
  return end;
}
