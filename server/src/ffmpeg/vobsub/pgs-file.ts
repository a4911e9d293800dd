import {
  between,
  type IndexedPicture,
  type PaletteEntry,
  paletteEntry,
  squareColumns,
  SupFile,
} from '../pgs-display-set.js';
import type { VobSubHead } from './index-file.js';
import { readSubpicture, type Subpicture } from './subpicture.js';

/** A subpicture unit, and when its packet is shown. */
export interface SubpictureUnit {
  readonly startSeconds: number;
  /** Where the container says it. */
  readonly durationSeconds: number | null;
  readonly unit: Buffer;
}

/** Where the file does not say: white within black, as nearly all discs have it. */
const usualPalette = [0x000000, 0xffffff, 0x000000, 0x808080, ...Array<number>(12).fill(0xffffff)];

/**
 * VobSub as a `.sup` file: the same pictures in a form that browsers' renderers and ffmpeg draw. Discs stretch 720 columns
 * over the picture; here the pixels are square. Null where not one picture is sound.
 * @param aspect of the picture the disc had, width by height; null: pixels are taken for square
 */
export function pgsFileOf(
  units: readonly SubpictureUnit[],
  head: VobSubHead,
  aspect: number | null,
): Buffer | null {
  const file = new SupFile();
  for (const [at, { startSeconds: at0, durationSeconds, unit }] of units.entries()) {
    const read = readSubpicture(unit);
    if (read === null) continue;
    const picture = indexed(read, head, aspect);
    if (picture === null) continue;
    if (file.isTooLarge) return null;
    const start = at0 + read.startSeconds;
    file.show(start, picture);
    const said = durationSeconds === null ? read.endSeconds : durationSeconds;
    const next = units[at + 1]?.startSeconds ?? Infinity;
    // Players know no end of the last one but this.
    const end = said === null ? (next === Infinity ? start + 10 : next) : at0 + said;
    if (end > start && end < next) file.clear(end, picture);
  }
  return file.bytes();
}

/** The canvas of the disc, in square pixels. */
function canvasOf(
  { size }: VobSubHead,
  { y, height }: Subpicture,
  aspect: number | null,
): [number, number, number] {
  const [width, tall] = size ?? [720, y + height > 480 ? 576 : 480];
  return [squareColumns(width, tall, aspect), width, tall];
}

function indexed(read: Subpicture, head: VobSubHead, aspect: number | null): IndexedPicture | null {
  const [wide, narrow, tall] = canvasOf(head, read, aspect);
  if (read.x + read.width > narrow || read.y + read.height > tall) return null;
  const left = Math.round((read.x * wide) / narrow);
  const width = Math.max(1, Math.round(((read.x + read.width) * wide) / narrow) - left);
  const blends = new Blends(read, head.palette ?? usualPalette);
  const pixels = stretched(read, width, blends);
  const { y, height, forced } = read;
  return { canvas: [wide, tall], x: left, y, width, height, pixels, palette: blends.palette, forced };
}

/** Each pixel is one of the disc's, or lies between two of them. */
function stretched({ pixels, width, height }: Subpicture, wide: number, blends: Blends): Uint8Array {
  const out = new Uint8Array(wide * height);
  for (let column = 0; column < wide; column++) {
    const from = Math.min(width - 1, Math.max(0, ((column + 0.5) * width) / wide - 0.5));
    const left = Math.floor(from);
    const step = left + 1 < width ? 1 : 0;
    const quarters = Math.round((from - left) * 4);
    for (let line = 0; line < height; line++) {
      const at = line * width + left;
      out[line * wide + column] = blends.of(pixels[at] ?? 0, pixels[at + step] ?? 0, quarters);
    }
  }
  return out;
}

/** Colours of pixels that lie between two of the disc's: stretched letters keep smooth edges. */
class Blends {
  readonly palette: PaletteEntry[] = [];
  /** By both colours and the quarters between them; -1 where nobody asked yet. */
  private readonly known = new Int16Array(4 * 4 * 5).fill(-1);
  private readonly four: readonly PaletteEntry[];

  constructor({ colours, alphas }: Subpicture, palette: readonly number[]) {
    this.four = [0, 1, 2, 3].map((at) =>
      paletteEntry(palette[colours[at] ?? 0] ?? 0, (alphas[at] ?? 0) * 17),
    );
  }

  /** Its index; 0 for what is clear. @param quarters of the way from `a` to `b` */
  of(a: number, b: number, quarters: number): number {
    const key = (a * 4 + b) * 5 + (a === b ? 0 : quarters);
    const known = this.known[key] ?? -1;
    if (known >= 0) return known;
    const [from, to] = [this.four[a], this.four[b]];
    const entry = from && to ? between(from, to, quarters / 4) : null;
    const index = entry === null ? 0 : this.palette.push(entry);
    this.known[key] = index;
    return index;
  }
}
