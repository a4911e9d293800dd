import { ac3Facts, aacFacts, audioCodecStrings, eac3Facts, objectTypeCodecs } from './audio-codecs.js';
import { av1CodecString, av1Facts } from './av1.js';
import type { CodecFacts } from './codec-facts.js';
import { colourOf, dolbyVisionOf, mergeColour, noColour, type DolbyVision } from './colour.js';
import type { FileBytes } from './file-bytes.js';
import { h264Facts } from './h264.js';
import { hevcFacts } from './hevc.js';
import type { Colour, Rational } from './media-info.js';
import { children, payload, type Box } from './mp4-boxes.js';
import { vp9BoxFacts, vp9CodecString } from './vp9.js';

/** One entry of `stsd`, ISO 14496-12 8.5.2, in ffmpeg's terms. */
export type SampleEntry = Readonly<{
  codec: string;
  facts: CodecFacts;
  colour: Colour;
  dolbyVision: DolbyVision | null;
  sampleAspect: Rational | null;
  fields: number | null;
  width: number;
  height: number;
  channels: number;
  sampleRate: number;
  bitrate: number | null;
}>;

const codecs: Readonly<Record<string, string>> = {
  avc1: 'h264', avc3: 'h264', dva1: 'h264', dvav: 'h264', hvc1: 'hevc', hev1: 'hevc', dvh1: 'hevc', dvhe: 'hevc',
  av01: 'av1', dav1: 'av1', vp08: 'vp8', vp09: 'vp9', mp4v: 'mpeg4', 's263': 'h263', vvc1: 'vvc', vvi1: 'vvc',
  mp4a: 'aac', 'ac-3': 'ac3', 'ec-3': 'eac3', 'ac-4': 'ac4', Opus: 'opus', fLaC: 'flac', alac: 'alac', '.mp3': 'mp3',
  dtsc: 'dts', dtsh: 'dts', dtsl: 'dts', dtse: 'dts', dtsx: 'dts', mlpa: 'truehd', samr: 'amr_nb', sawb: 'amr_wb',
  sowt: 'pcm_s16le', twos: 'pcm_s16be', in24: 'pcm_s24be', in32: 'pcm_s32be', fl32: 'pcm_f32be', ulaw: 'pcm_mulaw',
  alaw: 'pcm_alaw', ipcm: 'pcm_s16be', jpeg: 'mjpeg', mjpa: 'mjpeg', 'png ': 'png', apch: 'prores', apcn: 'prores',
  apcs: 'prores', apco: 'prores', ap4h: 'prores', AVdh: 'dnxhd', AVdn: 'dnxhd', tx3g: 'mov_text', text: 'mov_text',
  wvtt: 'webvtt', stpp: 'ttml', c608: 'eia_608', SVQ3: 'svq3', 'rle ': 'qtrle',
}; // prettier-ignore

/** @param handler `vide`, `soun` or another; it decides the shape of the entry. */
export function readSampleEntry(
  file: FileBytes,
  stsd: Box,
  handler: string,
  quickTime: boolean,
): SampleEntry | null {
  const entry = children(file, stsd, 8).values().next().value;
  if (entry === undefined) return null;
  const head = file.read(entry.start, 78);
  const video = handler === 'vide';
  const audio = handler === 'soun' ? audioShape(head, quickTime) : null;
  const skip = video ? 78 : (audio?.length ?? 8);
  const parts = entry.end - entry.start > skip ? children(file, entry, skip) : new Map<string, Box>();
  const bytesOf = (type: string): Buffer | undefined => {
    const box = parts.get(type);
    return box && payload(file, box, 65536);
  };
  const original = bytesOf('sinf')?.toString('latin1', 12, 16); // encrypted: `frma` comes first in `sinf`
  const format = original ?? entry.type;
  const esds = esdsOf(file, parts);
  const codec = (esds && objectTypeCodecs[esds.objectType]) ?? codecs[format] ?? 'unknown';
  const facts = codecFacts(codec, format, bytesOf, esds);
  const colour = mergeColour(containerColour(bytesOf('colr')), facts.colour);
  const record = bytesOf('dvcC') ?? bytesOf('dvvC') ?? bytesOf('dvwC');
  const pasp = bytesOf('pasp');
  const fiel = bytesOf('fiel');
  return {
    codec,
    facts: withCodecString(codec, facts, colour, bytesOf),
    colour,
    dolbyVision: record ? dolbyVisionOf(record) : null,
    sampleAspect: pasp && pasp.length >= 8 ? aspect(pasp) : null,
    fields: fiel?.[0] ?? null,
    width: video && head.length >= 28 ? head.readUInt16BE(24) : 0,
    height: video && head.length >= 28 ? head.readUInt16BE(26) : 0,
    channels: facts.channels ?? audio?.channels ?? 0,
    sampleRate: facts.sampleRate ?? audio?.sampleRate ?? 0,
    bitrate: bitrateOf(bytesOf('btrt'), esds),
  };
}

type Shape = { length: number; channels: number; sampleRate: number };

