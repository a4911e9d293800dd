/** A picture subtitle: a filled rectangle, shown from `start` to `end` (s). */
export interface PgsPicture {
  readonly start: number;
  readonly end: number;
  readonly width: number;
  readonly height: number;
}

const canvas = { width: 1920, height: 1080 };

/**
 * A valid `.sup` file: for each picture a display set that shows it at the bottom, and one that clears the screen.
 * ffmpeg cannot make any. (Presentation Graphic Stream, Blu-ray; field layout as in patent US 2009/0185789.)
 */
export function pgsFile(pictures: readonly PgsPicture[]): Buffer {
  return Buffer.concat(
    pictures.flatMap((picture, index) => [...shown(picture, 2 * index), ...cleared(picture, 2 * index + 1)]),
  );
}

const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];

function segment(seconds: number, type: number, body: readonly number[]): Buffer {
  const head = Buffer.alloc(13);
  head.write('PG', 'latin1');
  head.writeUInt32BE(Math.round(seconds * 90_000), 2);
  head.writeUInt8(type, 10);
  head.writeUInt16BE(body.length, 11);
  return Buffer.concat([head, Buffer.from(body)]);
}

const place = ({ width, height }: PgsPicture): number[] => [
  ...u16((canvas.width - width) >> 1),
  ...u16(canvas.height - height - 40),
];

const window = (picture: PgsPicture): number[] => [
  ...[1, 0, ...place(picture), ...u16(picture.width), ...u16(picture.height)],
];

function shown(picture: PgsPicture, composition: number): Buffer[] {
  const { start, width, height } = picture;
  const head = [...u16(canvas.width), ...u16(canvas.height), 0x10, ...u16(composition)];
  const object = [...u16(0), 0, 0, ...place(picture)];
  const rows = Array.from({ length: height }, () => [0, 0xc0 | (width >> 8), width & 255, 1, 0, 0]).flat();
  const length = rows.length + 4;
  const data = [...u16(0), 0, 0xc0, length >> 16, ...u16(length), ...u16(width), ...u16(height), ...rows];
  return [
    segment(start, 0x16, [...head, 0x80, 0, 0, 1, ...object]),
    segment(start, 0x17, window(picture)),
    segment(start, 0x14, [0, 0, 1, 235, 128, 128, 255]),
    segment(start, 0x15, data),
    segment(start, 0x80, []),
  ];
}

function cleared(picture: PgsPicture, composition: number): Buffer[] {
  const head = [...u16(canvas.width), ...u16(canvas.height), 0x10, ...u16(composition)];
  return [
    segment(picture.end, 0x16, [...head, 0, 0, 0, 0]),
    segment(picture.end, 0x17, window(picture)),
    segment(picture.end, 0x80, []),
  ];
}

/** Time (s), type and body of each segment of a `.sup` file. @throws if it is not made of whole segments */
export function pgsSegments(sup: Buffer): { seconds: number; type: number; body: string }[] {
  const found = [];
  for (let at = 0; at < sup.length;) {
    const length = sup.readUInt16BE(at + 11);
    if (sup.toString('latin1', at, at + 2) !== 'PG' || at + 13 + length > sup.length)
      throw new Error('No PGS');
    const body = sup.toString('hex', at + 13, at + 13 + length);
    found.push({ seconds: sup.readUInt32BE(at + 2) / 90_000, type: sup[at + 10] ?? 0, body });
    at += 13 + length;
  }
  return found;
}
