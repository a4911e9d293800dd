/**
 * How fast the API answers while two films are converted at full speed: p50, p99 and the worst of GET /api/titles and
 * GET /health, beside the same on the idle server. Two viewers ask for segment after segment as fast as they come.
 * `--requests` (600) of each, `--seconds` (240) of film. Needs the built server and ffmpeg. Linux.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpuOf, startHearth } from './hearth-process.mjs';
import { addFilms, headsOf, makeFilms, play } from './streaming-film.mjs';
import { percentile, table, target } from './table.mjs';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '600' }, seconds: { type: 'string', default: '240' } },
});
const requests = Number(values.requests);
const budget = 50;
const routes = ['/api/titles', '/health'];
const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-beside-'));

/** Every 20 ms one request, whether or not the last has been answered: who waits does not hide behind it. */
async function latencies(hearth, path) {
  const all = [];
  for (let n = 0; n < requests; n++) {
    const began = performance.now();
    all.push(hearth.api.call('GET', path).then(() => performance.now() - began));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Promise.all(all);
}

/** Asks for one segment after the other until it is told to stop. */
async function watch(hearth, titleId, choice, state) {
  const { video, audio } = await play(hearth, titleId, choice);
  for (const [index, url] of video.entries()) {
    if (state.over) return;
    const sound = audio[Math.floor(index / 2)];
    const pieces = [url, ...(sound ? [sound] : [])];
    for (const response of await Promise.all(pieces.map((piece) => fetch(piece)))) {
      await response.arrayBuffer();
      if (response.ok) state.segments++;
      else if (response.status !== 503) throw new Error(`${response.status} for a segment`);
    }
  }
  state.ended = true;
}

let hearth;
try {
  console.log('making two films …');
  await makeFilms(directory, 2, Number(values.seconds));
  hearth = await startHearth();
  await hearth.api.setUp();
  const titles = await addFilms(hearth, directory);
  const rows = [];
  const measure = async (when) => {
    const found = {};
    for (const path of routes) {
      const times = await latencies(hearth, path);
      found[path] = percentile(times, 0.99);
      const figures = [percentile(times, 0.5), found[path], Math.max(...times)];
      rows.push([`${path}, ${when}`, ...figures.map((ms) => ms.toFixed(1))]);
    }
    return found;
  };
  await measure('warm-up');
  rows.length = 0;
  await measure('idle');
  const state = { over: false, ended: false, segments: 0 };
  const seen = { video: 0, other: 0, looks: 0, busy: 0 };
  const timer = setInterval(async () => {
    const { video, other } = await headsOf(hearth.pid);
    seen.looks++;
    if (video > 0) seen.busy++;
    seen.video = Math.max(seen.video, video);
    seen.other = Math.max(seen.other, other);
  }, 200);
  const cpuBefore = await cpuOf(hearth.pid);
  const began = performance.now();
  const watching = titles.map(({ id }) => watch(hearth, id, { quality: '720p' }, state));
  const p99 = await measure('two transcodes');
  state.over = true;
  const seconds = (performance.now() - began) / 1000;
  const cpu = ((await cpuOf(hearth.pid)) - cpuBefore) / seconds;
  clearInterval(timer);
  await Promise.all(watching);
  table(['GET', 'p50 ms', 'p99 ms', 'max ms'], rows);
  const share = ((seen.busy / seen.looks) * 100).toFixed(0);
  console.log(
    `${state.segments} segments in ${seconds.toFixed(0)} s, at most ${seen.video} + ${seen.other} ffmpeg, busy ${share} % of the time; the server itself ${(cpu * 100).toFixed(0)} % of a core`,
  );
  if (state.ended) console.log('a film was over before the measure was: take more --seconds');
  for (const path of routes)
    target(`${path} p99 ${p99[path].toFixed(1)} ms beside two transcodes, target ≤ ${budget}`, p99[path] <= budget);
} finally {
  await hearth?.stop();
  await rm(directory, { recursive: true, force: true });
} // prettier-ignore
