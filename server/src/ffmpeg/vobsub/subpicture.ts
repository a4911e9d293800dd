/** A picture of a DVD: four colours. */
export interface Subpicture {
  /** Seconds after the packet's own time; the end is null where the next picture ends it. */
  readonly startSeconds: number;
  readonly endSeconds: number | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 3 for each pixel, line by line. */
  readonly pixels: Uint8Array;
  /** Of the palette, by what pixels say. */
  readonly colours: readonly number[];
  /** 0 (clear) to 15, by what pixels say. */
  readonly alphas: readonly number[];
  readonly forced: boolean;
}

const mostPixels = 2048 * 2048;
/** Dates are in 1024 ticks of 90 kHz. */
const dateSeconds = 1024 / 90_000;

interface Draft {
  start: number | null;
  end: number | null;
  forced: boolean;
  colours: number[];
  alphas: number[] | null;
  area: readonly [left: number, right: number, top: number, bottom: number] | null;
  fields: readonly [even: number, odd: number] | null;
}

/** Operands of each command, bytes. */
const operands: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 0, 3: 2, 4: 2, 5: 6, 6: 4 };

/**
 * Reads a subpicture unit (DVD-Video part 3; openly described in the SPU notes of mpucoder.com): its control sequences,
 * then its lines. Null where it is damaged, or shows nothing.
 */
export function readSubpicture(unit: Buffer): Subpicture | null {
  if (unit.length < 4) return null;
  const draft = readControls(unit);
  if (!draft?.area || !draft.fields) return null;
  const [left, right, top, bottom] = draft.area;
  const [width, height] = [right - left + 1, bottom - top + 1];
  if (width < 1 || height < 1 || width * height > mostPixels) return null;
  const pixels = readPixels(unit, draft.fields, width, height);
  if (pixels === null) return null;
  const { colours, alphas, forced } = { ...draft, alphas: draft.alphas ?? [0, 15, 15, 15] };
  const [startSeconds, end] = [(draft.start ?? 0) * dateSeconds, draft.end];
  const endSeconds = end === null || end * dateSeconds <= startSeconds ? null : end * dateSeconds;
  return { startSeconds, endSeconds, x: left, y: top, width, height, pixels, colours, alphas, forced };
}

function readControls(unit: Buffer): Draft | null {
  const draft: Draft = {
    ...{ start: null, end: null, forced: false, area: null, fields: null },
    ...{ colours: [0, 1, 2, 3], alphas: null },
  };
  for (let at = unit.readUInt16BE(2); ;) {
    if (at + 4 > unit.length) return null;
    const next = unit.readUInt16BE(at + 2);
    if (!readSequence(unit, at, draft)) return null;
    if (next <= at) return draft; // the last one names itself
    at = next;
  }
}

function readSequence(unit: Buffer, begin: number, draft: Draft): boolean {
  const date = unit.readUInt16BE(begin);
  for (let at = begin + 4; at < unit.length;) {
    const command = unit[at++] ?? 0xff;
    if (command === 0xff) return true;
    // Colours that change within the picture: as long as it says; karaoke, and no words are lost without.
    const length = command === 7 && at + 2 <= unit.length ? unit.readUInt16BE(at) : operands[command];
    if (length === undefined || (command === 7 && length < 2) || at + length > unit.length) return false;
    obey(command, unit.subarray(at, at + length), date, draft);
    at += length;
  }
  return true;
}

const nibbles = (bytes: Buffer): number[] => [...bytes].flatMap((byte) => [byte >> 4, byte & 15]).reverse();

function obey(command: number, bytes: Buffer, date: number, draft: Draft): void {
  if (command === 0) draft.forced = true;
  if (command <= 1) draft.start ??= date;
  if (command === 2) draft.end ??= date;
  if (command === 3) draft.colours = nibbles(bytes);
  // What fades in has several; the strongest is what it is made to be read at.
  if (command === 4) {
    const alphas = nibbles(bytes);
    const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
    if (draft.alphas === null || sum(alphas) > sum(draft.alphas)) draft.alphas = alphas;
  }
  if (command === 5 && !draft.area) {
    const pair = (at: number): [number, number] => {
      const both = bytes.readUIntBE(at, 3);
      return [both >> 12, both & 0xfff];
    };
    draft.area = [...pair(0), ...pair(3)];
  }
  if (command === 6) draft.fields ??= [bytes.readUInt16BE(0), bytes.readUInt16BE(2)];
}

/** Runs of 4 to 16 bits, each line from a whole byte on; even and odd lines lie apart. */
function readPixels(
  unit: Buffer,
  fields: readonly [number, number],
  width: number,
  height: number,
): Uint8Array | null {
  const pixels = new Uint8Array(width * height);
  const ends = [...fields].map((offset) => offset * 2); // nibbles
  for (let line = 0; line < height; line++) {
    const field = line & 1;
    let at = ends[field] ?? 0;
    for (let x = 0; x < width;) {
      let code = 0;
      // Another four bits until the run is not of a length that takes more.
      for (let least = 1; code < least && least <= 0x40; least *= 4) {
        const byte = unit[at >> 1];
        if (byte === undefined) return null;
        code = (code << 4) | (at++ & 1 ? byte & 15 : byte >> 4);
      }
      const run = code < 4 ? width - x : Math.min(code >> 2, width - x);
      pixels.fill(code & 3, line * width + x, line * width + x + run);
      x += run;
    }
    ends[field] = at + (at & 1);
  }
  return pixels;
}
