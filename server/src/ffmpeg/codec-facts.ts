import type { Colour, Rational } from './media-info.js';

/** What a codec's own header says; the container's statements are merged over it by the probes. */
export type CodecFacts = {
  codecString?: string;
  profile?: string;
  level?: number;
  bitDepth?: number;
  pixelFormat?: string | null;
  interlaced?: boolean;
  sampleAspect?: Rational;
  colour?: Colour;
  width?: number;
  height?: number;
  channels?: number;
  sampleRate?: number;
};

const hex = (value: number): string => value.toString(16).padStart(2, '0');
export { hex as hexByte };

/** Sample aspect ratios by aspect_ratio_idc, H.273 8.6. */
const aspects = [
  [1, 1], [1, 1], [12, 11], [10, 11], [16, 11], [40, 33], [24, 11], [20, 11], [32, 11], [80, 33], [18, 11],
  [15, 11], [64, 33], [160, 99], [4, 3], [3, 2], [2, 1],
] as const; // prettier-ignore

export type VuiBits = { flag(): boolean; bits(count: number): number; ue(): number };

/** The head of video_usability_information, the same in H.264 (E.1.1) and HEVC (E.2.1). */
export function aspectAndColour(
  bits: VuiBits,
  colourOf: (p: number, t: number, m: number, full: boolean) => Colour,
): Pick<CodecFacts, 'sampleAspect' | 'colour'> {
  const facts: Pick<CodecFacts, 'sampleAspect' | 'colour'> = {};
  if (bits.flag()) {
    const idc = bits.bits(8);
    const [num, den] = idc === 255 ? [bits.bits(16), bits.bits(16)] : (aspects[idc] ?? [1, 1]);
    if (num > 0 && den > 0) facts.sampleAspect = { num, den };
  }
  if (bits.flag()) bits.flag(); // overscan_info_present_flag, overscan_appropriate_flag
  if (bits.flag()) {
    bits.bits(3); // video_format
    const full = bits.flag();
    const described = bits.flag();
    facts.colour = described
      ? colourOf(bits.bits(8), bits.bits(8), bits.bits(8), full)
      : colourOf(2, 2, 2, full);
  }
  return facts;
}
