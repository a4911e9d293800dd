import { BitReader, annexBUnits, withoutEmulationPrevention } from './bit-reader.js';
import { aspectAndColour, hexByte, type CodecFacts } from './codec-facts.js';
import { colourOf, pixelFormatOf } from './colour.js';

const profiles: Readonly<Record<number, string>> = {
  66: 'Baseline', 77: 'Main', 88: 'Extended', 100: 'High', 110: 'High 10', 122: 'High 4:2:2',
  244: 'High 4:4:4 Predictive', 44: 'CAVLC 4:4:4 Intra', 118: 'Multiview High', 128: 'Stereo High',
}; // prettier-ignore
const withChroma = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** @param config an `avcC` record (ISO 14496-15, 5.3.3.1) or Annex B parameter sets. */
export function h264Facts(config: Uint8Array, sampleEntry = 'avc1'): CodecFacts {
  const sps =
    config[0] === 1 ? firstSps(config) : annexBUnits(config).find((nal) => ((nal[0] ?? 0) & 31) === 7);
  if (sps === undefined || sps.length < 4) return {};
  const [, profile = 0, constraints = 0, level = 0] = sps;
  const facts: CodecFacts = {
    codecString: `${sampleEntry}.${hexByte(profile)}${hexByte(constraints)}${hexByte(level)}`,
    profile: profileName(profile, constraints),
    level: level / 10,
  };
  try {
    return { ...facts, ...readSps(withoutEmulationPrevention(sps)) };
  } catch (error) {
    if (error instanceof RangeError) return facts; // a cut parameter set: the fixed head above still holds
    throw error;
  }
}

function firstSps(avcc: Uint8Array): Uint8Array | undefined {
  const length = ((avcc[6] ?? 0) << 8) | (avcc[7] ?? 0);
  return ((avcc[5] ?? 0) & 31) > 0 ? avcc.subarray(8, 8 + length) : undefined;
}

function profileName(profile: number, constraints: number): string {
  const intra = (constraints & 0x10) !== 0;
  if (profile === 66 && (constraints & 0x40) !== 0) return 'Constrained Baseline';
  const name = profiles[profile] ?? `${profile}`;
  return intra && (profile === 110 || profile === 122 || profile === 244) ? `${name} Intra` : name;
}

/** seq_parameter_set_data, H.264 7.3.2.1.1 */
function readSps(sps: Uint8Array): CodecFacts {
  const bits = new BitReader(sps.subarray(4));
  bits.ue();
  const { chroma, bitDepth } = withChroma.has(sps[1] ?? 0)
    ? chromaAndDepth(bits)
    : { chroma: 1, bitDepth: 8 };
  bits.ue(); // log2_max_frame_num_minus4
  skipPictureOrder(bits);
  bits.ue(); // max_num_ref_frames
  bits.flag();
  const widthInBlocks = bits.ue() + 1;
  const heightInUnits = bits.ue() + 1;
  const framesOnly = bits.flag();
  if (!framesOnly) bits.flag();
  bits.flag(); // direct_8x8_inference_flag
  const crop = bits.flag() ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const cropX = chroma === 1 || chroma === 2 ? 2 : 1;
  const cropY = (chroma === 1 ? 2 : 1) * (framesOnly ? 1 : 2);
  return {
    bitDepth,
    pixelFormat: pixelFormatOf(chroma, bitDepth),
    width: widthInBlocks * 16 - (left + right) * cropX,
    height: heightInUnits * 16 * (framesOnly ? 1 : 2) - (top + bottom) * cropY,
    interlaced: !framesOnly,
    ...(bits.flag() ? aspectAndColour(bits, colourOf) : {}),
  };
}

function chromaAndDepth(bits: BitReader): { chroma: number; bitDepth: number } {
  const chroma = bits.ue();
  if (chroma === 3) bits.flag();
  const bitDepth = bits.ue() + 8;
  bits.ue();
  bits.flag();
  if (bits.flag()) {
    for (let list = 0; list < (chroma === 3 ? 12 : 8); list += 1)
      if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64);
  }
  return { chroma, bitDepth };
}

function skipScalingList(bits: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size && next !== 0; i += 1) {
    next = (last + bits.se() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function skipPictureOrder(bits: BitReader): void {
  const type = bits.ue();
  if (type === 0) bits.ue();
  if (type !== 1) return;
  bits.flag();
  bits.se();
  bits.se();
  const cycle = Math.min(bits.ue(), 255);
  for (let i = 0; i < cycle; i += 1) bits.se();
}
