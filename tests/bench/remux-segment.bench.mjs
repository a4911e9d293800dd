/**
 * `npm run bench -- remux-segment -- [MINUTES] [FOLDER]`: a copied
 * segment out of the middle of a film, ours in a worker thread against `ffmpeg -c copy` for the same seconds; and how
 * long the key-frame index takes. With FOLDER, `long.mkv` and `long.mp4` in it are used, or made there.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import '../support/typescript-hooks.mjs';
import { median, table, target } from './table.mjs';

// After the hooks that let Node read our TypeScript.
const server = '../../server/src';
const { indexedKeyframes } = await import(`${server}/ffmpeg/indexed-keyframes.js`);
const { InProcessProbe } = await import(`${server}/ffmpeg/in-process-probe.js`);
const { streamsOf } = await import(`${server}/ffmpeg/media-info.js`);
const { audioCopy, videoCopy } = await import(`${server}/transcoding/rendition.js`);
const { RemuxService } = await import(`${server}/transcoding/remux/remux.service.js`);
const { evenTable, keyframeTable, segmentCount, segmentDuration, segmentStart } = await import(
  `${server}/transcoding/timeline/segment-table.js`
);

const minutes = Number(process.argv[2] ?? 20);
const ffmpeg = process.env['FFMPEG_PATH'] || 'ffmpeg';
const own = process.argv[3] === undefined ? await mkdtemp(join(tmpdir(), 'hearth-remux-')) : null;
const folder = own ?? resolve(process.argv[3] ?? '.');
const rounds = 15;

function makeFilms() {
  const one = join(folder, 'one.mkv');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=d=30:s=1280x720:r=24000/1001,noise=alls=30:allf=t'];
  const rate = ['-b:v', '8M', '-maxrate', '8M', '-bufsize', '8M', '-bf', '2', '-g', '96'];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...rate, '-c:a', 'aac'];
  const run = (...args) => execFileSync(ffmpeg, ['-v', 'error', '-y', ...args], { stdio: 'inherit' }); // prettier-ignore
  for (const name of ['long.mkv', 'long.mp4']) {
    if (existsSync(join(folder, name))) continue;
    if (!existsSync(one)) run(...picture, '-f', 'lavfi', '-i', 'sine=d=30:r=48000', ...codecs, one);
    run('-stream_loop', String(minutes * 2 - 1), '-i', one, '-map', '0', '-c', 'copy', join(folder, name));
  }
}

const hooks = new URL('../support/typescript-hooks.mjs', import.meta.url).href;
const worker = new URL('../../server/src/transcoding/remux/remux-worker.ts', import.meta.url);
const startWorker = () => new Worker(worker, { execArgv: ['--import', hooks] });

/** @param {() => Promise<unknown>} work @returns ms */
async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The same seconds as a fragment on a pipe, all of it read. */
async function byFfmpeg(path, map, from, seconds) {
  const args = ['-v', 'error', '-nostdin', '-ss', String(from + 0.001), '-i', path, '-t', String(seconds), '-map', map];
  const child = spawn(ffmpeg, [...args, '-c', 'copy', '-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof', 'pipe:1']);
  child.stdout.resume();
  child.stderr.resume();
  await once(child, 'close');
} // prettier-ignore

const rows = [];
const indexRows = [];
const probe = new InProcessProbe();

/** The key-frame index of a film, and how long reading it takes. */
async function measureIndex(name, path, picture) {
  const index = indexedKeyframes(path, picture.index);
  if (!index) throw new Error('no index');
  const [indexed, busy] = [[], []];
  for (let round = 0; round < 2 * rounds; round += 1) {
    const before = process.cpuUsage();
    indexed.push(await timed(() => Promise.resolve(indexedKeyframes(path, picture.index))));
    const { user, system } = process.cpuUsage(before);
    busy.push((user + system) / 1000);
  }
  const figures = [Math.min(...indexed), median(indexed), median(busy)].map((ms) => ms.toFixed(1));
  indexRows.push([name, index.keyframes.length, ...figures]);
  // By the processor's clock: others may be busy on the same machine.
  target(`${name}: the key-frame index takes 10 ms at most`, median(busy) <= 10);
  return index;
}

async function measure(name) {
  const path = join(folder, name);
  const media = await probe.probe(path);
  const [picture] = streamsOf(media, 'video');
  const [voice] = streamsOf(media, 'audio');
  if (!picture || !voice) throw new Error('no streams');
  const input = { path, contentKey: name, media };
  const index = await measureIndex(name, path, picture);
  const renditions = [
    [videoCopy(picture), keyframeTable(index, 6), '0:v:0'],
    [audioCopy(voice), evenTable(index.audio?.[0]?.endSeconds ?? index.endSeconds, 6), '0:a:0'],
  ];
  for (const [rendition, cuts, map] of renditions) {
    const at = Math.floor(segmentCount(cuts) * 0.6);
    const service = new RemuxService({ startWorker, size: 1 });
    await service.init({ ...input, contentKey: 'warm-up' }, rendition); // the thread compiles its source
    const ours = [];
    const cold = [];
    const theirs = [];
    let bytes = 0;
    for (let round = 0; round < rounds; round += 1) {
      const segment = async (contentKey, index) => {
        bytes = (await service.segment({ ...input, contentKey }, rendition, cuts, index)).length;
      };
      cold.push(await timed(() => segment(`cold-${round}`, at + round)));
      ours.push(await timed(() => segment(`cold-${round}`, at + round + 1)));
      theirs.push(await timed(() => byFfmpeg(path, map, segmentStart(cuts, at + round), segmentDuration(cuts, at + round)))); // prettier-ignore
    }
    await service.onApplicationShutdown();
    const [c, o, t] = [cold, ours, theirs].map(median);
    const ratio = o / t;
    rows.push([`${name} ${rendition.kind}`, (bytes / 1e6).toFixed(2), ...[c, o, t].map((ms) => ms.toFixed(1)), ratio.toFixed(2), (c / t).toFixed(2)]); // prettier-ignore
    target(`${name} ${rendition.kind}: a warm segment takes 0.6 of ffmpeg’s time at most`, ratio <= 0.6);
  }
}

makeFilms();
try {
  for (const name of ['long.mkv', 'long.mp4']) await measure(name);
  console.log();
  table(['key-frame index', 'key frames', 'best ms', 'median ms', 'CPU ms'], indexRows);
  console.log();
  table(['segment (median ms)', 'MB', 'ours, opened', 'ours, warm', 'ffmpeg -c copy', 'ratio warm', 'ratio opened'], rows); // prettier-ignore
} finally {
  if (own) await rm(own, { recursive: true });
}
