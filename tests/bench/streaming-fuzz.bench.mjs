/**
 * Three viewers without patience: `--seeks` (100) places each in random films, half of them left before they are
 * answered. The most ffmpeg processes at once beside the limit, how long a seek that is waited for takes, what is left
 * a minute after the last request though nobody said goodbye, and the memory beside before. `--seed` repeats a run.
 * Needs the built server and ffmpeg. Linux.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { memoryOf, startHearth } from './hearth-process.mjs';
import { addFilms, headsOf, makeFilms, play } from './streaming-film.mjs';
import { percentile, table, target } from './table.mjs';

const { values } = parseArgs({
  options: {
    seeks: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '240' },
  },
});
const limit = { video: Math.max(1, Math.floor(availableParallelism() / 2)), other: 4 };
const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-fuzz-'));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** mulberry32, as tests/support/seeded-random.ts */
function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of three: the same account, which the server knows by its sessions. Nobody ends one: they just go. */
async function fidget(hearth, titles, random, result) {
  const below = (count) => Math.floor(random() * count);
  let session;
  for (let seek = 0; seek < Number(values.seeks); seek++) {
    if (seek % 25 === 0) {
      const quality = ['720p', '480p', '360p'][below(3)];
      session = await play(hearth, titles[below(titles.length)].id, { quality });
    }
    const list = random() < 0.7 ? session.video : session.audio;
    const url = list[below(list.length)];
    const leaves = random() < 0.5;
    const began = performance.now();
    try {
      const response = await fetch(url, leaves ? { signal: AbortSignal.timeout(below(400)) } : {});
      await response.arrayBuffer();
      if (response.status === 503 && Number(response.headers.get('retry-after')) >= 1) result.late++;
      else if (!response.ok) throw new Error(`${response.status} for ${url}`);
      else result.times.push(performance.now() - began);
    } catch (error) {
      if (!leaves || error.name !== 'TimeoutError') throw error;
      result.left++;
    }
  }
}

let hearth;
try {
  console.log('making three films …');
  await makeFilms(directory, 3, Number(values.seconds));
  hearth = await startHearth();
  await hearth.api.setUp();
  const titles = await addFilms(hearth, directory);
  // Thumbnails of all of them, a worker or two: what a server has that was used before.
  for (const { id } of titles) {
    const { id: session, video } = await play(hearth, id, { quality: '360p' });
    await (await fetch(video[0])).arrayBuffer();
    await hearth.api.call('DELETE', `/api/playback/${session}`);
  }
  for (;;) {
    const { items } = await hearth.api.call('GET', '/api/jobs?limit=50');
    if (items.every(({ state }) => !['waiting', 'running'].includes(state))) break;
    await pause(200);
  }
  await pause(70_000);
  const before = await memoryOf(hearth.pid);
  const most = { video: 0, other: 0, memory: 0 };
  const timer = setInterval(async () => {
    const { video, other } = await headsOf(hearth.pid);
    most.video = Math.max(most.video, video);
    most.other = Math.max(most.other, other);
  }, 20);
  const result = { times: [], late: 0, left: 0 };
  const random = [0, 1, 2].map((n) => seededRandom(Number(values.seed) * 10 + n));
  await Promise.all(random.map((one) => fidget(hearth, titles, one, result)));
  const last = performance.now();
  most.memory = (await memoryOf(hearth.pid)).pss;
  const after = [];
  for (const second of [0, 15, 30, 45, 60]) {
    await pause(Math.max(0, last + second * 1000 - performance.now()));
    const { video, other } = await headsOf(hearth.pid);
    const { pss } = await memoryOf(hearth.pid);
    after.push([`${second} s after the last request`, video, other, pss.toFixed(0)]);
  }
  clearInterval(timer);
  await pause(15_000);
  const end = await memoryOf(hearth.pid);
  const left = after.at(-1);
  table(
    ['', 'encoders', 'other heads', 'PSS MiB'],
    [
      ['before', 0, 0, before.pss.toFixed(0)],
      ['most, limit', `${most.video} ≤ ${limit.video}`, `${most.other} ≤ ${limit.other}`, most.memory.toFixed(0)],
      ...after,
      ['75 s after', '', '', end.pss.toFixed(0)],
    ],
  );
  const { times, late } = result;
  console.log(
    `${times.length} answered, p50 ${percentile(times, 0.5).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)} ms; ${result.left} left, ${late} told to come back`,
  );
  target('never more processes than the limit', most.video <= limit.video && most.other <= limit.other);
  target('no ffmpeg 60 s after the last request', left[1] + left[2] === 0);
  const more = end.pss - before.pss;
  target(`memory ${more.toFixed(0)} MiB above before, target ≤ 20`, more <= 20);
} finally {
  await hearth?.stop();
  await rm(directory, { recursive: true, force: true });
} // prettier-ignore
