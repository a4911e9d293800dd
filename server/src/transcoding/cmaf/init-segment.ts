import { box, bufferOf, child, descend, fullBox, MalformedBox, readBoxes, uint16, uint32 } from './boxes.js';
import type { Track } from './track.js';

/** The id our segments give their only track. */
export const trackId = 1;

const unityMatrix = uint32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** The matrix (ISO/IEC 14496-12 6.2.2) that turns a picture, and moves it back into sight. */
function matrixOf({ rotation = 0, width, height }: Track): Buffer {
  const one = 0x10000;
  const minus = 0xffff0000;
  if (rotation === 90) return uint32(0, one, 0, minus, 0, 0, height * one, 0, 0x40000000);
  if (rotation === 180) return uint32(minus, 0, 0, 0, minus, 0, width * one, height * one, 0x40000000);
  if (rotation === 270) return uint32(0, minus, 0, one, 0, 0, 0, width * one, 0x40000000);
  return unityMatrix;
}

/** Sample entries under the name Apple's players insist on; the parameter sets are in the entry either way (14496-15 8.4.1). */
const entryNames: Readonly<Record<string, string>> = { hev1: 'hvc1', dvhe: 'dvh1' };

/**
 * The CMAF header of a track (ISO/IEC 23000-19 7.3.1): no edit list and no duration, so that the same bytes begin
 * every segment of a rendition, whoever made it.
 */
export function writeInit(track: Track): Buffer {
  const brands = Buffer.from('iso6cmfcmp41', 'latin1');
  const ftyp = box('ftyp', Buffer.from('iso6', 'latin1'), uint32(0), brands);
  const mvhd = fullBox(
    'mvhd', 0, 0,
    uint32(0, 0, 1000, 0, 0x10000), uint16(0x100, 0), uint32(0, 0), unityMatrix, Buffer.alloc(24), uint32(trackId + 1),
  ); // prettier-ignore
  return Buffer.concat([ftyp, box('moov', mvhd, trak(track), box('mvex', trex(track)))]);
}

function trak(track: Track): Buffer {
  const sound = track.kind === 'audio';
  const tkhd = fullBox(
    'tkhd', 0, 7,
    uint32(0, 0, trackId, 0, 0, 0, 0), uint16(0, 0, sound ? 0x100 : 0, 0), matrixOf(track),
    uint32(track.width * 0x10000, track.height * 0x10000),
  ); // prettier-ignore
  const mdhd = fullBox('mdhd', 0, 0, uint32(0, 0, track.timescale, 0), uint16(0x55c4, 0)); // language `und`
  const handler = Buffer.from(sound ? 'soun' : 'vide', 'latin1');
  const hdlr = fullBox('hdlr', 0, 0, uint32(0), handler, Buffer.alloc(13));
  const media = sound ? fullBox('smhd', 0, 0, uint32(0)) : fullBox('vmhd', 0, 1, uint32(0, 0));
  const dinf = box('dinf', fullBox('dref', 0, 0, uint32(1), fullBox('url ', 0, 1)));
  const stbl = box(
    'stbl',
    fullBox('stsd', 0, 0, uint32(1), renamedEntry(track.sampleEntry)),
    fullBox('stts', 0, 0, uint32(0)),
    fullBox('stsc', 0, 0, uint32(0)),
    fullBox('stsz', 0, 0, uint32(0, 0)),
    fullBox('stco', 0, 0, uint32(0)),
  );
  return box('trak', tkhd, box('mdia', mdhd, hdlr, box('minf', media, dinf, stbl)));
}

const trex = ({ kind }: Track): Buffer =>
  fullBox('trex', 0, 0, uint32(trackId, 1, 0, 0, sampleFlags(kind === 'audio')));

function renamedEntry(entry: Uint8Array): Buffer {
  const copy = Buffer.from(entry);
  const name = entryNames[copy.toString('latin1', 4, 8)];
  if (name !== undefined) copy.write(name, 4, 'latin1');
  return copy;
}

/** `sample_depends_on` and `sample_is_non_sync_sample`, 8.8.3.1. */
export const sampleFlags = (key: boolean): number => (key ? 0x02000000 : 0x01010000);

/** What a `moov` says of its only track, and the defaults of its fragments. */
export interface InitFacts {
  readonly track: Track;
  readonly trackId: number;
  readonly defaults: SampleDefaults;
}

export interface SampleDefaults {
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
}

/**
 * Reads the body of a `moov` of one track, or of an init segment that holds one.
 * @throws MalformedBox
 */
export function readInit(bytes: Uint8Array): InitFacts {
  const all = bufferOf(bytes);
  const types = [...readBoxes(all)].map(({ type }) => type);
  const moov = types.includes('moov') ? child(all, 'moov') : all;
  const [trak, ...more] = [...readBoxes(moov)].filter(({ type }) => type === 'trak');
  if (!trak || more.length > 0) throw new MalformedBox('An init segment must have one track.');
  const mdia = child(trak.body, 'mdia');
  const handler = need(child(mdia, 'hdlr'), 12).toString('latin1', 8, 12);
  if (handler !== 'vide' && handler !== 'soun') throw new MalformedBox(`A track of ${handler}.`);
  const mdhd = child(mdia, 'mdhd');
  const timescale = need(mdhd, 24).readUInt32BE(mdhd[0] === 1 ? 20 : 12);
  if (timescale === 0) throw new MalformedBox('A track without a clock.');
  const stsd = need(descend(mdia, 'minf', 'stbl', 'stsd'), 16).subarray(8);
  const [entry] = readBoxes(stsd);
  if (!entry) throw new MalformedBox('A track without a sample entry.');
  const tkhd = child(trak.body, 'tkhd');
  const size = need(tkhd, tkhd[0] === 1 ? 96 : 84).subarray(-8);
  return {
    track: {
      kind: handler === 'vide' ? 'video' : 'audio',
      timescale,
      sampleEntry: Buffer.from(stsd.subarray(0, entry.header + entry.body.length)),
      width: size.readUInt32BE(0) / 0x10000,
      height: size.readUInt32BE(4) / 0x10000,
    },
    ...extendsBox(moov),
  };
}

function extendsBox(moov: Buffer): Pick<InitFacts, 'trackId' | 'defaults'> {
  const body = need(descend(moov, 'mvex', 'trex'), 24);
  const [duration, size, flags] = [12, 16, 20].map((at) => body.readUInt32BE(at));
  return {
    trackId: body.readUInt32BE(4),
    defaults: { duration: duration ?? 0, size: size ?? 0, flags: flags ?? 0 },
  };
}

/** @throws MalformedBox where a body is shorter than its fields */
export function need(body: Buffer, length: number): Buffer {
  if (body.length < length)
    throw new MalformedBox(`A box of ${body.length} bytes where ${length} are needed.`);
  return body;
}