/** Sound descriptions: version 0 everywhere, 1 and 2 in QuickTime files only (QTFF, Sound Media). */
function audioShape(head: Buffer, quickTime: boolean): Shape {
  if (head.length < 28) return { length: 28, channels: 0, sampleRate: 0 };
  const version = head.readUInt16BE(8);
  if (quickTime && version === 2 && head.length >= 48) {
    return { length: 64, channels: head.readUInt32BE(40), sampleRate: head.readDoubleBE(32) };
  }
  const length = quickTime && version === 1 ? 44 : 28;
  return { length, channels: head.readUInt16BE(16), sampleRate: head.readUInt32BE(24) >>> 16 };
}

/** What a track that is neither picture nor sound gives its decoder (`esds`). */
export function decoderConfig(file: FileBytes, stsd: Box): Esds | undefined {
  const entry = children(file, stsd, 8).values().next().value;
  const box = entry && children(file, entry, 8).get('esds');
  return box && readEsds(payload(file, box, 4096));
}

type Esds = { objectType: number; averageBitrate: number; config: Buffer };

/** QuickTime keeps it inside of `wave`. */
function esdsOf(file: FileBytes, parts: ReadonlyMap<string, Box>): Esds | undefined {
  const wave = parts.get('wave');
  const box = parts.get('esds') ?? (wave && children(file, wave).get('esds'));
  return box && readEsds(payload(file, box, 4096));
}

/** ES descriptor, ISO 14496-1 7.2.6.5: walk the tags down to DecoderSpecificInfo. */
function readEsds(bytes: Buffer): Esds | undefined {
  let at = 4;
  let esds: Esds | undefined;
  while (at + 2 <= bytes.length) {
    const tag = bytes[at++];
    let size = 0;
    for (let i = 0, more = true; i < 4 && more; i += 1) {
      const byte = bytes[at++] ?? 0;
      size = (size << 7) | (byte & 127);
      more = byte > 127;
    }
    if (tag === 3) at += 3 + optionalFields(bytes[at + 2] ?? 0, bytes[at + 3] ?? 0);
    else if (tag === 4 && at + 13 <= bytes.length) {
      esds = {
        objectType: bytes[at] ?? 0,
        averageBitrate: bytes.readUInt32BE(at + 9),
        config: Buffer.alloc(0),
      };
      at += 13;
    } else if (tag === 5 && esds) return { ...esds, config: bytes.subarray(at, at + size) };
    else at += size;
  }
  return esds;
}

const optionalFields = (flags: number, urlLength: number): number =>
  (flags & 0x80 ? 2 : 0) + (flags & 0x40 ? 1 + urlLength : 0) + (flags & 0x20 ? 2 : 0);

function codecFacts(
  codec: string,
  format: string,
  bytesOf: (type: string) => Buffer | undefined,
  esds: Esds | undefined,
): CodecFacts {
  const from = (type: string, read: (bytes: Buffer) => CodecFacts): CodecFacts => {
    const bytes = bytesOf(type);
    return bytes ? read(bytes) : {};
  };
  switch (codec) {
    case 'h264':
      return from('avcC', (bytes) => h264Facts(bytes, format));
    case 'hevc':
      return from('hvcC', (bytes) => hevcFacts(bytes, format));
    case 'av1':
      return from('av1C', av1Facts);
    case 'vp9':
      return from('vpcC', (bytes) => vp9BoxFacts(bytes.subarray(4)));
    case 'aac':
      return esds ? aacFacts(esds.config) : {};
    case 'ac3':
      return from('dac3', ac3Facts);
    case 'eac3':
      return from('dec3', eac3Facts);
    case 'opus':
      return from('dOps', (bytes) => ({ channels: bytes[1] ?? 2, sampleRate: 48000 }));
    case 'flac':
      return from('dfLa', (bytes) => ({
        bitDepth: ((((bytes[20] ?? 0) & 1) << 4) | ((bytes[21] ?? 0) >> 4)) + 1,
      }));
    case 'mpeg4':
      return { codecString: 'mp4v.20.9' };
    default:
      return {};
  }
}

function withCodecString(
  codec: string,
  facts: CodecFacts,
  colour: Colour,
  bytesOf: (type: string) => Buffer | undefined,
): CodecFacts {
  const av1C = codec === 'av1' ? bytesOf('av1C') : undefined;
  const codecString = av1C
    ? av1CodecString(av1C, colour)
    : codec === 'vp9'
      ? vp9CodecString(facts, colour, facts.level ?? 1)
      : (facts.codecString ?? audioCodecStrings[codec]);
  return codecString ? { ...facts, codecString } : facts;
}

/** `colr`: `nclx` of ISO 14496-12 12.1.5 and QuickTime's `nclc`, which has no range. */
function containerColour(colr: Buffer | undefined): Colour {
  const type = colr?.toString('latin1', 0, 4);
  if (colr === undefined || colr.length < 10 || (type !== 'nclx' && type !== 'nclc')) return noColour;
  const full = type === 'nclx' && colr.length > 10 ? (colr[10] ?? 0) >> 7 === 1 : null;
  return colourOf(colr.readUInt16BE(4), colr.readUInt16BE(6), colr.readUInt16BE(8), full);
}

function aspect(pasp: Buffer): Rational | null {
  const [num, den] = [pasp.readUInt32BE(0), pasp.readUInt32BE(4)];
  return num > 0 && den > 0 ? { num, den } : null;
}

function bitrateOf(btrt: Buffer | undefined, esds: Esds | undefined): number | null {
  const average = btrt && btrt.length >= 12 ? btrt.readUInt32BE(8) : esds?.averageBitrate;
  return average || null;
}
