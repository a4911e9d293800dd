import type { FileBytes } from '../../ffmpeg/file-bytes.js';

/** The picture that a camera puts into its raw photos: a whole JPEG. */
export interface RawPreview {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
}

type Bytes = Pick<FileBytes, 'read' | 'size'>;

interface Place {
  readonly at: number;
  readonly length: number;
}

/** The largest JPEG inside a raw photo, turned as the camera was; undefined where there is none to be shown. */
export function readRawPreview(file: Bytes): RawPreview | undefined {
  const head = file.read(0, 16);
  const { places, orientation } =
    head.toString('latin1', 0, 15) === 'FUJIFILMCCD-RAW'
      ? fujifilm(file)
      : head.toString('latin1', 4, 8) === 'ftyp'
        ? canon3(file)
        : new TiffPreviews(file, 0).found();
  let best: (Place & Size) | undefined;
  for (const place of places) {
    const size = jpegSize(file, place);
    if (size && (!best || size.width * size.height > best.width * best.height)) best = { ...place, ...size };
  }
  if (!best) return undefined;
  const jpeg = turned(Buffer.from(file.read(best.at, best.length)), orientation);
  const isAcross = orientation >= 5;
  const { width, height } = best;
  return { jpeg, width: isAcross ? height : width, height: isAcross ? width : height };
}

interface Found {
  readonly places: readonly Place[];
  /** EXIF's, 1–8; 1 also where the JPEG says it itself. */
  readonly orientation: number;
}

/** RAF: https://libopenraw.freedesktop.org/formats/raf/ */
function fujifilm(file: Bytes): Found {
  const header = file.read(84, 8);
  if (header.length < 8) return { places: [], orientation: 1 };
  return { places: [{ at: header.readUInt32BE(0), length: header.readUInt32BE(4) }], orientation: 1 };
}

/** As much of a box is looked at for what is in it. */
const boxHead = 64 * 1024;

/** CR3: boxes as in MP4; `PRVW` holds a JPEG behind sixteen bytes, `CMT1` a TIFF. https://github.com/lclevy/canon_cr3 */
function canon3(file: Bytes): Found {
  const places: Place[] = [];
  let orientation = 1;
  for (let at = 0, boxes = 0; boxes < 32; boxes++) {
    const header = file.read(at, 8);
    if (header.length < 8) break;
    const size = header.readUInt32BE(0);
    const start = file.read(at, Math.min(size, boxHead));
    const preview = start.indexOf('PRVW', 0, 'latin1');
    if (preview >= 0 && start.length >= preview + 20)
      places.push({ at: at + preview + 20, length: start.readUInt32BE(preview + 16) });
    const facts = start.indexOf('CMT1', 0, 'latin1');
    if (facts >= 0) orientation = new TiffPreviews(file, at + facts + 4).found().orientation;
    if (size < 8) break;
    at += size;
  }
  return { places, orientation };
}

const mostFolders = 32;
const mostFields = 256;
const tag = {
  compression: 0x103,
  stripOffsets: 0x111,
  orientation: 0x112,
  stripLengths: 0x117,
  folders: 0x14a,
  jpegOffset: 0x201,
  jpegLength: 0x202,
  /** Panasonic: its data is the JPEG itself. */
  jpegFromRaw: 0x2e,
} as const;

type Fields = ReadonlyMap<number, { count: number; values: number[]; at: number }>;

/** Everything else is TIFF in a wider sense: folders of fields, some of which say where a JPEG lies (TIFF 6.0 §2, §22). */
class TiffPreviews {
  private readonly isLittle: boolean;
  private readonly visited = new Set<number>();

  /** @param start of the TIFF, which its offsets count from */
  constructor(
    private readonly file: Bytes,
    private readonly start: number,
  ) {
    this.isLittle = file.read(start, 2).toString('latin1') === 'II';
  }

  found(): Found {
    const places: Place[] = [];
    let orientation: number | undefined;
    const pending = [this.number(this.start + 4, 4)];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (!at || this.visited.has(at) || this.visited.size >= mostFolders) continue;
      this.visited.add(at);
      const fields = this.fields(this.start + at);
      orientation ??= fields.get(tag.orientation)?.values[0];
      pending.push(...(fields.get(tag.folders)?.values ?? []));
      const next = this.number(this.start + at, 2) * 12 + 2;
      pending.push(this.number(this.start + at + next, 4));
      places.push(...this.places(fields));
    }
    const isKnown = orientation !== undefined && orientation >= 1 && orientation <= 8;
    return { places, orientation: isKnown ? (orientation ?? 1) : 1 };
  }

  private places(fields: Fields): Place[] {
    const one = (name: keyof typeof tag): number | undefined => fields.get(tag[name])?.values[0];
    const isJpeg = [6, 7].includes(one('compression') ?? 0) && fields.get(tag.stripOffsets)?.count === 1;
    const panasonic = fields.get(tag.jpegFromRaw);
    const pairs = [
      [one('jpegOffset'), one('jpegLength')],
      isJpeg ? [one('stripOffsets'), one('stripLengths')] : [],
      panasonic ? [panasonic.at - this.start, panasonic.count] : [],
    ];
    return pairs.flatMap(([at, length]) => (at && length ? [{ at: this.start + at, length }] : []));
  }

  private fields(at: number): Fields {
    const fields = new Map<number, { count: number; values: number[]; at: number }>();
    const count = Math.min(this.number(at, 2), mostFields);
    for (let entry = at + 2; entry < at + 2 + count * 12; entry += 12) {
      const width = { 3: 2, 4: 4, 13: 4 }[this.number(entry + 2, 2)] ?? 1;
      const values = this.number(entry + 4, 4);
      const isInside = values * width <= 4;
      const from = isInside ? entry + 8 : this.start + this.number(entry + 8, 4);
      const wanted = width === 1 ? 0 : Math.min(values, mostFolders);
      const numbers = Array.from({ length: wanted }, (_, index) => this.number(from + index * width, width));
      fields.set(this.number(entry, 2), { count: values, values: numbers, at: from });
    }
    return fields;
  }

  /** 0 behind the end. */
  private number(at: number, bytes: number): number {
    const data = this.file.read(at, bytes);
    if (data.length < bytes) return 0;
    return this.isLittle ? data.readUIntLE(0, bytes) : data.readUIntBE(0, bytes);
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of a JPEG that anybody can show: sensor data is lossless JPEG (`SOF3`), which nobody can (ITU T.81 B.2.2). */
function jpegSize(file: Bytes, { at: start, length }: Place): Size | undefined {
  if (file.read(start, 3).toString('hex') !== 'ffd8ff' || start + length > file.size) return undefined;
  for (let at = start + 2, segments = 0; at < start + length && segments < 200; segments++) {
    const head = file.read(at, 9);
    if (head.length < 9 || head[0] !== 0xff) return undefined;
    const marker = head[1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2)
      return head[4] === 8 ? { height: head.readUInt16BE(5), width: head.readUInt16BE(7) } : undefined;
    if (marker === 0xc3 || marker === 0xda) return undefined;
    at += 2 + head.readUInt16BE(2);
  }
  return undefined;
}

/** With EXIF in front that says how to turn it, as it would come from a camera. */
function turned(jpeg: Buffer, orientation: number): Buffer {
  if (orientation === 1) return jpeg;
  const exif = Buffer.from('4578696600004d4d002a00000008000101120003000000010000000000000000', 'hex');
  exif.writeUInt16BE(orientation, 24);
  const length = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), length, exif, jpeg.subarray(2)]);
}
