import { execFile } from 'node:child_process';
import { copyFile, readFile, rename, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { patiently } from '../interop/hls/validator.js';
import { cached } from '../support/clips.js';
import { rescan } from '../support/scanned.js';
import { ask, type Played, problemOf, segmentUrl, StreamingStage } from './streaming-stage.js';

const run = promisify(execFile);
const seconds = 100;
const films = { Chalk: 'white', Coal: 'black', Slate: 'white', Marble: 'white' } as const;

/** A film of one shade and some grain, so that every picture of it is known. */
const shade = (color: string): Promise<string> =>
  cached(`${color}.mkv`, seconds, () =>
    Promise.resolve([
      ...['-f', 'lavfi', '-i', `color=c=${color}:d=${seconds}:s=640x360:r=24`, '-f', 'lavfi', '-i', `sine=d=${seconds}:r=48000`],
      ...['-vf', 'noise=alls=12:allf=t', '-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '1M', '-g', '48'],
      ...['-pix_fmt', 'yuv420p', '-c:a', 'ac3', '-ac', '2'],
    ]),
  ); // prettier-ignore

let stage: StreamingStage;
beforeAll(async () => {
  const paths = new Map<string, string>();
  for (const [title, color] of Object.entries(films)) paths.set(title, await shade(color));
  stage = await StreamingStage.open(paths, {}, async (from, to) => {
    await copyFile(from, to);
    // Whole seconds, so that it can be put back as it was.
    await utimes(to, 1_700_000_000, 1_700_000_000);
  });
}, 300_000);
afterAll(() => stage.close());

const pathOf = (title: keyof typeof films): string => join(stage.folder, `${title}.mkv`);
const opened = async (title: keyof typeof films): Promise<Played> =>
  stage.play(await stage.device(), title, { quality: '360p' });

/** How bright the first picture of a segment is, 0–255. */
async function brightness(played: Played, segment: Buffer): Promise<number> {
  const file = join(stage.hearth.dataDirectory, 'piece.mp4');
  await writeFile(file, Buffer.concat([played.video.init, segment]));
  const gray = ['-vf', 'scale=1:1', '-pix_fmt', 'gray', '-frames:v', '1', '-f', 'rawvideo', '-'];
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', file, ...gray], { encoding: 'buffer' });
  return stdout[0] ?? -1;
}

async function refusal(played: Played, index: number): Promise<string> {
  const answer = await ask(segmentUrl(played.video, index));
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return `${answer.status} ${problemOf(answer).code}`;
}

test('another film under the same name, written over it while an encoder reads: nothing of it is kept as the old one', async () => {
  const played = await opened('Chalk');
  expect(await brightness(played, await patiently(segmentUrl(played.video, 2)))).toBeGreaterThan(200);
  const [white, black] = await Promise.all([readFile(pathOf('Chalk')), readFile(pathOf('Coal'))]);
  // Waited for while the file changes below the encoder.
  const waiting = [20, 22, 24, 26].map((index) => ask(segmentUrl(played.video, index)));
  await writeFile(pathOf('Chalk'), black);
  for (const { status } of await Promise.all(waiting)) expect([200, 409, 500]).toContain(status);
  expect(await refusal(played, 3)).toBe('409 SOURCE_CHANGED');
  expect(await refusal(played, 40)).toBe('409 SOURCE_CHANGED');
  // The library learns of it: the old addresses stay refused, a new session shows the new film.
  await rescan(stage.ada, stage.libraryId);
  expect(await refusal(played, 3)).toBe('409 SOURCE_CHANGED');
  const anew = await opened('Chalk');
  for (const index of [2, 20, 22, 24, 26])
    expect([index, (await brightness(anew, await patiently(segmentUrl(anew.video, index)))) < 60]).toEqual([
      index,
      true,
    ]);
  await anew.stop();
  // The old one comes back, byte for byte: what was kept of it is of it.
  // In one step: the folder is watched, and a look between writing and dating it would see a third state.
  await writeFile(`${pathOf('Chalk')}.back`, white);
  await utimes(`${pathOf('Chalk')}.back`, 1_700_000_000, 1_700_000_000);
  await rename(`${pathOf('Chalk')}.back`, pathOf('Chalk'));
  await rescan(stage.ada, stage.libraryId);
  const back = await opened('Chalk');
  for (const [index] of back.video.playlist.segments.entries())
    expect([index, (await brightness(back, await patiently(segmentUrl(back.video, index)))) > 200]).toEqual([
      index,
      true,
    ]);
}, 240_000);

test('a file that is cut off in mid-play is told as changed', async () => {
  const played = await opened('Slate');
  await patiently(segmentUrl(played.video, 1));
  const waiting = ask(segmentUrl(played.video, 40));
  await truncate(pathOf('Slate'), Math.floor((await stat(pathOf('Slate'))).size / 3));
  const { status } = await waiting;
  expect([200, 409, 500]).toContain(status);
  expect(await refusal(played, 41)).toBe('409 SOURCE_CHANGED');
  expect(await refusal(played, 1)).toBe('409 SOURCE_CHANGED');
  expect((await stage.hearth.client.fetch('/health')).status).toBe(200);
}, 120_000);

test('a disk that is unplugged in mid-play and plugged in again: told as that, then it plays on', async () => {
  const played = await opened('Marble');
  await patiently(segmentUrl(played.video, 1));
  const waiting = ask(segmentUrl(played.video, 30));
  await rename(pathOf('Marble'), `${pathOf('Marble')}.away`);
  expect([200, 409]).toContain((await waiting).status);
  expect(await refusal(played, 31)).toBe('409 SOURCE_UNAVAILABLE');
  await rename(`${pathOf('Marble')}.away`, pathOf('Marble'));
  for (const index of [1, 30, 31, 45])
    expect((await brightness(played, await patiently(segmentUrl(played.video, index)))) > 200).toBe(true);
  await played.stop();
}, 120_000);
