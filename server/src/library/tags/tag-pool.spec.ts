import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { jpeg, song } from '../../../../tests/support/songs.js';
import { ProbeFailed } from '../../ffmpeg/media-probe.js';
import { InProcessTags } from './in-process-tags.js';
import { TagPool, type TagPoolOptions } from './tag-pool.js';

const hooks = new URL('../../../../tests/support/typescript-hooks.mjs', import.meta.url).href;
const startWorker = (): Worker =>
  new Worker(new URL('./tag-worker.ts', import.meta.url), { execArgv: ['--import', hooks] });
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
