import { BitReader, annexBUnits, withoutEmulationPrevention } from './bit-reader.js';
import { aspectAndColour, hexByte, type CodecFacts } from './codec-facts.js';
import { colourOf, pixelFormatOf } from './colour.js';

const profiles: Readonly<Record<number, string>> = {
  1: 'Main',
  2: 'Main 10',
  3: 'Main Still Picture',
  4: 'Rext',
};
const SPS = 33;

/** @param config an `hvcC` record (ISO 14496-15, 8.3.3.1) or Annex B parameter sets. */
export function hevcFacts(config: Uint8Array, sampleEntry = 'hvc1'): CodecFacts {
  const record = config[0] === 1;
  const sps = record
    ? spsOfRecord(config)
    : annexBUnits(config).find((nal) => (((nal[0] ?? 0) >> 1) & 63) === SPS);
  const clean = sps === undefined ? undefined : withoutEmulationPrevention(sps);
  // profile_tier_level lies at byte 1 of hvcC and at byte 3 of an SPS (2 of NAL header, 1 of ids).
  const tier = record ? config.subarray(1, 13) : clean?.subarray(3, 15);
  if (tier === undefined || tier.length < 12) return {};
  const facts: CodecFacts = {
    codecString: codecString(sampleEntry, tier),
    profile: profiles[(tier[0] ?? 0) & 31] ?? `${(tier[0] ?? 0) & 31}`,
    level: (tier[11] ?? 0) / 30,
  };
  if (clean === undefined) return facts;
  try {
    return { ...facts, ...readSps(clean) };
  } catch (error) {
    if (error instanceof RangeError) return facts;
    throw error;
  }
}

/** ISO 14496-15 annex E.3 */
function codecString(sampleEntry: string, tier: Uint8Array): string {
  const [head = 0] = tier;
  const space = ['', 'A', 'B', 'C'][head >> 6] ?? '';
  const compatibility = Buffer.from(tier.buffer, tier.byteOffset + 1, 4).readUInt32BE();
  let reversed = 0;
  for (let bit = 0; bit < 32; bit += 1) if ((compatibility >>> bit) & 1) reversed += 2 ** (31 - bit);
  const constraints = [...tier.subarray(5, 11)];
  while (constraints.at(-1) === 0) constraints.pop();
  const tail = constraints.map((byte) => `.${hexByte(byte).toUpperCase()}`).join('');
  return `${sampleEntry}.${space}${head & 31}.${reversed.toString(16).toUpperCase()}.${(head >> 5) & 1 ? 'H' : 'L'}${tier[11] ?? 0}${tail}`;
}

function spsOfRecord(hvcc: Uint8Array): Uint8Array | undefined {
  let at = 23;
  for (let array = hvcc[22] ?? 0; array > 0; array -= 1) {
    const type = (hvcc[at] ?? 0) & 63;
    const count = ((hvcc[at + 1] ?? 0) << 8) | (hvcc[at + 2] ?? 0);
    at += 3;
    for (let i = 0; i < count && at < hvcc.length; i += 1) {
      const length = ((hvcc[at] ?? 0) << 8) | (hvcc[at + 1] ?? 0);
      if (type === SPS) return hvcc.subarray(at + 2, at + 2 + length);
      at += 2 + length;
    }
  }
  return undefined;
}

/** seq_parameter_set_rbsp, H.265 7.3.2.2.1 */
function readSps(sps: Uint8Array): CodecFacts {
  const bits = new BitReader(sps.subarray(2));
  bits.bits(4);
  const subLayers = bits.bits(3);
  bits.flag();
  skipTiers(bits, subLayers);
  bits.ue();
  const chroma = bits.ue();
  if (chroma === 3) bits.flag();
  const codedWidth = bits.ue();
  const codedHeight = bits.ue();
  const [left = 0, right = 0, top = 0, bottom = 0] = bits.flag()
    ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()]
    : [];
  const bitDepth = bits.ue() + 8;
  const facts: CodecFacts = {
    bitDepth,
    pixelFormat: pixelFormatOf(chroma, bitDepth),
    width: codedWidth - (left + right) * (chroma === 1 || chroma === 2 ? 2 : 1),
    height: codedHeight - (top + bottom) * (chroma === 1 ? 2 : 1),
  };
  bits.ue(); // bit_depth_chroma
  skipToVui(bits, subLayers);
  if (!bits.flag()) return facts;
  const vui = aspectAndColour(bits, colourOf);
  if (bits.flag()) skipGolomb(bits, 2); // chroma_loc_info
  bits.flag();
  return { ...facts, ...vui, interlaced: bits.flag() }; // field_seq_flag
}

function skipTiers(bits: BitReader, subLayers: number): void {
  bits.skip(96);
  const present = Array.from({ length: subLayers }, () => [bits.flag(), bits.flag()] as const);
  if (subLayers > 0) bits.skip(2 * (8 - subLayers));
  for (const [profile, level] of present) bits.skip((profile ? 88 : 0) + (level ? 8 : 0));
}

function skipToVui(bits: BitReader, subLayers: number): void {
  const pictureOrderBits = bits.ue() + 4;
  const first = bits.flag() ? 0 : subLayers;
  for (let i = first; i <= subLayers; i += 1) skipGolomb(bits, 3);
  skipGolomb(bits, 6); // block and transform sizes
  if (bits.flag() && bits.flag()) skipScalingLists(bits);
  bits.bits(2); // amp, sample adaptive offset
  if (bits.flag()) {
    bits.bits(8);
    bits.ue();
    bits.ue();
    bits.flag();
  }
  skipShortTermSets(bits);
  if (bits.flag()) {
    const longTerm = bits.ue();
    for (let i = 0; i < longTerm && i < 33; i += 1) bits.skip(pictureOrderBits + 1);
  }
  bits.bits(2); // temporal mvp, strong intra smoothing
}

/** H.265 7.3.4 */
function skipScalingLists(bits: BitReader): void {
  for (let size = 0; size < 4; size += 1) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!bits.flag()) {
        bits.ue();
        continue;
      }
      if (size > 1) bits.se();
      for (let i = 0; i < Math.min(64, 1 << (4 + size * 2)); i += 1) bits.se();
    }
  }
}

/** st_ref_pic_set, H.265 7.3.7: only the number of pictures of the set before matters for the next. */
function skipShortTermSets(bits: BitReader): void {
  const sets = Math.min(bits.ue(), 64);
  let pictures = 0;
  for (let set = 0; set < sets; set += 1) {
    if (set > 0 && bits.flag()) {
      bits.flag();
      bits.ue();
      let kept = 0;
      for (let i = 0; i <= pictures; i += 1) {
        const used = bits.flag();
        const delta = used ? true : bits.flag();
        if (used || delta) kept += 1;
      }
      pictures = kept;
    } else {
      pictures = bits.ue() + bits.ue();
      if (pictures > 64) throw new RangeError('reference picture set too large');
      for (let i = 0; i < pictures; i += 1) {
        bits.ue();
        bits.flag();
      }
    }
  }
}

/** Passes over `count` exponential-Golomb numbers that nobody needs. */
function skipGolomb(bits: BitReader, count: number): void {
  for (let i = 0; i < count; i += 1) bits.ue();
}
