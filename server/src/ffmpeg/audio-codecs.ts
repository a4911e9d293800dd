import { BitReader } from './bit-reader.js';
import type { CodecFacts } from './codec-facts.js';

const sampleRates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
const aacProfiles: Readonly<Record<number, string>> = {
  1: 'Main', 2: 'LC', 3: 'SSR', 4: 'LTP', 5: 'HE-AAC', 23: 'LD', 29: 'HE-AACv2', 39: 'ELD', 42: 'xHE-AAC',
}; // prettier-ignore

/** AudioSpecificConfig, ISO 14496-3 1.6.2.1, with the explicit backward-compatible SBR/PS signalling at its end. */
export function aacFacts(config: Uint8Array): CodecFacts {
  if (config.length < 2) return {};
  try {
    const bits = new BitReader(config);
    const objectType = (): number => {
      const type = bits.bits(5);
      return type === 31 ? 32 + bits.bits(6) : type;
    };
    const frequency = (): number => {
      const index = bits.bits(4);
      return index === 15 ? bits.bits(24) : (sampleRates[index] ?? 0);
    };
    const type = objectType();
    let sampleRate = frequency();
    const channelConfig = bits.bits(4);
    if (type === 5 || type === 29) sampleRate = frequency();
    const extended = type === 2 ? syncExtension(config) : null;
    const effective = extended?.type ?? type;
    return {
      codecString: `mp4a.40.${effective}`,
      profile: aacProfiles[effective] ?? `${effective}`,
      sampleRate: extended?.sampleRate ?? sampleRate,
      ...(channelConfig > 0 ? { channels: [0, 1, 2, 3, 4, 5, 6, 8][channelConfig] ?? 2 } : {}),
    };
  } catch (error) {
    if (error instanceof RangeError) return {};
    throw error;
  }
}

function syncExtension(config: Uint8Array): { type: number; sampleRate: number } | null {
  if (config.length < 5 || config[2] !== 0x56 || (config[3] ?? 0) >> 5 !== 7) return null;
  const bits = new BitReader(config.subarray(4));
  if (((config[3] ?? 0) & 31) !== 5 || !bits.flag()) return null;
  const index = bits.bits(4);
  return { type: 5, sampleRate: sampleRates[index] ?? 0 };
}

const acmodChannels = [2, 1, 2, 3, 3, 4, 4, 5];
const ac3Rates = [48000, 44100, 32000];

/** `dac3` box, ETSI TS 102 366 F.4 */
export function ac3Facts(box: Uint8Array): CodecFacts {
  const [b0, b1] = box;
  if (b0 === undefined || b1 === undefined) return {};
  const channels = (acmodChannels[(b1 >> 3) & 7] ?? 2) + ((b1 >> 2) & 1);
  return { channels, sampleRate: ac3Rates[b0 >> 6] };
}

/** `dec3` box, ETSI TS 102 366 F.6; the channels of dependent substreams are added. */
export function eac3Facts(box: Uint8Array): CodecFacts {
  const [, , b2, b3, b4 = 0, b5 = 0] = box;
  if (b2 === undefined || b3 === undefined) return {};
  const dependent = (b4 >> 1) & 15;
  let channels = (acmodChannels[(b3 >> 1) & 7] ?? 2) + (b3 & 1);
  if (dependent > 0) {
    const locations = ((b4 & 1) << 8) | b5;
    // Lc/Rc, Lrs/Rrs, Cs, Ts, Lsd/Rsd, Lw/Rw, Lvh/Rvh, Cvh, LFE2 (table F.6.1)
    const counts = [1, 1, 2, 2, 2, 1, 1, 2, 2];
    channels += counts.reduce((sum, count, bit) => sum + ((locations >> bit) & 1 ? count : 0), 0);
  }
  const joc = box.length >= 7 && dependent === 0 && ((box[5] ?? 0) & 1) === 1;
  return {
    channels,
    sampleRate: ac3Rates[b2 >> 6],
    ...(joc ? { profile: 'Dolby Digital Plus + Dolby Atmos' } : {}),
  };
}

const layouts = ['', 'mono', 'stereo', '2.1', '4.0', '5.0', '5.1', '6.1', '7.1'];

/** ffmpeg's name of the usual layout for a channel count. */
export function defaultLayout(channels: number): string | null {
  return layouts[channels] || null;
}

/** RFC 6381 / MIME names of audio codecs that need no configuration. */
export const audioCodecStrings: Readonly<Record<string, string>> = {
  mp3: 'mp3', opus: 'opus', vorbis: 'vorbis', flac: 'flac', ac3: 'ac-3', eac3: 'ec-3', alac: 'alac', dts: 'dtsc',
  truehd: 'mlpa', aac: 'mp4a.40.2', mp2: 'mp4a.6B',
}; // prettier-ignore

/** Object type indications of `esds` (mp4ra.org) under ffmpeg's codec names. */
export const objectTypeCodecs: Readonly<Record<number, string>> = {
  0x20: 'mpeg4', 0x40: 'aac', 0x60: 'mpeg2video', 0x61: 'mpeg2video', 0x66: 'aac', 0x67: 'aac', 0x68: 'aac',
  0x69: 'mp3', 0x6a: 'mpeg1video', 0x6b: 'mp3', 0x6c: 'mjpeg', 0x6d: 'png', 0xa5: 'ac3', 0xa6: 'eac3', 0xa9: 'dts',
  0xad: 'opus', 0xdd: 'vorbis', 0xe0: 'dvd_subtitle', 0x08: 'mov_text',
}; // prettier-ignore
