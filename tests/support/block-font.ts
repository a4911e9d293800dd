/**
 * A TrueType font of our own whose only letter, `A`, is a filled square of its full height: nobody takes another font
 * for it. Tables as in the OpenType specification 1.9, nothing that FreeType does not ask for.
 */
export function blockFont(family: string): Buffer {
  const tables = new Map<string, Buffer>([
    ['OS/2', os2()],
    ['cmap', cmap()],
    ['glyf', square()],
    ['head', head()],
    ['hhea', hhea()],
    ['hmtx', words(em, 0, em, 0)],
    ['loca', words(0, 0, square().length / 2)],
    ['maxp', Buffer.concat([longs(0x10000), words(2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)])],
    ['name', names(family)],
    ['post', longs(0x30000, 0, 0, 0, 0, 0, 0, 0)],
  ]);
  const directory = [longs(0x10000), words(tables.size, 128, 3, tables.size * 16 - 128)];
  let offset = 12 + tables.size * 16;
  for (const [tag, body] of tables) {
    directory.push(Buffer.from(tag, 'latin1'), longs(checksum(body), offset, body.length));
    offset += padded(body).length;
  }
  return Buffer.concat([...directory, ...[...tables.values()].map(padded)]);
}

const em = 1000;

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value & 0xffff, index * 2));
  return bytes;
}

function longs(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
}

const padded = (body: Buffer): Buffer => Buffer.concat([body, Buffer.alloc(-body.length & 3)]);

function checksum(body: Buffer): number {
  const whole = padded(body);
  let sum = 0;
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0;
  return sum;
}

/** One contour of four corners on the curve; the empty glyph 0 before it has no bytes. */
const square = (): Buffer =>
  Buffer.concat([words(1, 0, 0, em, em, 3, 0), Buffer.from([1, 1, 1, 1]), words(0, 0, em, 0, 0, em, 0, -em)]);

/** Format 4: `A` is glyph 1. */
const cmap = (): Buffer =>
  Buffer.concat([
    words(0, 1, 3, 1),
    longs(12),
    words(4, 32, 0, 4, 4, 1, 0, 0x41, 0xffff, 0, 0x41, 0xffff, 1 - 0x41, 1, 0, 0),
  ]);

const head = (): Buffer =>
  Buffer.concat([
    longs(0x10000, 0x10000, 0, 0x5f0f3cf5),
    words(3, em),
    Buffer.alloc(16),
    words(0, 0, em, em, 0, 8, 2, 0, 0),
  ]);

const hhea = (): Buffer =>
  Buffer.concat([longs(0x10000), words(em, 0, 0, em, 0, 0, em, 1, 0, 0, 0, 0, 0, 0, 0, 2)]);

const os2 = (): Buffer =>
  Buffer.concat([
    words(3, em, 400, 5, 0, ...Array.from({ length: 10 }, () => 100), 0),
    Buffer.alloc(10),
    longs(1, 0, 0, 0),
    Buffer.from('test', 'latin1'),
    words(0x40, 0x41, 0x41, em, 0, 0, em, 0),
    longs(1, 0),
    words(em, em, 0, 0x20, 0),
  ]);

function names(family: string): Buffer {
  const texts = [
    [1, family],
    [2, 'Regular'],
    [4, family],
    [6, family.replaceAll(' ', '')],
  ] as const;
  const encoded = texts.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  let at = 0;
  const records = texts.map(([id], index) => {
    const length = encoded[index]?.length ?? 0;
    const record = words(3, 1, 0x409, id, length, at);
    at += length;
    return record;
  });
  return Buffer.concat([words(0, texts.length, 6 + texts.length * 12), ...records, ...encoded]);
}
