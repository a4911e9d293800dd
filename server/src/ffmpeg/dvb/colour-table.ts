import { type PaletteEntry, paletteEntry } from '../pgs-display-set.js';

/** Colours by pixel code, for regions of each depth. */
export type ColourTable = Readonly<Record<2 | 4 | 8, PaletteEntry[]>>;

/** What colours are before a table says otherwise (ETSI EN 300 743 V1.6.1, 10.1 to 10.3). */
export const usualColours = (): ColourTable => ({
  2: [0x000000, 0xffffff, 0x000000, 0x7f7f7f].map((rgb, code) => paletteEntry(rgb, code === 0 ? 0 : 255)),
  4: Array.from({ length: 16 }, (_, code) => paletteEntry(rgbOf(code, code < 8 ? 255 : 127), code === 0 ? 0 : 255)),
  8: Array.from({ length: 256 }, (_, code) => usualOfEight(code)),
}); // prettier-ignore

/** Red, green and blue by a bit each, of `strength`. */
const rgbOf = (bits: number, strength: number): number =>
  [16, 8, 0].reduce((rgb, shift, at) => rgb | ((bits >> at) & 1 ? strength << shift : 0), 0);

function usualOfEight(code: number): PaletteEntry {
  if (code < 8) return paletteEntry(rgbOf(code, 255), code === 0 ? 0 : 63);
  const isPale = (code & 0x80) !== 0;
  const rgb = rgbOf(code, isPale ? 43 : 85) + rgbOf(code >> 4, isPale ? 85 : 170);
  return paletteEntry(rgb + ((code & 0x88) === 0x80 ? 0x7f7f7f : 0), (code & 0x88) === 0x08 ? 127 : 255);
}

/** Reads the entries of a CLUT definition segment (7.2.4) into a table. */
export function readColours(entries: Buffer, table: ColourTable): void {
  for (let at = 0; at + 4 <= entries.length;) {
    const [code = 0, flags = 0] = entries.subarray(at, at + 2);
    const isFull = (flags & 1) !== 0;
    if (isFull && at + 6 > entries.length) return;
    const colour = isFull ? entries.subarray(at + 2, at + 6) : reduced(entries.readUInt16BE(at + 2));
    const [y = 0, cr = 0, cb = 0, transparency = 0] = colour;
    const entry: PaletteEntry = [y, cr, cb, y === 0 ? 0 : 255 - transparency];
    if (flags & 0x80 && code < 4) table[2][code] = entry;
    if (flags & 0x40 && code < 16) table[4][code] = entry;
    if (flags & 0x20) table[8][code] = entry;
    at += isFull ? 6 : 4;
  }
}

/** Six bits, four, four and two, each the upper ones of a byte. */
const reduced = (bits: number): number[] => [
  ...[(bits >> 8) & 0xfc, (bits >> 2) & 0xf0, (bits << 2) & 0xf0, (bits << 6) & 0xc0],
];
