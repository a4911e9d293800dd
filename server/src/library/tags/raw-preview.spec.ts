import sharp from 'sharp';
import { jpeg } from '../../../../tests/support/songs.js';
import { readRawPreview } from './raw-preview.js';

const fileOf = (bytes: Buffer) => ({
  size: bytes.length,
  read: (at: number, length: number) => bytes.subarray(Math.max(0, at), Math.max(0, at) + length),
});
const previewOf = (bytes: Buffer) => readRawPreview(fileOf(bytes));
const picture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#246' } })
    .jpeg()
    .toBuffer();

type Field = readonly [tag: number, type: 3 | 4 | 7, value: number, count?: number];

/** A folder of fields at `at`, and where the next one is. */
function folder(isLittle: boolean, fields: readonly Field[], next = 0): Buffer {
  const bytes = Buffer.alloc(2 + fields.length * 12 + 4);
  const put = (value: number, at: number, length: number) =>
    isLittle ? bytes.writeUIntLE(value, at, length) : bytes.writeUIntBE(value, at, length);
  put(fields.length, 0, 2);
  for (const [index, [tag, type, value, count = 1]] of fields.entries()) {
    put(tag, 2 + index * 12, 2);
    put(type, 4 + index * 12, 2);
    put(count, 6 + index * 12, 4);
    put(value, 10 + index * 12, type === 3 ? 2 : 4);
  }
  put(next, 2 + fields.length * 12, 4);
  return bytes;
}

/** Parts at their places, nothing between. */
function laidOut(parts: readonly (readonly [at: number, bytes: Buffer])[]): Buffer {
  const file = Buffer.alloc(Math.max(...parts.map(([at, bytes]) => at + bytes.length)));
  for (const [at, bytes] of parts) bytes.copy(file, at);
  return file;
}
const header = (magic: string): Buffer => Buffer.from(magic, 'latin1');
const tiff = (little: boolean): [number, Buffer] => [
  0,
  header(little ? 'II*\0\x08\0\0\0' : 'MM\0*\0\0\0\x08'),
];

test.each([true, false])('the largest JPEG in folders of a TIFF, turned as the camera was (little-endian: %s)', async (little) => {
  const [small, large] = [await jpeg('#111', 16), await picture(60, 40)];
  const sensor = Buffer.from(large);
  // Lossless: what a sensor saw.
  sensor[sensor.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc3;
  const raw = laidOut([
    tiff(little),
    [8, folder(little, [[0x112, 3, 6], [0x14a, 4, 400], [0x201, 4, 1000], [0x202, 4, small.length]], 200)],
    [200, folder(little, [[0x103, 3, 7], [0x111, 4, 9000], [0x117, 4, sensor.length]])],
    [400, folder(little, [[0x103, 3, 7], [0x111, 4, 5000], [0x117, 4, large.length]])],
    [1000, small],
    [5000, large],
    [9000, sensor],
  ]);
  const found = previewOf(raw);
  expect(found).toMatchObject({ width: 40, height: 60 });
  const { width, height } = await sharp(found?.jpeg, { autoOrient: true }).toBuffer({ resolveWithObject: true }).then(({ info }) => info);
  expect([width, height]).toEqual([40, 60]);
}); // prettier-ignore

test('Panasonic’s and Olympus’ own kinds of TIFF', async () => {
  const large = await picture(60, 40);
  const panasonic = laidOut([
    [0, header('IIU\0\x08\0\0\0')],
    [8, folder(true, [[0x2e, 7, 500, large.length]])],
    [500, large],
  ]);
  const olympus = laidOut([
    [0, header('IIRO\x08\0\0\0')],
    [8, folder(true, [[0x201, 4, 500], [0x202, 4, large.length]])],
    [500, large],
  ]); // prettier-ignore
  for (const raw of [panasonic, olympus])
    expect(previewOf(raw)).toEqual({ jpeg: large, width: 60, height: 40 });
});

test('Fujifilm’s', async () => {
  const large = await picture(60, 40);
  const place = Buffer.alloc(8);
  place.writeUInt32BE(200, 0);
  place.writeUInt32BE(large.length, 4);
  expect(
    previewOf(
      laidOut([
        [0, header('FUJIFILMCCD-RAW 0201')],
        [84, place],
        [200, large],
      ]),
    ),
  ).toEqual({
    jpeg: large,
    width: 60,
    height: 40,
  });
});

test('Canon’s in boxes', async () => {
  const large = await picture(60, 40);
  const box = (type: string, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  const length = Buffer.alloc(4);
  length.writeUInt32BE(large.length);
  const facts = laidOut([tiff(true), [8, folder(true, [[0x112, 3, 8]])]]);
  const raw = Buffer.concat([
    box('ftyp', header('crx ')),
    box('moov', box('uuid', Buffer.alloc(16), box('CMT1', facts))),
    box('uuid', Buffer.alloc(24), box('PRVW', Buffer.alloc(12), length, large)),
    box('mdat', Buffer.alloc(100)),
  ]);
  expect(previewOf(raw)).toMatchObject({ width: 40, height: 60 });
});

test('what is damaged or hostile holds none, and is soon done with', async () => {
  const large = await picture(60, 40);
  const loop = laidOut([tiff(true), [8, folder(true, [[0x14a, 4, 8], [0x112, 3, 99]], 8)]]); // prettier-ignore
  const beyond = laidOut([tiff(true), [8, folder(true, [[0x201, 4, 100], [0x202, 4, 1e9]])], [100, large]]); // prettier-ignore
  const many = laidOut([tiff(true), [8, folder(true, [[0x14a, 4, 0, 0xffffffff]], 0xfffffff0)]]);
  const boxes = Buffer.concat([header('\0\0\0\0ftypcrx '), Buffer.alloc(64)]);
  for (const bytes of [
    loop,
    beyond,
    many,
    boxes,
    large,
    Buffer.alloc(0),
    header('raw'),
    header('FUJIFILMCCD-RAW'),
  ])
    expect(previewOf(bytes)).toBeUndefined();
});
