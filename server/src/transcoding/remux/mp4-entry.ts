import type { FileBytes } from '../../ffmpeg/file-bytes.js';
import { type Box, boxes, children, payload } from '../../ffmpeg/mp4-boxes.js';
import type { Mp4Track } from '../../ffmpeg/mp4-track.js';
import type { AudioStream, VideoStream } from '../../ffmpeg/media-info.js';
import { box } from '../cmaf/boxes.js';
import { audioEntry, esds } from './audio-entry.js';
import { ac3Box, eac3Box } from './dolby-digital.js';
import { avcComplete, hevcOutOfBand, untouched } from './parameter-sets.js';
import { RemuxFailed } from './remux-failure.js';
import { type Entry, visualEntry } from './video-entry.js';

/** Children worth keeping; a camera's own, and QuickTime's, stay behind. */
const videoParts: ReadonlySet<string> = new Set([
  'avcC', 'hvcC', 'av1C', 'vpcC', 'colr', 'pasp', 'mdcv', 'clli', 'SmDm', 'CoLL', 'dvcC', 'dvvC', 'dvwC', 'hvcE',
]); // prettier-ignore
const videoTypes: Readonly<Record<string, string>> = {
  avc1: 'avc1', avc3: 'avc1', hvc1: 'hvc1', hev1: 'hvc1', dvh1: 'dvh1', dvhe: 'dvh1', dva1: 'dva1', av01: 'av01', dav1: 'dav1', vp09: 'vp09',
}; // prettier-ignore

/** The one sample entry of a track, as CMAF wants it. @throws RemuxFailed */
export function mp4SampleEntry(
  file: FileBytes,
  track: Mp4Track,
  stream: VideoStream | AudioStream,
  firstSample: () => Uint8Array,
): Entry {
  const stsd = track.tables.get('stsd');
  const entries = stsd ? [...boxes(file, stsd.start + 8, stsd.end)] : [];
  const [entry] = entries;
  if (!entry || entries.length > 1)
    throw new RemuxFailed('unsupported', 'The track changes its description on the way.');
  if (stream.kind === 'video') return videoEntry(file, entry, stream, firstSample);
  return { entry: soundEntry(file, entry, stream, firstSample), filter: untouched };
}

function videoEntry(file: FileBytes, entry: Box, stream: VideoStream, firstSample: () => Uint8Array): Entry {
  const type = videoTypes[entry.type];
  if (type === undefined) throw new RemuxFailed('unsupported', `Video of type ${entry.type} is not copied.`);
  let filter = untouched;
  const parts: Buffer[] = [];
  for (const part of boxes(file, entry.start + 78, entry.end)) {
    if (!videoParts.has(part.type)) continue;
    const body = payload(file, part, 256 * 1024);
    if (part.type === 'avcC' && !avcComplete(body))
      throw new RemuxFailed('unsupported', 'The parameter sets lie among the pictures.');
    if (part.type === 'hvcC') {
      const moved = hevcOutOfBand(Buffer.from(body), firstSample);
      filter = moved.filter;
      parts.push(box('hvcC', moved.record));
    } else if (part.type === 'colr') parts.push(...colour(body));
    else parts.push(box(part.type, body));
  }
  return { entry: visualEntry(type, stream, parts), filter };
}

/** QuickTime's `nclc` as `nclx`, which also tells the range; colour profiles are left. */
function colour(body: Buffer): Buffer[] {
  const type = body.toString('latin1', 0, 4);
  if (type === 'nclx') return [box('colr', body)];
  return type === 'nclc' && body.length >= 10
    ? [box('colr', Buffer.from('nclx'), body.subarray(4, 10), Buffer.from([0]))]
    : [];
}

function soundEntry(file: FileBytes, entry: Box, stream: AudioStream, firstSample: () => Uint8Array): Buffer {
  const parts = soundParts(file, entry);
  const part = (type: string): Buffer | undefined => {
    const found = parts.get(type);
    return found && box(type, payload(file, found, 64 * 1024));
  };
  const made = (type: string, config: Buffer | undefined): Buffer => {
    if (config) return audioEntry(type, stream, config);
    throw new RemuxFailed('unsupported', 'The sound track does not say how it is to be decoded.');
  };
  switch (stream.codec) {
    case 'aac':
      return made('mp4a', part('esds'));
    case 'mp3':
      return made('mp4a', part('esds') ?? esds(0x6b, Buffer.alloc(0)));
    case 'ac3':
      return made('ac-3', part('dac3') ?? ac3Box(firstSample()));
    case 'eac3':
      return made('ec-3', part('dec3') ?? eac3Box(firstSample()));
    case 'opus':
      return made('Opus', part('dOps'));
    case 'flac':
      return made('fLaC', part('dfLa'));
    default:
      throw new RemuxFailed('unsupported', `Sound of type ${stream.codec} is not copied.`);
  }
}

/** Boxes behind the fixed fields, whose length QuickTime varies (QTFF, Sound Sample Description), `wave` looked into. */
function soundParts(file: FileBytes, entry: Box): Map<string, Box> {
  const version = file.read(entry.start, 28).readUInt16BE(8);
  const known = /^(esds|dac3|dec3|dOps|dfLa|wave)$/;
  const layouts = [[28, 44, 64][version] ?? 28, 28].map((skip) => children(file, entry, skip));
  const parts =
    layouts.find((each) => [...each.keys()].some((type) => known.test(type))) ?? new Map<string, Box>();
  const wave = parts.get('wave');
  return wave ? new Map([...children(file, wave), ...parts]) : parts;
}
