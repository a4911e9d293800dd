/** A part of the screen with colours of its own. */
export interface Region {
  readonly width: number;
  readonly height: number;
  /** Bits of a pixel. */
  readonly depth: 2 | 4 | 8;
  /** Entries of its colour table, line by line. */
  readonly pixels: Uint8Array;
}

type Run = readonly [count: number, code: number];

/** What codes of fewer bits mean in a region of more, unless the data says otherwise (EN 300 743, 10.4 to 10.6). */
const usualMaps = {
  '2-4': [0, 7, 8, 15],
  '2-8': [0, 0x77, 0x88, 0xff],
  '4-8': Array.from({ length: 16 }, (_, code) => code * 0x11),
};
type Maps = Record<keyof typeof usualMaps, readonly number[]>;

/**
 * Draws one field of an object, every second line from `top` on (ETSI EN 300 743 V1.6.1, 7.2.5.1: pixel-data sub-blocks).
 * What is damaged ends it. @param keepsOne pixels of code 1 leave what is below
 */
export function drawField(
  data: Buffer,
  region: Region,
  [left, top]: readonly [number, number],
  keepsOne: boolean,
): void {
  let [x, y] = [left, top];
  const maps: Maps = { ...usualMaps };
  for (let at = 0; at < data.length;) {
    const type = data[at++] ?? 0;
    const table = tableOf(type, data.subarray(at));
    const strings = codeStrings[type];
    if (type === 0xf0) [x, y] = [left, y + 2];
    else if (table) {
      maps[table.name] = table.codes;
      at += table.length;
    } else if (strings) {
      const bits = new Bits(data, at);
      for (let run = strings.next(bits); run && !bits.isOver; run = strings.next(bits)) {
        const [count, code] = run;
        if (!(keepsOne && code === 1)) fill(region, x, y, count, mapped(code, strings.bits, region, maps));
        x += count;
        // ffmpeg writes half an end after a full line of eight bits; its other half is then skipped as stuffing.
        if (x >= region.width) break;
      }
      at = bits.nextByte;
    } else if (type !== 0) return;
  }
}

function fill({ pixels, width, height }: Region, x: number, y: number, count: number, code: number): void {
  if (y < height && x < width) pixels.fill(code, y * width + x, y * width + Math.min(width, x + count));
}

function mapped(code: number, bits: 2 | 4 | 8, { depth }: Region, maps: Maps): number {
  if (bits >= depth) return code >> (bits - depth);
  return maps[bits === 2 ? (depth === 4 ? '2-4' : '2-8') : '4-8'][code] ?? 0;
}

function tableOf(type: number, rest: Buffer): { name: keyof Maps; codes: number[]; length: number } | null {
  const nibbles = [...rest.subarray(0, 2)].flatMap((byte) => [byte >> 4, byte & 15]);
  if (type === 0x20) return { name: '2-4', codes: nibbles, length: 2 };
  if (type === 0x21) return { name: '2-8', codes: [...rest.subarray(0, 4)], length: 4 };
  return type === 0x22 ? { name: '4-8', codes: [...rest.subarray(0, 16)], length: 16 } : null;
}

class Bits {
  constructor(
    private readonly data: Buffer,
    byte: number,
  ) {
    this.at = byte * 8;
  }

  private at: number;

  get isOver(): boolean {
    return this.at > this.data.length * 8;
  }

  /** Code strings begin on whole bytes. */
  get nextByte(): number {
    return Math.ceil(this.at / 8);
  }

  /** @param count up to 8 */
  read(count: number): number {
    const byte = this.at >> 3;
    const both = ((this.data[byte] ?? 0) << 8) | (this.data[byte + 1] ?? 0);
    const shift = 16 - (this.at & 7) - count;
    this.at += count;
    return (both >> shift) & ((1 << count) - 1);
  }
}

/** 7.2.5.2; null at the end of a string. */
function nextOfTwo(bits: Bits): Run | null {
  const code = bits.read(2);
  if (code !== 0) return [1, code];
  if (bits.read(1)) return [bits.read(3) + 3, bits.read(2)];
  if (bits.read(1)) return [1, 0];
  const kind = bits.read(2);
  if (kind < 2) return kind === 0 ? null : [2, 0];
  return kind === 2 ? [bits.read(4) + 12, bits.read(2)] : [bits.read(8) + 29, bits.read(2)];
}

function nextOfFour(bits: Bits): Run | null {
  const code = bits.read(4);
  if (code !== 0) return [1, code];
  if (!bits.read(1)) {
    const count = bits.read(3);
    return count === 0 ? null : [count + 2, 0];
  }
  if (!bits.read(1)) return [bits.read(2) + 4, bits.read(4)];
  const kind = bits.read(2);
  if (kind < 2) return [kind + 1, 0];
  return kind === 2 ? [bits.read(4) + 9, bits.read(4)] : [bits.read(8) + 25, bits.read(4)];
}

function nextOfEight(bits: Bits): Run | null {
  const code = bits.read(8);
  if (code !== 0) return [1, code];
  if (bits.read(1)) return [bits.read(7), bits.read(8)];
  const count = bits.read(7);
  return count === 0 ? null : [count, 0];
}

const codeStrings: Readonly<Record<number, { bits: 2 | 4 | 8; next: (bits: Bits) => Run | null }>> = {
  0x10: { bits: 2, next: nextOfTwo },
  0x11: { bits: 4, next: nextOfFour },
  0x12: { bits: 8, next: nextOfEight },
};
