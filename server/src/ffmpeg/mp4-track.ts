import type { FileBytes } from './file-bytes.js';
import { packedLanguage, normalizeLanguage } from './language.js';
import { boxes, children, payload, versioned, type Box } from './mp4-boxes.js';
import { streamTitle, type StreamFlags } from './stream-flags.js';

/** One `trak` box, read as far as it describes; the sample tables stay in the file until somebody asks. */
export type Mp4Track = Readonly<{
  id: number;
  /** Its place among the tracks, which is ffmpeg's stream index. */
  index: number;
  handler: string;
  timescale: number;
  durationSeconds: number | null;
  /** Seconds to add to a media time to get a presentation time: the edit list's empty part less the part cut off. */
  shiftSeconds: number;
  hasEdits: boolean;
  /** Edits that show media; more than one is a cut film. */
  edits: number;
  /** Media time the first of them begins with, and how much of it is shown (null: all), ticks of the track. */
  editStart: number;
  editLength: number | null;
  language: string | null;
  title: string | null;
  flags: Partial<StreamFlags>;
  rotation: 0 | 90 | 180 | 270;
  width: number;
  height: number;
  chapterTracks: readonly number[];
  tables: ReadonlyMap<string, Box>;
}>;

/** @param movieTimescale ticks a second of `mvhd`, in which edit lists count. */
export function readTrack(
  file: FileBytes,
  trak: Box,
  index: number,
  movieTimescale: number,
): Mp4Track | null {
  const parts = children(file, trak);
  const mdia = parts.get('mdia');
  const tkhd = parts.get('tkhd');
  if (mdia === undefined || tkhd === undefined) return null;
  const media = children(file, mdia);
  const mdhd = media.get('mdhd');
  const minf = media.get('minf');
  const hdlr = media.get('hdlr');
  const stbl = minf && children(file, minf).get('stbl');
  if (mdhd === undefined || stbl === undefined) return null;
  const header = trackHeader(payload(file, tkhd, 128));
  const time = mediaHeader(payload(file, mdhd, 64));
  const elng = media.get('elng');
  const user = userData(file, parts.get('udta'));
  const tref = parts.get('tref');
  const chap = tref && children(file, tref).get('chap');
  return {
    ...header,
    ...time,
    index,
    handler: hdlr === undefined ? '' : payload(file, hdlr, 64).toString('latin1', 8, 12),
    language: elng ? normalizeLanguage(payload(file, elng, 64).toString('latin1', 4)) : time.language,
    title: user.title,
    flags: { ...user.flags, default: header.enabled },
    ...editShift(file, parts.get('edts'), movieTimescale, time.timescale),
    chapterTracks: chap ? words(payload(file, chap, 256)) : [],
    tables: children(file, stbl),
  };
}

type Header = Pick<Mp4Track, 'id' | 'rotation' | 'width' | 'height'> & { enabled: boolean };

/** Track header, ISO 14496-12 8.3.2. */
function trackHeader(bytes: Buffer): Header {
  const long = bytes[0] === 1;
  const matrix = long ? 52 : 40;
  if (bytes.length < matrix + 44) return { id: 0, rotation: 0, width: 0, height: 0, enabled: true };
  const a = bytes.readInt32BE(matrix);
  const b = bytes.readInt32BE(matrix + 4);
  const turn = (Math.round((Math.atan2(b, a) * 180) / Math.PI / 90) * 90 + 360) % 360;
  return {
    id: bytes.readUInt32BE(long ? 20 : 12),
    enabled: ((bytes[3] ?? 0) & 1) === 1,
    rotation: turn === 90 || turn === 180 || turn === 270 ? turn : 0,
    width: bytes.readUInt32BE(matrix + 36) / 65536,
    height: bytes.readUInt32BE(matrix + 40) / 65536,
  };
}

function mediaHeader(bytes: Buffer): Pick<Mp4Track, 'timescale' | 'durationSeconds' | 'language'> {
  const long = bytes[0] === 1;
  if (bytes.length < (long ? 34 : 22)) return { timescale: 1000, durationSeconds: null, language: null };
  const timescale = bytes.readUInt32BE(long ? 20 : 12) || 1000;
  const duration = versioned(bytes, long ? 24 : 16);
  const unknown = duration === 0 || duration === 0xffffffff || duration > 2 ** 53;
  return {
    timescale,
    durationSeconds: unknown ? null : duration / timescale,
    language: packedLanguage(bytes.readUInt16BE(long ? 32 : 20)),
  };
}

/** Edit list, ISO 14496-12 8.6.6: a leading empty edit delays the track, the first real one cuts its start. */
function editShift(
  file: FileBytes,
  edts: Box | undefined,
  movieTimescale: number,
  timescale: number,
): Pick<Mp4Track, 'shiftSeconds' | 'hasEdits' | 'edits' | 'editStart' | 'editLength'> {
  const elst = edts && children(file, edts).get('elst');
  const none = { shiftSeconds: 0, hasEdits: false, edits: 0, editStart: 0, editLength: null };
  if (elst === undefined) return none;
  const bytes = payload(file, elst, 4096);
  const long = bytes[0] === 1;
  const step = long ? 20 : 12;
  let empty = 0;
  let found: { start: number; length: number | null } | undefined;
  let edits = 0;
  for (let at = 8; at + step <= bytes.length; at += step) {
    const duration = versioned(bytes, at);
    const mediaTime = long ? Number(bytes.readBigInt64BE(at + 8)) : bytes.readInt32BE(at + 4);
    if (mediaTime >= 0) {
      edits += 1;
      const length = duration > 0 ? Math.round((duration / movieTimescale) * timescale) : null;
      found ??= { start: mediaTime, length };
    } else if (found === undefined) empty += duration / movieTimescale;
  }
  if (found === undefined) return { ...none, shiftSeconds: empty, hasEdits: true };
  const { start, length } = found;
  return {
    shiftSeconds: empty - start / timescale,
    hasEdits: true,
    edits,
    editStart: start,
    editLength: length,
  };
}

/** DASH roles (ISO 23009-1 5.8.5.5) that `kind` boxes carry. */
const roles: Readonly<Record<string, keyof StreamFlags>> = {
  'forced-subtitle': 'forced', 'forced_subtitle': 'forced', caption: 'hearingImpaired', description: 'visualImpaired',
  commentary: 'commentary', main: 'default',
}; // prettier-ignore

function userData(
  file: FileBytes,
  udta: Box | undefined,
): { title: string | null; flags: Partial<StreamFlags> } {
  const flags: { -readonly [K in keyof StreamFlags]?: boolean } = {};
  let title: string | null = null;
  for (const box of udta === undefined ? [] : boxes(file, udta.start, udta.end)) {
    const bytes = payload(file, box, 512);
    if (box.type === 'name') title = streamTitle(bytes.toString('utf8'));
    if (box.type === '\xa9nam') title = streamTitle(bytes.toString('utf8', 4));
    if (box.type === 'kind') {
      const role = roles[bytes.toString('latin1', 4).split('\0')[1] ?? ''];
      if (role !== undefined) flags[role] = true;
    }
  }
  return { title, flags };
}

export function words(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readUInt32BE(i * 4));
}
