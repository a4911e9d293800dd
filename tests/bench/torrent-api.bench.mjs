/**
 * How fast the API answers while a torrent is downloaded: p50, p95, p99 and the worst of three routes, beside the same on
 * the idle server, and a bare Node server that says "ok" in the same moments: what the machine itself costs. The seeder,
 * on the same machine, gives 30 MB a second and then all it can. Then the engine is killed
 * under three viewers (kill -9): how long each waits for its next byte. `--seconds` (600) of film at 2 MB a second,
 * `--requests` (250) of each. Needs the built server and ffmpeg. Linux.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpuOf } from './hearth-process.mjs';
import { percentile, table, target } from './table.mjs';
import { engineOf, makeFilm, MiB, pause, read, removeFolder, startSwarm, startTorrentHearth, temporary } from './torrent-stage.mjs'; // prettier-ignore

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '250' }, seconds: { type: 'string', default: '600' } },
});
const requests = Number(values.requests);
const routes = ['/health', '/api/titles', '/api/torrents'];
const directory = temporary('api');

/** A process that only answers. */
async function startBare() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  const child = spawn(process.execPath, [
    join(import.meta.dirname, 'bare-server.mjs'),
    '--port',
    String(port),
  ]);
  const url = `http://127.0.0.1:${port}/`;
  while (!(await fetch(url).catch(() => null))) await pause(20);
  return { ask: () => fetch(url).then((answer) => answer.text()), stop: () => child.kill() };
}

const timed = async (ask) => {
  const began = performance.now();
  await ask();
  return performance.now() - began;
};

/** Every 20 ms one request, in turns of the server and the bare one, whether or not the last was answered; no more once `over()`. */
async function latencies(hearth, path, over) {
  const [ours, bare] = [[], []];
  for (let n = 0; n < requests && !over(); n++) {
    ours.push(timed(() => hearth.api.call('GET', path)));
    await pause(10);
    bare.push(timed(floor.ask));
    await pause(10);
  }
  return { ours: await Promise.all(ours), bare: await Promise.all(bare) };
}

const progress = async (hearth, hash) =>
  (await hearth.api.call('GET', `/api/torrents/${hash}/info`)).haveBytes;

async function measure(hearth, when, rows, over = () => false) {
  const found = {};
  for (const path of routes) {
    const { ours, bare } = await latencies(hearth, path, over);
    if (ours.length === 0) continue;
    found[path] = { p95: percentile(ours, 0.95), p99: percentile(ours, 0.99) };
    for (const [name, times] of [
      [path, ours],
      ['  bare', bare],
    ]) {
      const figures = [0.5, 0.95, 0.99, 1].map((share) => percentile(times, share).toFixed(1));
      rows.push([`${name}, ${when}`, times.length, ...figures]);
    }
  }
  return found;
}

/** Downloads the film and measures meanwhile, again and again until every route had its turn. */
async function besideDownload(hearth, swarm, when, rows) {
  const all = {};
  const cpu = await cpuOf(hearth.pid);
  const began = performance.now();
  await hearth.api.call('POST', '/api/torrents', { magnet: swarm.magnet, download: true });
  const size = swarm.files[0].size;
  let have = 0;
  const timer = setInterval(() => void progress(hearth, swarm.infoHash).then((bytes) => (have = bytes)), 500);
  while (have === 0) await pause(50);
  Object.assign(all, await measure(hearth, when, rows, () => have >= size));
  const seconds = (performance.now() - began) / 1000;
  const rate = (await progress(hearth, swarm.infoHash)) / 1e6 / seconds;
  const share = (((await cpuOf(hearth.pid)) - cpu) / seconds) * 100;
  clearInterval(timer);
  console.log(`${when}: ${rate.toFixed(0)} MB/s, the server itself ${share.toFixed(0)} % of a core`);
  await hearth.api.call('DELETE', `/api/torrents/${swarm.infoHash}?data=true`);
  return all;
}

/** Three who watch at 2 MB a second, and the longest that one waits for a byte from the kill on. */
async function killed(hearth, swarm) {
  const magnet = { magnet: swarm.magnet };
  await hearth.api.call('POST', '/api/torrents', magnet);
  await read(`${hearth.url}/api/stream?magnet=${encodeURIComponent(swarm.magnet)}`, { headers: hearth.headers, most: MiB }); // prettier-ignore
  const url = `${hearth.url}/api/stream/${swarm.infoHash}`;
  const state = { killedAt: Infinity };
  const viewer = async (place) => {
    const from = Math.floor(swarm.files[0].size * place);
    let [last, gap] = [Infinity, 0];
    const onBytes = () => {
      const now = performance.now();
      if (last !== Infinity && now > state.killedAt)
        gap = Math.max(gap, now - Math.max(last, state.killedAt));
      last = now;
    };
    await read(url, { headers: hearth.headers, from, most: 60 * MiB, onBytes });
    return gap;
  };
  const gaps = Promise.all([0.1, 0.4, 0.7].map(viewer));
  await pause(3000);
  state.killedAt = performance.now();
  process.kill(await engineOf(hearth.pid), 'SIGKILL');
  return gaps;
}

let [hearth, swarm] = [];
const floor = await startBare();
try {
  const path = makeFilm(join(directory, 'Film.mkv'), Number(values.seconds));
  swarm = await startSwarm({ files: [{ name: 'Film.mkv', from: path }], pieceLength: MiB });
  hearth = await startTorrentHearth({ env: { TORRENT_CACHE_SIZE: '4G' } });
  const rows = [];
  await measure(hearth, 'warm-up', []);
  await measure(hearth, 'idle', rows);
  await swarm.limitUpload(30e6);
  await besideDownload(hearth, swarm, 'at 30 MB/s', rows);
  await swarm.limitUpload(-1);
  const full = await besideDownload(hearth, swarm, 'at full speed', rows);
  table(['GET', 'asked', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'], rows);
  target(`/health p99 ${full['/health'].p99.toFixed(1)} ms ≤ 15 ms`, full['/health'].p99 <= 15);
  for (const path of Object.keys(full).filter((one) => one !== '/health'))
    target(`${path} p95 ${full[path].p95.toFixed(1)} ms ≤ 50 ms`, full[path].p95 <= 50);
  await swarm.limitUpload(12e6);
  const gaps = await killed(hearth, swarm);
  console.log(`engine killed under three viewers, waits: ${gaps.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  target('viewers go on within 3 s', Math.max(...gaps) <= 3000);
} finally {
  floor.stop();
  await hearth?.stop();
  await swarm?.close();
  await removeFolder(directory);
}
