import { get } from 'node:http';
import { playbackRoutes } from '../../contract/src/playback.js';
import { patiently } from '../interop/hls/validator.js';
import { waitFor } from '../support/wait-for.js';
import { headsOf } from './process-watch.js';
import { ask, longFilm, segmentUrl, StreamingStage } from './streaming-stage.js';

let stage: StreamingStage;
beforeAll(async () => {
  const films = new Map([
    ['Maple', await longFilm()],
    ['Linden', await longFilm('other.mkv', 550)],
  ]);
  stage = await StreamingStage.open(films);
}, 300_000);
afterAll(() => stage.close());

const heads = (): number[] => Object.values(headsOf(stage.hearth.pid)).flat();
/** None for a while: between one that ends and the next that starts there is none either. */
function noHead(what: string, timeoutMs = 30_000): Promise<true> {
  let since = Infinity;
  const isQuiet = (): boolean => {
    since = heads().length > 0 ? Infinity : Math.min(since, performance.now());
    return performance.now() - since > 3000;
  };
  return waitFor(() => isQuiet() && (true as const), what, timeoutMs);
}

/** Looks at the encoders of pictures until it is told to stop. @returns the most at once, and how many there were */
function watchPictures(): () => { most: number; all: number } {
  const seen = new Set<number>();
  let most = 0;
  const timer = setInterval(() => {
    const { video } = headsOf(stage.hearth.pid);
    most = Math.max(most, video.length);
    for (const pid of video) seen.add(pid);
  }, 10);
  return () => {
    clearInterval(timer);
    return { most, all: seen.size };
  };
}

test('two viewers of the same have one encoder, and it stays for one of them when the other leaves', async () => {
  const [one, other] = [await stage.device(), await stage.device()];
  const done = watchPictures();
  const first = await stage.play(one, 'Maple', { quality: '480p' });
  const second = await stage.play(other, 'Maple', { quality: '480p' });
  expect(new URL(first.video.url).pathname).not.toBe(new URL(second.video.url).pathname);
  for (const index of [0, 1, 2, 3]) {
    const [mine, theirs] = await Promise.all(
      [first, second].map((played) => patiently(segmentUrl(played.video, index))),
    );
    expect(mine?.equals(theirs ?? Buffer.alloc(0))).toBe(true);
  }
  expect(done()).toEqual({ most: 1, all: 1 });
  const [pid] = headsOf(stage.hearth.pid).video;
  await first.stop();
  for (const index of [4, 5, 6]) await patiently(segmentUrl(second.video, index));
  // It ends by itself when all is made; until then it is the same one.
  expect([[pid], []]).toContainEqual(headsOf(stage.hearth.pid).video);
  await second.stop();
  await noHead('the encoder nobody watches to end');
}, 120_000);

test('a session that is ended while a segment is waited for: an answer, and no encoder', async () => {
  const played = await stage.play(await stage.device(), 'Linden', { quality: '480p' });
  const waiting = ask(segmentUrl(played.video, 45));
  await waitFor(() => headsOf(stage.hearth.pid).video.length > 0, 'an encoder');
  await played.stop();
  await waiting; // whatever it is, it comes
  await noHead('the encoder of an ended session to end');
  expect((await ask(segmentUrl(played.video, 45))).status).toBe(404);
}, 60_000);

/** Asks like a player whose network goes away: the connection is cut while the answer is waited for. */
function vanish(url: string): Promise<void> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false });
    request.on('error', () => resolve());
    request.once('socket', (socket) => {
      socket.once('connect', () =>
        void waitFor(() => headsOf(stage.hearth.pid).video.length > 0, 'an encoder').finally(() => request.destroy()),
      );
    });
  });
} // prettier-ignore

/** Waits for a minute of the real clock; the same is tried with a shorter one beside the code (`head.service.spec.ts`). */
const whereThereIsTime = process.env['HEARTH_MATRIX'] === 'all' ? test : test.skip;

whereThereIsTime(
  'a pause longer than encoders are kept, and a viewer who vanishes: nothing runs on, and the paused one plays on (with HEARTH_MATRIX=all: it takes a minute)',
  async () => {
    const resting = await stage.play(await stage.device(), 'Maple', { quality: '540p' });
    const before: Buffer[] = [];
    for (const index of [0, 1, 2]) before.push(await patiently(segmentUrl(resting.video, index)));
    const { sessionId } = resting.session;
    await resting.who.call(playbackRoutes.progress, { sessionId, positionSeconds: 4, paused: true });
    const gone = await stage.play(await stage.device(), 'Linden', { quality: '540p' });
    await vanish(segmentUrl(gone.video, 50));
    // A minute, and some time to look for it.
    await noHead('idle encoders to end', 90_000);
    const done = watchPictures();
    for (const [index, bytes] of before.entries())
      expect((await patiently(segmentUrl(resting.video, index))).equals(bytes)).toBe(true);
    expect(done()).toEqual({ most: 0, all: 0 });
    const far = resting.video.playlist.segments.length - 3;
    expect((await patiently(segmentUrl(resting.video, far))).toString('latin1', 4, 8)).toBe('moof');
    await resting.stop();
    await noHead('the last encoder to end');
  },
  180_000,
);
