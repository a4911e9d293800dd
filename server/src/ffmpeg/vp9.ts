import { BitReader } from './bit-reader.js';
import type { CodecFacts } from './codec-facts.js';
import { codePoint, colourOf, pixelFormatOf } from './colour.js';
import type { Colour } from './media-info.js';

/** Largest luma picture and luma sample rate of each level, VP9 levels (webmproject.org/vp9/levels). */
const levels = [
  [10, 36864, 829440], [11, 73728, 2764800], [20, 122880, 4608000], [21, 245760, 9216000], [30, 552960, 20736000],
  [31, 983040, 36864000], [40, 2228224, 83558400], [41, 2228224, 160432128], [50, 8912896, 311951360],
  [51, 8912896, 588251136], [52, 8912896, 1176502272], [60, 35651584, 1176502272], [61, 35651584, 2353004544],
  [62, 35651584, 4706009088],
] as const; // prettier-ignore

/** @param config the payload of a `vpcC` box after version and flags (VP Codec ISO Media File Format Binding). */
export function vp9BoxFacts(config: Uint8Array): CodecFacts {
  const [profile, level, packed, p = 2, t = 2, m = 2] = config;
  if (profile === undefined || level === undefined || packed === undefined) return {};
  const bitDepth = packed >> 4;
  const chroma = [1, 1, 2, 3][(packed >> 1) & 3] ?? 1;
  return {
    profile: `Profile ${profile}`,
    ...(level > 0 ? { level: level / 10 } : {}),
    bitDepth,
    pixelFormat: pixelFormatOf(chroma, bitDepth),
    colour: colourOf(p, t, m, (packed & 1) === 1),
  };
}

/** uncompressed_header of a key frame, VP9 6.2. WebM files seldom carry more than this. */
export function vp9FrameFacts(frame: Uint8Array): CodecFacts {
  const bits = new BitReader(frame.subarray(0, 32));
  if (frame.length < 10 || bits.bits(2) !== 2) return {};
  const profile = bits.bit() + 2 * bits.bit();
  if (profile === 3) bits.flag();
  if (bits.flag() || bits.flag()) return {}; // show_existing_frame, not a key frame
  bits.bits(2);
  if (bits.bits(24) !== 0x498342) return {};
  const bitDepth = profile >= 2 ? (bits.flag() ? 12 : 10) : 8;
  const space = bits.bits(3);
  const rgb = space === 7;
  const full = rgb ? true : bits.flag();
  const [subX, subY] = profile % 2 === 1 ? (rgb ? [0, 0] : [bits.bit(), bits.bit()]) : [1, 1];
  // color_space: 1 BT.601, 2 BT.709, 3 SMPTE 170, 4 SMPTE 240, 5 BT.2020, 7 RGB
  const matrix = [2, 5, 1, 6, 7, 9, 2, 0][space] ?? 2;
  return {
    profile: `Profile ${profile}`,
    bitDepth,
    pixelFormat: rgb ? 'gbrp' : pixelFormatOf(subX && subY ? 1 : subX ? 2 : 3, bitDepth),
    colour: colourOf(2, 2, matrix, full),
  };
}

/** The lowest level that holds this picture at this rate. */
export function vp9Level(width: number, height: number, framesPerSecond: number | null): number {
  const picture = width * height;
  const rate = picture * (framesPerSecond ?? 30);
  return (levels.find(([, size, speed]) => picture <= size && rate <= speed)?.[0] ?? 62) / 10;
}

/** All nine fields: Chromium's decodingInfo refuses the short form. */
export function vp9CodecString(facts: CodecFacts, colour: Colour, level: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const format = facts.pixelFormat ?? 'yuv420p';
  const chroma = format.includes('444') ? 3 : format.includes('422') ? 2 : 1;
  return [
    'vp09',
    two(Number(facts.profile?.slice(-1) ?? 0)),
    two(Math.round(level * 10)),
    two(facts.bitDepth ?? 8),
    two(chroma),
    two(codePoint('primaries', colour.primaries)),
    two(codePoint('transfer', colour.transfer)),
    two(codePoint('matrix', colour.matrix)),
    colour.range === 'full' ? '01' : '00',
  ].join('.');
}
