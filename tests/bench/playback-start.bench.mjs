/**
 * How long a viewer waits for a converted picture: the first two seconds of 720p at a place nobody asked for before,
 * Hearth beside bare ffmpeg doing no more than that work, and beside go-vod (https://github.com/pulsejet/go-vod, built
 * from its source) where `GO_VOD` names its program. `--seconds` (180) of film, `--seeks` (8). Needs the built server
 * and ffmpeg.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { scanEnd, startHearth } from './hearth-process.mjs';
import { median, table, target } from './table.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '180' }, seeks: { type: 'string', default: '8' } },
});
const seconds = Number(values.seconds);
const seeks = Number(values.seeks);
const ffmpeg = process.env.FFMPEG_PATH || 'ffmpeg';
const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-start-'));
const film = join(directory, 'media', 'Long (2020).mkv');
const client = {
  containers: ['none'],
  videoCodecs: ['h264'],
  audioCodecs: ['aac'],
};

/** 1080p, 8 Mbit/s with noise that costs bits, key frames where x264 likes them. */
async function makeFilm() {
  await mkdir(join(directory, 'media'));
  execFileSync(ffmpeg, [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `testsrc2=d=${seconds}:s=1920x1080:r=24000/1001`],
    ...['-f', 'lavfi', '-i', `sine=d=${seconds}`, '-vf', 'noise=alls=12:allf=t'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '8M', '-maxrate', '10M', '-bufsize', '16M'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', film],
  ]);
}

/** Places far from each other, in an order that never finds the next one made already. */
const places = Array.from({ length: seeks }, (_, n) => ((n * 5 + 3) % seeks) / seeks);

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}: ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

const lines = async (url) =>
  (await bytes(url))
    .toString()
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));

async function startOurs() {
  const hearth = await startHearth();
  await hearth.api.setUp();
  const path = join(directory, 'media');
  const { id } = await hearth.api.call('POST', '/api/libraries', { name: 'Bench', kind: 'movies', path });
  const { jobId } = await hearth.api.call('POST', `/api/libraries/${id}/scan`, {});
  await scanEnd(hearth, id, jobId);
  const { items } = await hearth.api.call('GET', '/api/titles');
  const request = { titleId: items[0].id, client, choice: { quality: '720p' } };
  const open = async () => {
    const session = await hearth.api.call('POST', '/api/playback', request);
    const master = new URL(session.url, hearth.url).href;
    const [variant] = await lines(master);
    const playlist = new URL(variant, master).href;
    const segments = (await lines(playlist)).map((segment) => new URL(segment, playlist).href);
    return { sessionId: session.sessionId, init: new URL('init.mp4', playlist).href, segments };
  };
  const stop = (sessionId) => hearth.api.call('DELETE', `/api/playback/${sessionId}`);
  return { hearth, open, stop };
}

/** go-vod with its own defaults but for the address and the shortest chunks it is used with. */
async function startPeer(program) {
  const port = 47000 + Math.floor(Math.random() * 900);
  const config = join(directory, 'go-vod.json');
  await writeFile(
    config,
    JSON.stringify({ bind: `127.0.0.1:${port}`, tempdir: join(directory, 'go-vod'), chunkSize: 2, qf: 22 }),
  );
  const child = spawn(program, [config], { stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}/viewer${film.split('/').map(encodeURIComponent).join('/')}`;
  for (let tries = 0; ; tries++) {
    const answered = await fetch(`${base}/index.m3u8`).then(({ ok }) => ok, () => false); // prettier-ignore
    if (answered) break;
    if (tries > 100) throw new Error('go-vod does not answer');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const playlist = `${base}/720p.m3u8`;
  const segments = (await lines(playlist)).map((segment) => new URL(segment, playlist).href);
  return { segments, stop: () => child.kill('SIGKILL') };
}

/** The same two seconds by ffmpeg alone, into nothing: what no server can be faster than. */
const bare = (place) => {
  const encode = [
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '22',
    '-maxrate',
    '3.2M',
    '-bufsize',
    '6.4M',
  ];
  execFileSync(ffmpeg, [
    ...[
      '-v',
      'error',
      '-nostdin',
      '-ss',
      String(place * seconds),
      '-i',
      film,
      '-frames:v',
      '48',
      '-map',
      '0:v:0',
    ],
    ...['-vf', 'scale=-2:720', '-pix_fmt', 'yuv420p', ...encode, '-f', 'null', '-'],
  ]);
};

const at = (segments, place) => segments[Math.floor(segments.length * place)];
const settle = () => new Promise((resolve) => setTimeout(resolve, 1500));
let peer;
let ours;
try {
  console.log(`making ${seconds} s of 1080p …`);
  await makeFilm();
  ours = await startOurs();
  if (process.env.GO_VOD) peer = await startPeer(process.env.GO_VOD);
  const times = { bare: [], opened: [], ours: [], peer: [] };
  const session = await ours.open();
  await bytes(session.segments[0]);
  await settle();
  for (const place of places) {
    times.bare.push(await timed(() => bare(place)));
    if (peer) {
      times.peer.push(await timed(() => bytes(at(peer.segments, place))));
      await settle();
    }
    times.ours.push(await timed(() => bytes(at(session.segments, place + 0.5 / seeks))));
    await settle();
  }
  // From the press of Play: decision, playlists, header and first segment.
  const fresh = await startOurs();
  for (let run = 0; run < 3; run++) {
    const opened = await timed(async () => {
      const { init, segments, sessionId } = await fresh.open();
      await Promise.all([bytes(init), bytes(segments[run * 12])]);
      await fresh.stop(sessionId);
    });
    times.opened.push(opened);
    await settle();
  }
  await fresh.hearth.stop();
  const floor = median(times.bare);
  const row = (name, list) =>
    list.length === 0
      ? [name, '–', '–', '–', '–']
      : [
          name,
          Math.min(...list).toFixed(0),
          median(list).toFixed(0),
          Math.max(...list).toFixed(0),
          (median(list) / floor).toFixed(2),
        ];
  table(
    ['2 s of 720p from 1080p', 'min ms', 'median ms', 'max ms', '× bare ffmpeg'],
    [
      row('bare ffmpeg, to nothing', times.bare),
      row('Hearth, a seek', times.ours),
      row('Hearth, from Play to the first segment', times.opened),
      row(peer ? 'go-vod, a seek' : 'go-vod (set GO_VOD)', times.peer),
    ],
  );
  const ratio = median(times.ours) / floor;
  target(`a seek ${ratio.toFixed(2)} × bare ffmpeg, target ≤ 1.25`, ratio <= 1.25);
  target(`a seek ${median(times.ours).toFixed(0)} ms, target ≤ 1500`, median(times.ours) <= 1500);
  if (peer) {
    const against = median(times.ours) / median(times.peer);
    target(`a seek ${against.toFixed(2)} × go-vod, target ≤ 1`, against <= 1);
  }
} finally {
  peer?.stop();
  await ours?.hearth.stop();
  await rm(directory, { recursive: true, force: true });
}
