import type { SubtitleBlock } from '../matroska-subtitles.js';
import {
  between,
  clearEntry,
  type IndexedPicture,
  type PaletteEntry,
  squareColumns,
  SupFile,
} from '../pgs-display-set.js';
import { DvbPage, type Screen } from './dvb-page.js';

/** Of a picture in a `.sup` file, without the clear one. */
const mostColours = 255;

/**
 * A Matroska track of DVB subtitles (S_DVBSUB) as a `.sup` file: what browsers' renderers draw. Null where not one picture
 * is sound. @param config ids of its page and of one it shares with others @param aspect of the picture, width by height
 */
export function pgsOfDvb(
  config: Buffer,
  blocks: readonly Pick<SubtitleBlock, 'startSeconds' | 'payload'>[],
  aspect: number | null,
): Buffer | null {
  const page = new DvbPage(config.length >= 4 ? [config.readUInt16BE(0), config.readUInt16BE(2)] : []);
  const file = new SupFile();
  let shown: IndexedPicture | null = null;
  for (const [at, { startSeconds, payload }] of blocks.entries()) {
    if (!page.read(payload)) continue;
    const screen = page.screen();
    if (page.isTooMuch || file.isTooLarge) return null;
    if (screen === null) {
      if (shown) file.clear(startSeconds, shown);
      shown = null;
      continue;
    }
    shown = pictureOf(screen, aspect);
    file.show(startSeconds, shown);
    const end = startSeconds + (page.timeoutSeconds || Infinity);
    if (end >= (blocks[at + 1]?.startSeconds ?? 1e9)) continue;
    file.clear(end, shown);
    shown = null;
  }
  return file.bytes();
}

/** In square pixels, each one of the screen's or between two of them. */
function pictureOf(screen: Screen, aspect: number | null): IndexedPicture {
  const { columns, lines, y, height, pixels, colours } = screen;
  const canvas = squareColumns(columns, lines, aspect);
  const left = Math.round((screen.x * canvas) / columns);
  const width = Math.max(1, Math.round(((screen.x + screen.width) * canvas) / columns) - left);
  const palette = new Palette(colours);
  const out = new Uint8Array(width * height);
  for (let column = 0; column < width; column++) {
    const from = Math.min(screen.width - 1, Math.max(0, ((column + 0.5) * screen.width) / width - 0.5));
    const first = Math.floor(from);
    const step = first + 1 < screen.width ? 1 : 0;
    const quarters = Math.round((from - first) * 4);
    for (let line = 0; line < height; line++) {
      const at = line * screen.width + first;
      out[line * width + column] = palette.index(pixels[at] ?? 0, pixels[at + step] ?? 0, quarters);
    }
  }
  const { entries } = palette;
  return { canvas: [canvas, lines], x: left, y, width, height, pixels: out, palette: entries, forced: false };
}

/** Colours of a picture as they come up; when there is room for no more, the nearest. */
class Palette {
  readonly entries: PaletteEntry[] = [];
  private readonly known = new Map<number, number>();

  constructor(private readonly colours: readonly PaletteEntry[]) {}

  /** Its place from 1 on; 0 for what is clear. @param quarters of the way from `a` to `b` */
  index(a: number, b: number, quarters: number): number {
    const key = (a * 0x10000 + b) * 5 + (a === b ? 0 : quarters);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const entry = between(this.colours[a] ?? clearEntry, this.colours[b] ?? clearEntry, quarters / 4);
    const place = entry === null ? 0 : this.place(entry);
    this.known.set(key, place);
    return place;
  }

  private place(entry: PaletteEntry): number {
    const far = (other: PaletteEntry): number =>
      entry.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0);
    const distances = this.entries.map(far);
    const same = distances.indexOf(0);
    if (same >= 0) return same + 1;
    if (this.entries.length < mostColours) return this.entries.push(entry);
    return distances.indexOf(Math.min(...distances)) + 1;
  }
}
