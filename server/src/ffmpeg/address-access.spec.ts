import { readFileSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { waitFor } from '../../../tests/support/wait-for.js';
import { FfprobeProbe } from './ffprobe-probe.js';
import { GrowingSubtitles } from './growing-subtitles.js';
import { Clips } from './media-probe.contract.js';
import { ProbeFailed } from './media-probe.js';
import { ProbePool } from './probe-pool.js';
import { AddressServer } from './testing/address-server.js';

const hooks = new URL('../../../tests/support/typescript-hooks.mjs', import.meta.url).href;
const startWorker = (): Worker =>
  new Worker(new URL('./probe-worker.ts', import.meta.url), { execArgv: ['--import', hooks] });

const clips = new Clips();
const server = new AddressServer();
const pool = new ProbePool({ startWorker, timeoutMs: 60_000 });
beforeAll(() => server.start());
afterEach(() => {
  server.refuses = null;
  server.ranges.length = 0;
});
afterAll(async () => {
  await pool.close();
  await server.stop();
  clips.remove();
});

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof ProbeFailed ? error.code : String(error)),
  );
const picture = ['-f', 'lavfi', '-i', 'testsrc2=r=25:s=640x360:d=40', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50']; // prettier-ignore
const fetched = (): number => server.ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);

test.each(['film.mkv', 'film.mp4'])(
  '%s is read behind an address as it is at its path',
  async (name) => {
    const path = clips.make(name, ...picture);
    const { media } = await pool.inspect(server.address(path));
    expect(media).toEqual((await pool.inspect(path)).media);
    expect(await pool.keyframes(server.address(path), 0)).toEqual(await pool.keyframes(path, 0));
  },
  120_000,
);

test('what it is is read from head and tail, not from what lies between', async () => {
  const path = clips.make('long.mp4', ...picture, '-b:v', '8M', '-qp', '0');
  const { size } = statSync(path);
  expect(size).toBeGreaterThan(8_000_000);
  await pool.inspect(server.address(path));
  expect(fetched()).toBeLessThan(size / 4);
  for (const { start, end } of server.ranges) expect(end < size / 8 || start > (size * 7) / 8).toBe(true);
}, 120_000);

test('an index that lies all over the file is not looked for', async () => {
  // A fragment a picture: 400 places.
  const long = ['-f', 'lavfi', '-i', 'testsrc2=r=10:s=640x360:d=40', '-c:v', 'mjpeg', '-q:v', '1'];
  const path = clips.make(
    'scattered.mp4',
    ...long,
    '-movflags',
    'empty_moov+frag_every_frame+default_base_moof',
  );
  expect(await pool.keyframes(path, 0)).not.toBeNull();
  expect(await codeOf(pool.keyframes(server.address(path), 0))).toBe('damaged');
  expect(fetched()).toBeLessThan(statSync(path).size);
}, 120_000);

test.each([
  [404, 'not-found'],
  [503, 'unreadable'],
  [500, 'unreadable'],
])('status %i is %s', async (status, code) => {
  const address = server.address(clips.film());
  server.refuses = status;
  expect(await codeOf(pool.inspect(address))).toBe(code);
});

test('whoever leaves frees the thread that waits for them, and files never wait for addresses', async () => {
  const film = clips.film();
  const one = new ProbePool({ startWorker, timeoutMs: 60_000, size: 1 });
  try {
    server.refuses = 0;
    const stuck = server.stuck;
    const leave = new AbortController();
    const asked = codeOf(one.inspect(server.address(film), { signal: leave.signal }));
    await waitFor(() => server.stuck > stuck, 'a read that waits', 60_000);
    expect((await one.inspect(film)).media.ok).toBe(true);
    leave.abort();
    expect(await asked).toBe('cancelled');
    server.refuses = null;
    expect((await one.inspect(server.address(film))).media.ok).toBe(true);
  } finally {
    await one.close();
  }
}, 120_000);

test('ffprobe reads an address, and nothing that only names other places', async () => {
  const probe = new FfprobeProbe('ffprobe');
  const avi = clips.make('film.avi', ...picture.slice(0, 4), '-c:v', 'mpeg4', '-t', '4');
  expect((await probe.probe(server.address(avi))).container).toBe('avi');
  const list = clips.write('list.mp4', `#EXTM3U\n#EXTINF:4,\n${server.address(avi)}\n#EXT-X-ENDLIST\n`);
  server.ranges.length = 0;
  expect(await codeOf(probe.probe(server.address(list)))).toMatch(/not-media|damaged/);
  expect(server.ranges.every(({ end }) => end < 1000)).toBe(true);
}, 120_000);

