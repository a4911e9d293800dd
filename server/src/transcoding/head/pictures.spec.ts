import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { streamsOf } from '../../ffmpeg/media-info.js';
import { readInit } from '../cmaf/init-segment.js';
import { audioEncode, rungsFor, videoEncode } from '../rendition.js';
import { segmentTable } from '../timeline/segment-tables.js';
import { encodedVideoCodec } from './h264-level.js';
import { clip } from './testing/clips.js';
import { film, inputOf, keyframesOf, service } from './testing/service.js';

const run = promisify(execFile);
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'hearth-pictures-'))));
afterAll(() => rm(folder, { recursive: true }));

/** Decodes a stream to raw bytes: the first frame as RGB, or sound as floats. */
async function raw(bytes: Uint8Array, args: readonly string[]): Promise<Buffer> {
  const child = spawn(ffmpeg, ['-v', 'error', '-i', 'pipe:0', ...args, 'pipe:1']);
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stdin.on('error', () => undefined); // it stops reading when it has its frame
  child.stdin.end(bytes);
  await once(child, 'close');
  return Buffer.concat(out);
}

/** One segment of a file’s best encode, with its header, and the colours of some points of its first frame. */
async function encoded(path: string, index: number, burn: number | null = null) {
  const input = await inputOf(path);
  const [picture] = streamsOf(input.media, 'video');
  if (!picture) throw new Error('no picture');
  const rendition = videoEncode(picture, rungsFor(picture)[0] ?? 360, burn);
  const table = segmentTable(input.media, rendition, await keyframesOf(input));
  const heads = service();
  const init = await heads.init(input, rendition, table);
  const bytes = Buffer.concat([init, await heads.segment(input, rendition, table, index)]);
  heads.close();
  const frame = await raw(bytes, ['-frames:v', '1', '-pix_fmt', 'rgb24', '-f', 'rawvideo']);
  const pixel = (x: number, y: number): number[] => [...frame.subarray((Math.round(y * rendition.height) * rendition.width + Math.round(x * rendition.width)) * 3).subarray(0, 3)]; // prettier-ignore
  return { rendition, init, pixel };
}

const near = (found: readonly number[], wanted: readonly number[], slack: number): boolean =>
  found.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) <= slack);

async function film10(name: string, args: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await run(ffmpeg, ['-v', 'error', '-y', '-nostdin', ...args, path]);
  return path;
}

const half = 'color=c=0xC83030:s=320x180:r=25:d=5,drawbox=x=0:y=0:w=160:h=180:c=0x3030C8:t=fill';

test.each([
  ['BT.709', 'bt709', '1280x720'],
  ['BT.601', 'smpte170m', '720x480'],
])('%s colours stay what they are', async (_, matrix, size) => {
  const graph = `${half},scale=${size}:out_color_matrix=${matrix}:out_range=tv,format=yuv420p,setsar=1`;
  const path = await film10(`${matrix}.mkv`, [
    '-f',
    'lavfi',
    '-i',
    graph,
    '-c:v',
    'libx264',
    '-colorspace',
    matrix,
    '-color_range',
    'tv',
  ]);
  const { pixel } = await encoded(path, 1);
  expect([pixel(0.25, 0.5), pixel(0.75, 0.5)]).toEqual([expect.anything(), expect.anything()]);
  expect(near(pixel(0.25, 0.5), [0x30, 0x30, 0xc8], 12)).toBe(true);
  expect(near(pixel(0.75, 0.5), [0xc8, 0x30, 0x30], 12)).toBe(true);
});

test('a film on its side stands up', async () => {
  const upright = await film10('lying.mp4', [
    '-f',
    'lavfi',
    '-i',
    half,
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
  ]);
  const path = await film10('standing.mp4', [
    '-i',
    upright,
    '-c',
    'copy',
    '-metadata:s:v',
    'rotate=90',
    '-movflags',
    '+faststart',
  ]);
  const { rendition, pixel } = await encoded(path, 1);
  expect(rendition.height).toBeGreaterThan(rendition.width);
  const truth = await raw(await readFile(path), ['-frames:v', '1', '-pix_fmt', 'rgb24', '-f', 'rawvideo']);
  const top = [...truth.subarray((80 * 180 + 90) * 3).subarray(0, 3)];
  const bottom = [...truth.subarray((240 * 180 + 90) * 3).subarray(0, 3)];
  expect(near(top, bottom, 60)).toBe(false);
  expect(near(pixel(0.5, 0.25), top, 30)).toBe(true);
  expect(near(pixel(0.5, 0.75), bottom, 30)).toBe(true);
});

test('what is bright in HDR is bright and without a tint in SDR, and what is dark is dark', async () => {
  // PQ codes: 92 cd/m² to the left, 1 cd/m² to the right.
  const graph = `color=black:s=320x180:r=24:d=4,format=yuv420p10le,geq=lum='if(lt(X,160),500,195)':cb=512:cr=512`;
  const path = await film10('hdr.mkv', [
    ...[
      '-f',
      'lavfi',
      '-i',
      graph,
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-x265-params',
      'log-level=none',
    ],
    ...['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'],
  ]);
  const { rendition, pixel } = await encoded(path, 1);
  expect(rendition.toneMap).toBe(true);
  const [bright, dark] = [pixel(0.25, 0.5), pixel(0.75, 0.5)];
  for (const point of [bright, dark]) expect(Math.max(...point) - Math.min(...point)).toBeLessThan(10);
  expect(bright[1]).toBeGreaterThan(100);
  expect(bright[1]).toBeLessThan(235);
  expect(dark[1]).toBeLessThan(60);
});

