import { packetHead } from '../pgs.js';

/** Y′CbCr of BT.601 and alpha, each 0 to 255, as palettes of a Blu-ray have them. */
export type PaletteEntry = readonly [y: number, cr: number, cb: number, alpha: number];

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

const type = { palette: 0x14, object: 0x15, composition: 0x16, window: 0x17, end: 0x80 };
/** Of one segment; a larger object goes on in the next. */
const mostInSegment = 0xffff - 11;

const u16 = (value: number): [number, number] => [(value >> 8) & 255, value & 255];

/** The segments that show a picture (Presentation Graphic Stream; layout as in US 2009/0185789). @param count of sets before */
export function shownSet(seconds: number, picture: IndexedPicture, count: number): Buffer[] {
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
export function clearedSet(
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