/** A line a second, in a film of some megabytes. */
const lines = Array.from({ length: 30 }, (_, at) => {
  const time = (seconds: number): string => `00:00:${String(seconds).padStart(2, '0')}`;
  return `${at + 1}\n${time(at + 1)},000 --> ${time(at + 1)},900\nLine ${at + 1}.\n`;
}).join('\n');

test.each([
  ['film-with-text.mkv', 'ass'],
  ['film-with-text.mp4', 'mov_text'],
])(
  '%s, a part of it here: the lines of that part, each read once, and nothing else is asked for',
  async (name, codec) => {
    const text = clips.write('lines.srt', lines);
    const track = ['-i', text, '-map', '0', '-map', '1', '-c:s', codec];
    const path = clips.make(
      name,
      ...picture.slice(0, 4),
      ...track,
      ...picture.slice(4),
      '-t',
      '40',
      '-qp',
      '0',
    );
    const { size } = statSync(path);
    const edge = Math.floor(size / 8);
    const [head, tail] = [{ start: 0, end: edge }, { start: size - edge, end: size - 1 }]; // prettier-ignore
    let spans = [head, tail];
    let now = 0;
    const growing = new GrowingSubtitles(pool, () => (now += 10_000));
    const film = {
      contentKey: 'film',
      streamIndex: 1,
      present: () => Promise.resolve({ address: server.address(path), spans }),
    };
    // Of the index nothing is here, or the first half: nothing can be told yet, and the next one looks again.
    const contents = readFileSync(path);
    const index = contents.lastIndexOf(codec === 'ass' ? Buffer.from('1c53bb6b', 'hex') : 'moov');
    expect(index).toBeGreaterThan(size - edge);
    for (const end of [index - 100, Math.floor((index + size) / 2)]) {
      spans = [head, { start: size - edge, end }];
      expect(await growing.text(film)).toBe('WEBVTT\n');
      expect(await growing.script(film)).toMatch(/^\[V4\+ Styles\]\n\n\[Events\]\nFormat: Layer, .*\n$/m);
    }
    server.ranges.length = 0;
    spans = [head, tail];
    const some = (await growing.text(film)).match(/Line \d+/g) ?? [];
    expect(some).toContain('Line 1');
    expect(some.length).toBeLessThan(15);
    const isWithin = ({ start, end }: { start: number; end: number }): boolean =>
      spans.some((span) => span.start <= start && end <= span.end);
    expect(server.ranges.every(isWithin)).toBe(true);

    spans = [head, { start: Math.floor(size / 4), end: Math.floor(size / 2) }, tail];
    const more = (await growing.text(film)).match(/Line \d+/g) ?? [];
    expect(more).toEqual(expect.arrayContaining(some));
    expect(more.length).toBeGreaterThan(some.length);

    spans = [{ start: 0, end: size - 1 }];
    expect(await growing.text(film)).toBe(await pool.subtitles(path, 1));
    if (codec === 'ass')
      expect(await growing.script(film)).toBe(
        Buffer.from((await pool.original(path, 1, null)) ?? []).toString(),
      );
    server.ranges.length = 0;
    await growing.text(film);
    expect(server.ranges).toEqual([]); // it has all lines
  },
  120_000,
);

test('without its index nothing of it can be told yet', async () => {
  const path = clips.make('bare.mkv', ...picture.slice(0, 4), '-t', '2', ...picture.slice(4));
  const track = { contentKey: 'bare', streamIndex: 0 };
  const bare = (spans: { start: number; end: number }[]) => () =>
    Promise.resolve({ address: server.address(path), spans });
  const growing = new GrowingSubtitles(pool);
  expect(await growing.text({ ...track, present: bare([]) })).toBe('WEBVTT\n');
  const whole = bare([{ start: 0, end: statSync(path).size - 1 }]);
  await expect(growing.text({ ...track, contentKey: 'no text', present: whole })).rejects.toMatchObject({
    code: 'unreadable',
  });
}, 120_000);
