import type { FileBytes } from './file-bytes.js';
import { boxes, children, payload, versioned, type Box } from './mp4-boxes.js';
import { SampleColumns, type SampleTable } from './mp4-sample-columns.js';
import type { Mp4Track } from './mp4-track.js';

type Defaults = { duration: number; size: number; flags: number };
/** sample_is_non_sync_sample, or sample_depends_on says yes (ISO 14496-12 8.8.3.1). */
const NOT_SYNC = 0x0101_0000;

/** The samples of a track in all its fragments (ISO 14496-12 8.8), edit list not applied. */
export function readRuns(
  file: FileBytes,
  track: Mp4Track,
  moov: Box,
  moofs: readonly Box[],
): SampleTable | null {
  const columns = new SampleColumns();
  const standard = trackDefaults(file, moov, track.id);
  let clock = 0;
  for (const moof of moofs) {
    for (const traf of boxes(file, moof.start, moof.end)) {
      if (traf.type !== 'traf') continue;
      const parts = children(file, traf);
      const tfhd = parts.get('tfhd');
      const head = tfhd && payload(file, tfhd, 64);
      if (head === undefined || head.length < 8 || head.readUInt32BE(4) !== track.id) continue;
      const { base, defaults } = fragmentDefaults(head, moof.offset, standard);
      const tfdt = parts.get('tfdt');
      if (tfdt) clock = versioned(payload(file, tfdt, 16), 4);
      let data = base;
      for (const trun of boxes(file, traf.start, traf.end)) {
        if (trun.type !== 'trun') continue;
        ({ clock, data } = readRun(payload(file, trun, 16 * 1024 * 1024), { clock, data, base, defaults, columns, video: track.handler === 'vide' })); // prettier-ignore
      }
    }
  }
  return columns.count > 0 ? columns.table(track.timescale) : null;
}

function trackDefaults(file: FileBytes, moov: Box, id: number): Defaults {
  const mvex = children(file, moov).get('mvex');
  for (const trex of mvex === undefined ? [] : boxes(file, mvex.start, mvex.end)) {
    if (trex.type !== 'trex') continue;
    const bytes = payload(file, trex, 24);
    if (bytes.length >= 24 && bytes.readUInt32BE(4) === id)
      return {
        duration: bytes.readUInt32BE(12),
        size: bytes.readUInt32BE(16),
        flags: bytes.readUInt32BE(20),
      };
  }
  return { duration: 0, size: 0, flags: 0 };
}

function fragmentDefaults(
  tfhd: Buffer,
  moof: number,
  standard: Defaults,
): { base: number; defaults: Defaults } {
  const flags = tfhd.readUIntBE(1, 3);
  let at = 8;
  const next = (flag: number, width: number, otherwise: number): number => {
    if (!(flags & flag) || at + width > tfhd.length) return otherwise;
    at += width;
    return width === 8 ? Number(tfhd.readBigUInt64BE(at - 8)) : tfhd.readUInt32BE(at - 4);
  };
  const base = next(1, 8, moof);
  next(2, 4, 0);
  const duration = next(8, 4, standard.duration);
  const size = next(0x10, 4, standard.size);
  return { base, defaults: { duration, size, flags: next(0x20, 4, standard.flags) } };
}

type Run = {
  clock: number;
  data: number;
  base: number;
  defaults: Defaults;
  columns: SampleColumns;
  video: boolean;
};

function readRun(bytes: Buffer, run: Run): { clock: number; data: number } {
  let { clock, data } = run;
  if (bytes.length < 8) return { clock, data };
  const { defaults, columns } = run;
  const flags = bytes.readUIntBE(1, 3);
  const count = bytes.readUInt32BE(4);
  let at = 8;
  if (flags & 1) data = run.base + bytes.readInt32BE(at);
  if (flags & 1) at += 4;
  const first = flags & 4 ? bytes.readUInt32BE(at) : null;
  if (first !== null) at += 4;
  const step = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
  for (let index = 0; index < count && at + step <= bytes.length; index += 1) {
    const next = (flag: number, otherwise: number): number =>
      flags & flag ? bytes.readUInt32BE((at += 4) - 4) : otherwise;
    const duration = next(0x100, defaults.duration);
    const size = next(0x200, defaults.size);
    const own = next(0x400, index === 0 && first !== null ? first : defaults.flags);
    const offset = next(0x800, 0) | 0;
    columns.push(clock + offset, duration, size, data, !run.video || (own & NOT_SYNC) === 0);
    clock += duration;
    data += size;
  }
  return { clock, data };
}
