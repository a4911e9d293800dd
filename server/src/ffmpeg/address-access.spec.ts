import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { waitFor } from '../../../tests/support/wait-for.js';
import { FfprobeProbe } from './ffprobe-probe.js';
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
