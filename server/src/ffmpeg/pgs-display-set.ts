import { packetHead } from './pgs.js';

/** Y′CbCr of BT.601 and alpha, each 0 to 255, as palettes of a Blu-ray have them. */
export type PaletteEntry = readonly [y: number, cr: number, cb: number, alpha: number];

/** Black that nobody sees. */
export const clearEntry: PaletteEntry = [16, 128, 128, 0];

/** A picture on its canvas: at most 255 colours, of which 0 is clear and not in the palette. */
export interface IndexedPicture {
  readonly canvas: readonly [width: number, height: number];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  readonly palette: readonly PaletteEntry[];
  readonly forced: boolean;
}

/** Bytes of a file, and pixels of all its pictures: two hours of full screens are a third of it. */
const largest = 128 * 1024 * 1024;
const mostPixels = 1e9;

const type = { palette: 0x14, object: 0x15, composition: 0x16, window: 0x17, end: 0x80 };
/** Of one segment; a larger object goes on in the next. */
const mostInSegment = 0xffff - 11;

const u16 = (value: number): [number, number] => [(value >> 8) & 255, value & 255];

/** A `.sup` file in the making, from pictures in the order of their times (seconds). */
export class SupFile {
  private readonly parts: Buffer[] = [];
  private sets = 0;
  private length = 0;
  private pixels = 0;

  /** More than any film has: there is no file. */
  get isTooLarge(): boolean {
    return this.length > largest || this.pixels > mostPixels;
  }

  show(seconds: number, picture: IndexedPicture): void {
    this.pixels += picture.pixels.length;
    this.add(shownSet(seconds, picture, this.sets));
  }

  /** Takes it off the screen. */
  clear(seconds: number, picture: IndexedPicture): void {
    this.add(clearedSet(seconds, picture, this.sets));
  }

  /** Null where there is no picture in it. */
  bytes(): Buffer | null {
    return this.sets === 0 || this.isTooLarge ? null : Buffer.concat(this.parts);
  }

  private add(segments: readonly Buffer[]): void {
    this.sets += 1;
    this.length += segments.reduce((sum, { length }) => sum + length, 0);
    this.parts.push(...segments);
  }
}

/** An entry of a palette from a colour of a screen. BT.601, the range of studios. @param alpha 0 (clear) to 255 */
export function paletteEntry(rgb: number, alpha: number): PaletteEntry {
  const [r, g, b] = [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255];
  const y = 16 + 0.25679 * r + 0.50413 * g + 0.09791 * b;
  const cr = 128 + 0.43922 * r - 0.36779 * g - 0.07143 * b;
  const cb = 128 - 0.14822 * r - 0.29099 * g + 0.43922 * b;
  return [Math.round(y), Math.round(cr), Math.round(cb), alpha];
}

/** The colour `part` of the way from `a` to `b`; null for one that is clear. */
export function between(a: PaletteEntry, b: PaletteEntry, part: number): PaletteEntry | null {
  const [wa, wb] = [a[3] * (1 - part), b[3] * part];
  const alpha = wa + wb;
  if (alpha < 1) return null;
  const mix = (at: 0 | 1 | 2): number => Math.round((a[at] * wa + b[at] * wb) / alpha);
  return [mix(0), mix(1), mix(2), Math.round(alpha)];
}

/**
 * Columns of a screen of `tall` lines whose pixels are square: of standard definition 720 were stretched over one of two
 * shapes, whatever was cut off the picture since. @param aspect of the picture, width by height; null: they are square
 */
export const squareColumns = (columns: number, tall: number, aspect: number | null): number =>
  aspect === null || (tall !== 480 && tall !== 576)
    ? columns
    : Math.round((tall * (aspect < 1.5 ? 4 / 3 : 16 / 9)) / 2) * 2;

/** The segments that show a picture (Presentation Graphic Stream; layout as in US 2009/0185789). @param count of sets before */
function shownSet(seconds: number, picture: IndexedPicture, count: number): Buffer[] {
  const { canvas, x, y, width, height, palette, forced } = picture;
  const head = [...u16(canvas[0]), ...u16(canvas[1]), 0x10, ...u16(count)];
  const place = [...u16(x), ...u16(y)];
  const colours = palette.flatMap((entry, at) => [at + 1, ...entry]);
  return [
    segment(seconds, type.composition, [...head, 0x80, 0, 0, 1, 0, 0, 0, forced ? 0x40 : 0, ...place]),
    segment(seconds, type.window, [1, 0, ...place, ...u16(width), ...u16(height)]),
    segment(seconds, type.palette, [0, 0, ...colours]),
    ...objectSegments(seconds, picture),
    segment(seconds, type.end, []),
  ];
}

/** The segments that clear the screen. */
function clearedSet(
  seconds: number,
  { canvas, x, y, width, height }: IndexedPicture,
  count: number,
): Buffer[] {
  const head = [...u16(canvas[0]), ...u16(canvas[1]), 0x10, ...u16(count)];
  return [
    segment(seconds, type.composition, [...head, 0, 0, 0, 0]),
    segment(seconds, type.window, [1, 0, ...u16(x), ...u16(y), ...u16(width), ...u16(height)]),
    segment(seconds, type.end, []),
  ];
}

function objectSegments(seconds: number, { width, height, pixels }: IndexedPicture): Buffer[] {
  const lines = runs(pixels, width, height);
  const parts = Math.max(1, Math.ceil(lines.length / mostInSegment));
  return Array.from({ length: parts }, (_, at) => {
    const flags = (at === 0 ? 0x80 : 0) | (at === parts - 1 ? 0x40 : 0);
    const length = lines.length + 4;
    const first = at === 0 ? [length >> 16, ...u16(length), ...u16(width), ...u16(height)] : [];
    const data = lines.subarray(at * mostInSegment, (at + 1) * mostInSegment);
    return segment(seconds, type.object, [0, 0, 0, flags, ...first], data);
  });
}

/** Each line: colours as they are, runs of three or more by their length, and its end. */
function runs(pixels: Uint8Array, width: number, height: number): Buffer {
  const out: number[] = [];
  for (let line = 0; line < height; line++) {
    const end = (line + 1) * width;
    for (let at = line * width; at < end;) {
      const colour = pixels[at] ?? 0;
      let run = 1;
      while (at + run < end && run < 0x3fff && pixels[at + run] === colour) run++;
      if (colour !== 0 && run < 3) for (let one = 0; one < run; one++) out.push(colour);
      else {
        const long = run > 63 ? [0x40 | (run >> 8), run & 255] : [run];
        out.push(0, (long[0] ?? 0) | (colour === 0 ? 0 : 0x80), ...long.slice(1));
        if (colour !== 0) out.push(colour);
      }
      at += run;
    }
    out.push(0, 0);
  }
  return Buffer.from(out);
}

function segment(seconds: number, kind: number, body: readonly number[], data?: Buffer): Buffer {
  const head = Buffer.from([kind, ...u16(body.length + (data?.length ?? 0)), ...body]);
  return Buffer.concat([packetHead(seconds), head, ...(data ? [data] : [])]);
}
