import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { jpeg, song } from '../../../../tests/support/songs.js';
import { ProbeFailed } from '../../ffmpeg/media-probe.js';
import { InProcessTags } from './in-process-tags.js';
import { TagPool, type TagPoolOptions } from './tag-pool.js';

const hooks = new URL('../../../../tests/support/typescript-hooks.mjs', import.meta.url).href;
const startWorker = (): Worker =>
  new Worker(new URL('./tag-worker.ts', import.meta.url), { execArgv: ['--import', hooks], stdout: true });
/** A thread that never answers, like one that reads from a dead mount. */
const stuck = (): Worker =>
  new Worker('require("worker_threads").parentPort.on("message", () => {})', { eval: true });

let place = '';
const at = (name: string): string => join(place, name);
const tags = new InProcessTags();

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'hearth-tags-'));
  const written = {
    title: 'Öde',
    artist: 'Zoë',
    album: 'Echo',
    album_artist: 'Zoë',
    date: '2011-03-04',
    genre: 'Jazz',
    track: '3/9',
    disc: '2/2',
    REPLAYGAIN_TRACK_GAIN: '-7.50 dB',
  };
  for (const name of ['a.mp3', 'a.flac', 'a.m4a', 'a.ogg', 'a.opus', 'a.wma', 'a.wv'])
    await song(at(name), written);
  await song(at('covered.mp3'), { title: 'A' }, { cover: '#ff0000' });
});
afterAll(() => rm(place, { recursive: true }));

test.each(['a.mp3', 'a.flac', 'a.m4a', 'a.ogg', 'a.opus', 'a.wma', 'a.wv'])('reads %s', async (name) => {
  const { tags: read } = await tags.music(at(name));
  expect(read).toMatchObject({
    title: 'Öde',
    artist: 'Zoë',
    album: 'Echo',
    // ffmpeg's names for it in APE tags, and for the date in ASF, are its own.
    ...(name !== 'a.wv' && { albumArtist: 'Zoë' }),
    year: name === 'a.wma' ? null : 2011,
    genres: ['Jazz'],
    track: 3,
  });
});

test('ReplayGain and discs', async () => {
  expect((await tags.music(at('a.flac'))).tags).toMatchObject({ gain: -7.5, disc: 2 });
});

/** Colour bars, 64 × 48, HEVC in HEIF, made with heif-enc (libheif 1.15, x265). */
const heic = Buffer.from(
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAA7QACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAAPVtZGF0AAAA6SgBr1iOzEdtI/cQrLmWoHcrXNUHbgsXP07Ui36Llay615Y4dR/k40mjec9qO6Ifr5+pQeNr0ivZdLkWFRn6F1gMMTbbYPtx1Vm8fzo28+4cx6zXpc0oJUMiYrSB1pAuIONTwjGUWGJs76LkeaUOXVy4TrhWOnuBr4Fchyuz+JHK8dJpXPdU1gLb9PVQBwfG23JNEnGXOGiedvL4kBxdbtbKNFmSnfMqrHVc193LPGivT7g9SFf4s84NTT8wajyVXUl93uIBRYXrFvSiErRv+6b2KX4TnAsRHnmaMABs2Cso63ZUn/SJVHvg',
  'base64',
);

test('a photo of a phone: its size from the header, its picture as JPEG; another picture under its name as it is', async () => {
  await writeFile(at('phone.heic'), heic);
  await writeFile(at('not.heic'), await jpeg('#00ff00'));
  await writeFile(at('broken.heic'), heic.subarray(0, 500));
  expect((await tags.photo(at('phone.heic'))).photo).toMatchObject({ width: 64, height: 48 });
  const { data, info } = await sharp((await tags.picture(at('phone.heic'))) ?? undefined)
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 64, height: 48, channels: 3 });
  // The first bar is grey, the last one of the upper row blue.
  const pixel = (x: number) => [...data.subarray(x * 3, x * 3 + 3)];
  expect(Math.max(...pixel(3)) - Math.min(...pixel(3))).toBeLessThan(30);
  expect((pixel(61)[2] ?? 0) - (pixel(61)[0] ?? 0)).toBeGreaterThan(100);
  expect(Buffer.from((await tags.picture(at('not.heic'))) ?? []).equals(await jpeg('#00ff00'))).toBe(true);
  const pool = new TagPool({ startWorker });
  await expect(pool.picture(at('broken.heic'))).rejects.toThrow(ProbeFailed);
  await pool.onApplicationShutdown();
});

test('the picture inside, and none where there is none', async () => {
  expect(Buffer.from((await tags.picture(at('covered.mp3'))) ?? []).equals(await jpeg('#ff0000'))).toBe(true);
  expect(await tags.picture(at('a.flac'))).toBeNull();
});

test('a tag of a hundred megabytes is not read', async () => {
  const size = 100 * 1024 * 1024;
  const bytes = [21, 14, 7, 0].map((shift) => (size >> shift) & 0x7f);
  const whole = await readFile(at('covered.mp3'));
  const file = await open(at('huge.mp3'), 'w');
  await file.write(Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, ...bytes]));
  await file.write(whole, 0, whole.length, size + 10);
  await file.close();
  const before = process.memoryUsage().rss;
  expect((await tags.music(at('huge.mp3'))).tags).toBeNull();
  expect(process.memoryUsage().rss - before).toBeLessThan(90 * 1024 * 1024);
});

test('a picture that claims to be longer than its tag ends with it', async () => {
  const whole = await readFile(at('covered.mp3'));
  whole.writeUInt32BE(0x0f0f0f0f, whole.indexOf('APIC') + 4);
  await writeFile(at('lies.mp3'), whole);
  expect((await tags.picture(at('lies.mp3')))?.length ?? 0).toBeLessThan(whole.length);
});

describe('in threads', () => {
  const pools: TagPool[] = [];
  const pool = (options: TagPoolOptions = {}): TagPool => {
    const made = new TagPool({ startWorker, size: 1, ...options });
    pools.push(made);
    return made;
  };
  afterAll(() => Promise.all(pools.map((each) => each.onApplicationShutdown())));

  test('answers as in process, and says what is wrong with a file', async () => {
    const one = pool();
    expect(await one.music(at('a.flac'))).toEqual(await tags.music(at('a.flac')));
    await writeFile(at('text.jpg'), 'no picture');
    expect((await one.photo(at('text.jpg'))).photo).toMatchObject({ failure: expect.stringContaining('cannot be read') }); // prettier-ignore
    const missing = await one.music(at('nothing.mp3')).catch((error: unknown) => error);
    expect(missing).toMatchObject({ code: 'not-found' });
    expect(missing).toBeInstanceOf(ProbeFailed);
  });

  test('gives up on a file that never ends, and reads the next', async () => {
    const threads = [stuck, startWorker];
    const one = pool({ timeoutMs: 8_000, startWorker: () => (threads.shift() ?? startWorker)() });
    const first = one.music(at('a.mp3')).catch((error: unknown) => error);
    const second = one.music(at('a.flac'));
    expect(await first).toMatchObject({ code: 'timeout' });
    expect((await second).tags?.title).toBe('Öde');
  }, 30_000);
});
