import type { Colour, Hdr } from './media-info.js';

/** Code points of ITU-T H.273 under ffmpeg's names; the gaps are reserved or unspecified. */
const primaries: Readonly<Record<number, string>> = {
  1: 'bt709', 4: 'bt470m', 5: 'bt470bg', 6: 'smpte170m', 7: 'smpte240m', 8: 'film', 9: 'bt2020',
  10: 'smpte428', 11: 'smpte431', 12: 'smpte432', 22: 'ebu3213',
}; // prettier-ignore
const transfers: Readonly<Record<number, string>> = {
  1: 'bt709', 4: 'bt470m', 5: 'bt470bg', 6: 'smpte170m', 7: 'smpte240m', 8: 'linear', 9: 'log100', 10: 'log316',
  11: 'iec61966-2-4', 12: 'bt1361e', 13: 'iec61966-2-1', 14: 'bt2020-10', 15: 'bt2020-12', 16: 'smpte2084',
  17: 'smpte428', 18: 'arib-std-b67',
}; // prettier-ignore
const matrices: Readonly<Record<number, string>> = {
  0: 'gbr', 1: 'bt709', 4: 'fcc', 5: 'bt470bg', 6: 'smpte170m', 7: 'smpte240m', 8: 'ycgco', 9: 'bt2020nc',
  10: 'bt2020c', 11: 'smpte2085', 12: 'chroma-derived-nc', 13: 'chroma-derived-c', 14: 'ictcp',
}; // prettier-ignore

export const noColour: Colour = { primaries: null, transfer: null, matrix: null, range: null };

/** H.273 code points as an MP4 `colr` box, a Matroska `Colour` element or a VUI carries them. */
export function colourOf(
  primariesCode: number,
  transferCode: number,
  matrixCode: number,
  fullRange: boolean | null,
): Colour {
  return {
    primaries: primaries[primariesCode] ?? null,
    transfer: transfers[transferCode] ?? null,
    matrix: matrices[matrixCode] ?? null,
    range: fullRange === null ? null : fullRange ? 'full' : 'limited',
  };
}

/** The container's word where it has one, else the bit stream's. */
export function mergeColour(container: Colour, bitstream: Colour | undefined): Colour {
  if (bitstream === undefined) return container;
  return {
    primaries: container.primaries ?? bitstream.primaries,
    transfer: container.transfer ?? bitstream.transfer,
    matrix: container.matrix ?? bitstream.matrix,
    range: container.range ?? bitstream.range,
  };
}

/** The code point of a name, or `otherwise` for an unknown one (1, BT.709, is the default of RFC 6381 strings). */
export function codePoint(
  kind: 'primaries' | 'transfer' | 'matrix',
  name: string | null,
  otherwise = 1,
): number {
  const table = { primaries, transfer: transfers, matrix: matrices }[kind];
  const found = Object.entries(table).find(([, value]) => value === name);
  return found === undefined ? otherwise : Number(found[0]);
}

export type DolbyVision = NonNullable<Hdr['dolbyVision']>;

/** HDR kind by transfer function, refined by what the stream or the container says of dynamic metadata. */
export function hdrOf(transfer: string | null, dolbyVision: DolbyVision | null, hdr10Plus = false): Hdr {
  if (dolbyVision !== null) return { kind: 'dolby-vision', dolbyVision };
  if (transfer === 'arib-std-b67') return { kind: 'hlg', dolbyVision: null };
  if (transfer !== 'smpte2084') return { kind: 'sdr', dolbyVision: null };
  return { kind: hdr10Plus ? 'hdr10plus' : 'hdr10', dolbyVision: null };
}

/** `dvcC`/`dvvC` box or Matroska block addition mapping: Dolby Vision Streams Within ISOBMFF 2.1.2, section 3.2. */
export function dolbyVisionOf(record: Uint8Array): DolbyVision | null {
  const [, , b2, b3, b4] = record;
  if (b2 === undefined || b3 === undefined || b4 === undefined) return null;
  return { profile: b2 >> 1, level: ((b2 & 1) << 5) | (b3 >> 3), compatibility: b4 >> 4 };
}

/** ffmpeg's pixel format name for planar YUV; `chroma` is chroma_format_idc (0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4). */
export function pixelFormatOf(chroma: number, bitDepth: number): string | null {
  const base = ['gray', 'yuv420p', 'yuv422p', 'yuv444p'][chroma];
  if (base === undefined) return null;
  return bitDepth === 8 ? base : `${base}${bitDepth}le`;
}
