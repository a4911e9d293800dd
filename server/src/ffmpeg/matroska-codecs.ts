import { aacFacts, audioCodecStrings } from './audio-codecs.js';
import { av1CodecString, av1Facts } from './av1.js';
import type { CodecFacts } from './codec-facts.js';
import { mergeColour } from './colour.js';
import { h264Facts } from './h264.js';
import { hevcFacts } from './hevc.js';
import type { MatroskaTrack } from './matroska-track.js';
import { vp9BoxFacts, vp9CodecString, vp9FrameFacts, vp9Level } from './vp9.js';

const exact: Readonly<Record<string, string>> = {
  'V_MPEG4/ISO/AVC': 'h264', 'V_MPEGH/ISO/HEVC': 'hevc', V_AV1: 'av1', V_VP8: 'vp8', V_VP9: 'vp9', V_MPEG2: 'mpeg2video',
  V_MPEG1: 'mpeg1video', V_THEORA: 'theora', V_PRORES: 'prores', V_FFV1: 'ffv1', V_MJPEG: 'mjpeg', 'V_MPEG4/MS/V3': 'msmpeg4v3',
  A_AC3: 'ac3', A_EAC3: 'eac3', A_TRUEHD: 'truehd', A_MLP: 'mlp', A_FLAC: 'flac', A_OPUS: 'opus', A_VORBIS: 'vorbis',
  'A_MPEG/L3': 'mp3', 'A_MPEG/L2': 'mp2', 'A_MPEG/L1': 'mp1', A_ALAC: 'alac', A_WAVPACK4: 'wavpack', A_TTA1: 'tta',
  'S_TEXT/UTF8': 'subrip', 'S_TEXT/ASCII': 'subrip', 'S_TEXT/ASS': 'ass', 'S_TEXT/SSA': 'ass', S_ASS: 'ass', S_SSA: 'ass',
  'S_TEXT/WEBVTT': 'webvtt', 'D_WEBVTT/SUBTITLES': 'webvtt', 'D_WEBVTT/CAPTIONS': 'webvtt', 'S_HDMV/PGS': 'hdmv_pgs_subtitle',
  S_VOBSUB: 'dvd_subtitle', S_DVBSUB: 'dvb_subtitle', 'S_HDMV/TEXTST': 'hdmv_text_subtitle', S_ARIBSUB: 'arib_caption',
}; // prettier-ignore
const starts: readonly (readonly [string, string])[] = [
  ['V_MPEG4/ISO', 'mpeg4'], ['A_AAC', 'aac'], ['A_AC3', 'ac3'], ['A_DTS', 'dts'], ['V_REAL/RV40', 'rv40'], ['V_REAL/RV30', 'rv30'],
]; // prettier-ignore
const fourCcs: Readonly<Record<string, string>> = {
  XVID: 'mpeg4', DIVX: 'mpeg4', DX50: 'mpeg4', FMP4: 'mpeg4', MP4V: 'mpeg4', DIV3: 'msmpeg4v3', MP43: 'msmpeg4v3',
  H264: 'h264', X264: 'h264', AVC1: 'h264', MJPG: 'mjpeg', WMV3: 'wmv3', WVC1: 'vc1', HEVC: 'hevc', VP80: 'vp8',
}; // prettier-ignore
/** `wFormatTag` of A_MS/ACM. */
const formatTags: Readonly<Record<number, string>> = {
  0x01: 'pcm_s16le', 0x50: 'mp2', 0x55: 'mp3', 0xff: 'aac', 0x2000: 'ac3', 0x2001: 'dts', 0x161: 'wmav2',
}; // prettier-ignore

/** ffmpeg's name for a Matroska codec id. */
export function codecOf({ codecId, config, audio }: MatroskaTrack): string {
  const known = exact[codecId] ?? starts.find(([prefix]) => codecId.startsWith(prefix))?.[1];
  if (known !== undefined) return known;
  if (codecId === 'V_MS/VFW/FOURCC')
    return fourCcs[config.toString('latin1', 16, 20).toUpperCase()] ?? 'unknown';
  if (codecId === 'A_MS/ACM') return (config.length >= 2 && formatTags[config.readUInt16LE()]) || 'unknown';
  const order = codecId === 'A_PCM/INT/BIG' ? 'be' : 'le';
  if (codecId.startsWith('A_PCM/INT'))
    return audio.bitDepth === 8 ? 'pcm_u8' : `pcm_s${audio.bitDepth || 16}${order}`;
  if (codecId === 'A_PCM/FLOAT/IEEE') return `pcm_f${audio.bitDepth || 32}le`;
  return 'unknown';
}

/** @param keyFrame the first frame of the track where it is known: VP9 tells its depth only there. */
export function trackFacts(
  track: MatroskaTrack,
  codec: string,
  keyFrame: Uint8Array | null,
  framesPerSecond: number | null,
): CodecFacts {
  const facts = readFacts(track, codec, keyFrame);
  const colour = mergeColour(track.video.colour, facts.colour);
  const { width, height } = track.video;
  if (codec === 'av1')
    return { ...facts, colour, codecString: av1CodecString(track.config, colour) ?? undefined };
  if (codec === 'vp9') {
    const level = facts.level ?? vp9Level(width, height, framesPerSecond);
    return { ...facts, colour, level, codecString: vp9CodecString(facts, colour, level) };
  }
  const codecString =
    facts.codecString ??
    audioCodecStrings[codec] ??
    (codec === 'mpeg4' ? 'mp4v.20.9' : codec === 'vp8' ? 'vp8' : undefined);
  return { ...facts, colour, codecString };
}

function readFacts({ config }: MatroskaTrack, codec: string, keyFrame: Uint8Array | null): CodecFacts {
  switch (codec) {
    case 'h264':
      return h264Facts(config);
    case 'hevc':
      return hevcFacts(config);
    case 'av1':
      return av1Facts(config);
    case 'vp9':
      return { ...vp9BoxFacts(vp9Features(config)), ...(keyFrame ? vp9FrameFacts(keyFrame) : {}) };
    case 'vp8':
      return { bitDepth: 8, pixelFormat: 'yuv420p' };
    case 'aac':
      return aacFacts(config);
    case 'flac':
      return config.length >= 22
        ? { bitDepth: ((((config[20] ?? 0) & 1) << 4) | ((config[21] ?? 0) >> 4)) + 1 }
        : {};
    default:
      return {};
  }
}

/** CodecPrivate of VP9 in WebM (id, length, value) in the order of a `vpcC` payload. */
function vp9Features(config: Buffer): Uint8Array {
  const values = new Map<number, number>();
  for (let at = 0; at + 2 < config.length; at += 3) values.set(config[at] ?? 0, config[at + 2] ?? 0);
  const profile = values.get(1);
  if (profile === undefined) return Buffer.alloc(0);
  const chroma = values.get(4) ?? 1;
  return Buffer.from([profile, values.get(2) ?? 0, ((values.get(3) ?? 8) << 4) | (chroma << 1)]);
}