test('bitmap subtitles are in the picture while they are shown, and only then', async () => {
  const black = 'color=c=black:s=320x180:r=25:d=10';
  const drawn = await film10('words.mkv', [
    '-f',
    'lavfi',
    '-i',
    black,
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
  ]);
  const path = await film10('pgs.mkv', [
    '-copyts',
    '-i',
    drawn,
    '-i',
    await bitmapSubtitles(),
    '-map',
    '0:v',
    '-map',
    '1:s',
    '-c',
    'copy',
  ]);
  const burned = async (index: number) => (await encoded(path, index, 1)).pixel(0.5, 0.5);
  expect(near(await burned(0), [0, 0, 0], 20)).toBe(true);
  expect(near(await burned(6), [255, 255, 255], 40)).toBe(true);
  expect(near(await burned(8), [0, 0, 0], 20)).toBe(true);
});

/** A PGS stream (`.sup`): a white box over all the picture from 3 s to 5.5 s, black before and after. */
async function bitmapSubtitles(): Promise<string> {
  const segment = (pts: number, type: number, body: readonly number[]): Buffer => {
    const head = Buffer.alloc(13);
    head.write('PG', 'latin1');
    head.writeUInt32BE(pts * 90_000, 2);
    head.writeUInt8(type, 10);
    head.writeUInt16BE(body.length, 11);
    return Buffer.concat([head, Buffer.from(body)]);
  };
  const word = (value: number): number[] => [value >> 8, value & 255];
  const [width, height] = [320, 180];
  const line = [0, 0xc0 | (width >> 8), width & 255, 1, 0, 0];
  const rle = Array.from({ length: height }, () => line).flat();
  const size = rle.length + 4;
  const composition = (number: number, state: number, objects: readonly number[]): number[] => [
    ...word(width), ...word(height), 0x10, ...word(number), state, 0, 0, objects.length === 0 ? 0 : 1, ...objects,
  ]; // prettier-ignore
  const window = [1, 0, ...word(0), ...word(0), ...word(width), ...word(height)];
  const show = [
    segment(3, 0x16, composition(1, 0x80, [...word(0), 0, 0, ...word(0), ...word(0)])),
    segment(3, 0x17, window),
    segment(3, 0x14, [0, 0, 1, 235, 128, 128, 255]),
    segment(3, 0x15, [
      ...word(0),
      0,
      0xc0,
      size >> 16,
      ...word(size & 0xffff),
      ...word(width),
      ...word(height),
      ...rle,
    ]),
    segment(3, 0x80, []),
  ];
  const hide = [
    segment(5.5, 0x16, composition(2, 0, [])),
    segment(5.5, 0x17, window),
    segment(5.5, 0x80, []),
  ];
  const path = join(folder, 'box.sup');
  await writeFile(path, Buffer.concat([...show, ...hide]));
  return path;
}

test('what playlists say of an encode is what the encoder does', async () => {
  for (const name of ['film-25.mp4', 'film-60.mkv', 'hdr.mkv'] as const) {
    const { rendition, init } = await encoded(await clip(name), 0);
    const entry = Buffer.from(readInit(init).track.sampleEntry);
    const avcc = entry.subarray(entry.indexOf('avcC') + 4);
    expect(`avc1.${avcc.toString('hex', 1, 4).toUpperCase()}`).toBe(
      encodedVideoCodec(rendition).toUpperCase().replace('AVC1', 'avc1'),
    );
  }
});

test('speech in the centre of 5.1 is heard on both sides, and left stays left', async () => {
  const { input, sound, audioTable } = await film('surround.mkv');
  const heads = service();
  const rendition = audioEncode(sound, 2);
  const init = await heads.init(input, rendition, audioTable);
  const bytes = Buffer.concat([init, await heads.segment(input, rendition, audioTable, 1)]);
  heads.close();
  const level = async (channel: number, hertz: number): Promise<number> => {
    const filter = `pan=mono|c0=c${channel}`;
    const pcm = await raw(bytes, ['-af', filter, '-f', 'f32le', '-ar', '48000']);
    let [re, im] = [0, 0];
    const count = Math.min(pcm.length / 4, 48_000);
    for (let at = 0; at < count; at++) {
      const value = pcm.readFloatLE(at * 4);
      re += value * Math.cos((2 * Math.PI * hertz * at) / 48_000);
      im += value * Math.sin((2 * Math.PI * hertz * at) / 48_000);
    }
    return (2 * Math.hypot(re, im)) / count;
  };
  // The clip’s tones are sin(880·t) and so on.
  const [left, right, centre] = [880, 660, 440].map((radians) => radians / (2 * Math.PI));
  const centreLeft = await level(0, centre ?? 0);
  expect(Math.abs(centreLeft - (await level(1, centre ?? 0)))).toBeLessThan(0.02);
  expect(centreLeft).toBeGreaterThan(0.15);
  expect(await level(0, left ?? 0)).toBeGreaterThan(3 * (await level(1, left ?? 0)));
  expect(await level(1, right ?? 0)).toBeGreaterThan(3 * (await level(0, right ?? 0)));
});
