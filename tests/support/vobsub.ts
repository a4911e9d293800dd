/** A picture of a DVD: its left hundred columns in the second colour of the palette, the rest in the third. */
export interface DiscPicture {
  readonly start: number;
  readonly end: number;
  readonly x: number;
  readonly y: number;
  /** More than a hundred. */
  readonly width: number;
  /** Even. */
  readonly height: number;
}

/** The head of an `.idx` file, PAL: white and red on nothing. */
export const discHead = `size: 720x576\npalette: 000000, ffffff, ff0000, 000000${', 808080'.repeat(12)}\n`;

const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const pair = (a: number, b: number): number[] => [a >> 4, ((a & 15) << 4) | (b >> 8), b & 255];

/** A valid subpicture unit (DVD-Video). ffmpeg writes them too, but no `.idx`. */
export function subpictureUnit({ start, end, x, y, width, height }: DiscPicture): Buffer {
  const line = [...u16((100 << 2) | 1), 0, 2];
  const field = Array.from({ length: height / 2 }, () => line).flat();
  const controls = 4 + 2 * field.length;
  const show = [
    ...[3, 0x32, 0x10, 4, 0xff, 0xf0, 5, ...pair(x, x + width - 1), ...pair(y, y + height - 1)],
    ...[6, ...u16(4), ...u16(4 + field.length), 1, 0xff],
  ];
  const last = controls + 4 + show.length;
  const hide = [...u16(Math.round(((end - start) * 90_000) / 1024)), ...u16(last), 2, 0xff];
  const body = [...u16(controls), ...field, ...field, 0, 0, ...u16(last), ...show, ...hide];
  return Buffer.from([...u16(body.length + 2), ...body]);
}

/** The languages of an `.idx` file and the bytes of its `.sub`: a program stream (ISO 13818-1 2.5.3) of packs of 2 KiB. */
export function vobsubPair(languages: Readonly<Record<string, readonly DiscPicture[]>>): {
  idx: string;
  sub: Buffer;
} {
  const packs: Buffer[] = [];
  const text = Object.entries(languages).map(([language, pictures], number) => {
    const lines = pictures.map((picture) => {
      const at = packs.length * 2048;
      const unit = subpictureUnit(picture);
      for (let from = 0; from < unit.length; from += 2000)
        packs.push(pack(picture.start, number, unit.subarray(from, from + 2000)));
      return `timestamp: ${clock(picture.start)}, filepos: ${at.toString(16).padStart(9, '0')}\n`;
    });
    return `id: ${language}, index: ${number}\n${lines.join('')}`;
  });
  return {
    idx: `# VobSub index file, v7 (do not modify this line!)\n${discHead}${text.join('')}`,
    sub: Buffer.concat(packs),
  };
}

function clock(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const ms = String(Math.round((seconds % 1) * 1000)).padStart(3, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}:${ms}`;
}

function pack(seconds: number, number: number, payload: Buffer): Buffer {
  const ticks = Math.round(seconds * 90_000);
  const pts = [
    0x21 | ((ticks >> 29) & 14),
    ticks >> 22,
    ((ticks >> 14) & 254) | 1,
    ticks >> 7,
    ((ticks << 1) & 254) | 1,
  ];
  const head = Buffer.from([0, 0, 1, 0xba, 0x44, 0, 4, 0, 4, 1, 0, 0, 3, 0xf8]);
  const packet = Buffer.from([
    0,
    0,
    1,
    0xbd,
    ...u16(9 + payload.length),
    0x81,
    0x80,
    5,
    ...pts.map((byte) => byte & 255),
    0x20 + number,
  ]);
  const rest = 2048 - head.length - packet.length - payload.length;
  const padding = Buffer.alloc(rest, 0xff);
  Buffer.from([0, 0, 1, 0xbe, ...u16(rest - 6)]).copy(padding);
  return Buffer.concat([head, packet, payload, padding]);
}
