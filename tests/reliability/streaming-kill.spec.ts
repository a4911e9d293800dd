import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { faultsOf, patiently } from '../interop/hls/validator.js';
import { ffmpegsOf, headsOf, isAlive, wordsOf } from './process-watch.js';
import { waitFor } from '../support/wait-for.js';
import { ask, factsOfSegment, longFilm, type Played, problemOf, segmentUrl, StreamingStage } from './streaming-stage.js'; // prettier-ignore

const run = promisify(execFile);
let stage: StreamingStage;

beforeAll(async () => {
  const films = new Map([
    ['Maple', await longFilm()],
    ['Linden', await longFilm('other.mkv', 550)],
  ]);
  stage = await StreamingStage.open(films);
}, 300_000);
afterAll(() => stage.close());

/** The encoder of pictures that works for a segment nobody has yet. */
const encoder = (): Promise<number> =>
  waitFor(() => headsOf(stage.hearth.pid).video[0], 'an encoder of pictures');

async function picture(played: Played, indices: readonly number[]): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for (const index of indices) found.push(await patiently(segmentUrl(played.video, index)));
  return found;
}

/** Asks for a segment and, while it waits, does something to its encoder. */
async function whileWaiting(played: Played, index: number, act: (pid: number) => void) {
  const state = { answered: false };
  const before = new Set(headsOf(stage.hearth.pid).video);
  const answer = ask(segmentUrl(played.video, index)).finally(() => (state.answered = true));
  const isNew = (one: number): boolean => !before.has(one);
  const pid = await waitFor(
    () => headsOf(stage.hearth.pid).video.find(isNew) ?? (state.answered && null),
    'its encoder',
  );
  const wasWaiting = pid !== null && !state.answered;
  if (wasWaiting) act(pid);
  return { wasWaiting, answer: await answer };
}

test('an encoder that is killed in mid-segment is replaced: who waits gets the segment, and all that follow', async () => {
  const played = await stage.play(await stage.device(), 'Maple', { quality: '360p' });
  const places = [50, 12, 38, 25];
  let kills = 0;
  for (const place of places) {
    const { wasWaiting, answer } = await whileWaiting(played, place, (pid) => process.kill(pid, 'SIGKILL'));
    if (wasWaiting) kills++;
    expect([place, answer.status, answer.body.toString('latin1', 4, 8)]).toEqual([place, 200, 'moof']);
  }
  // Kills after the answer prove nothing.
  expect(kills).toBeGreaterThanOrEqual(1);
  // Again and again while it is read from beginning to end.
  const segments: Buffer[] = [];
  for (const [index] of played.video.playlist.segments.entries()) {
    const [pid] = headsOf(stage.hearth.pid).video;
    if (index % 9 === 4 && pid !== undefined) process.kill(pid, 'SIGKILL');
    segments.push(await patiently(segmentUrl(played.video, index)));
  }
  expect(faultsOf(played.video, segments, 'video')).toEqual([]);
  await played.stop();
}, 240_000);

test('an encoder that hangs: who waits is told when to come back, and gets the segment when it goes on', async () => {
  const played = await stage.play(await stage.device(), 'Linden');
  const hung: number[] = [];
  const { wasWaiting, answer } = await whileWaiting(played, 40, (pid) => {
    process.kill(pid, 'SIGSTOP');
    hung.push(pid);
  });
  expect(wasWaiting).toBe(true);
  try {
    expect(answer.status).toBe(503);
    expect(problemOf(answer).code).toBe('UNAVAILABLE');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  } finally {
    for (const pid of hung) if (isAlive(pid)) process.kill(pid, 'SIGCONT');
  }
  expect((await patiently(segmentUrl(played.video, 40))).toString('latin1', 4, 8)).toBe('moof');
  await played.stop();
}, 120_000);

test('a server that is killed in mid-play leaves no encoder behind; the same addresses go on', async () => {
  const played = await stage.play(await stage.device(), 'Linden', { quality: '360p' });
  const before = await picture(played, [20, 21, 22]);
  const orphans = await waitFor(async () => {
    // Two viewers far apart: encoders of pictures and of sound at work.
    void ask(segmentUrl(played.video, 50)).catch(() => undefined);
    void ask(segmentUrl(played.audio, 20)).catch(() => undefined);
    await encoder();
    const all = ffmpegsOf(stage.hearth.pid);
    return all.length > 0 && all;
  }, 'encoders at work');
  await stage.hearth.stop('SIGKILL');
  const stillThere = (): string[] => orphans.filter(isAlive).map((pid) => wordsOf(pid).join(' '));
  await waitFor(() => stillThere().length === 0, `no orphan is left: ${stillThere().join('\n')}`);
  await stage.hearth.boot();
  const again = await picture(played, [20, 21, 22]);
  expect(again.map(factsOfSegment)).toEqual(before.map(factsOfSegment));
  // Made before, so that nothing had to be made again.
  expect(again.map((one, n) => one.equals(before[n] ?? Buffer.alloc(0)))).toEqual([true, true, true]);
  const all: Buffer[] = [];
  for (const [index] of played.video.playlist.segments.entries())
    all.push(await patiently(segmentUrl(played.video, index)));
  expect(faultsOf(played.video, all, 'video')).toEqual([]);
}, 240_000);

test('a server that is asked to stop in mid-play takes its encoders along', async () => {
  const played = await stage.play(await stage.device(), 'Maple', { quality: '480p' });
  const waiting = ask(segmentUrl(played.video, 45)).then(({ status }) => status, () => 'cut'); // prettier-ignore
  await encoder();
  const family = ffmpegsOf(stage.hearth.pid);
  await stage.hearth.stop();
  expect(family.filter(isAlive)).toEqual([]);
  await waiting;
  await stage.hearth.boot();
  expect((await patiently(segmentUrl(played.video, 45))).toString('latin1', 4, 8)).toBe('moof');
}, 60_000);

test('nothing of ours is left on this machine', async () => {
  await stage.hearth.stop();
  const { stdout } = await run('ps', ['-e', '-o', 'args=']);
  expect(stdout.split('\n').filter((line) => line.includes(stage.folder))).toEqual([]);
});
