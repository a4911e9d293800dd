/**
 * Adds a torrent, watches a little of it and removes it, again and again: memory, descriptors and disk at the end beside
 * those after the first hundred, both times at rest. `--cycles` (1000). Needs the built server and ffmpeg. Linux.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table, target } from './table.mjs';
import { diskUse, engineOf, makeFilm, MiB, pause, read, removeFolder, startSwarm, startTorrentHearth, temporary } from './torrent-stage.mjs'; // prettier-ignore

const { values } = parseArgs({ options: { cycles: { type: 'string', default: '1000' } } });
const cycles = Number(values.cycles);
const directory = temporary('cycles');

/** A minute after the last request memory is given back (`common/release-memory.ts`): before, garbage is counted too. */
const settleMs = 75_000;

const residentOf = async (pid) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1] ?? 0) /
  1024;
const descriptorsOf = async (pid) => (await readdir(`/proc/${pid}/fd`).catch(() => [])).length;

async function facts(hearth, cycle) {
  const engine = await engineOf(hearth.pid);
  const numbers = {
    cycle,
    server: await residentOf(hearth.pid),
    engine: await residentOf(engine),
    serverFds: await descriptorsOf(hearth.pid),
    engineFds: await descriptorsOf(engine),
    disk: diskUse(join(hearth.data, 'torrents')) / 1024,
  };
  return numbers;
}

let [hearth, swarm, other] = [];
try {
  const films = [0, 1].map((n) => makeFilm(join(directory, `Film ${n}.mkv`), 10 + n));
  swarm = await startSwarm({ files: [{ name: 'Film.mkv', from: films[0] }] });
  // Keeps the engine up between cycles, and shows that a torrent nobody touches stays as it is.
  other = await startSwarm({ files: [{ name: 'Other.mkv', from: films[1] }] });
  hearth = await startTorrentHearth();
  const url = (magnet) => `${hearth.url}/api/stream?magnet=${encodeURIComponent(magnet)}`;
  await read(url(other.magnet), { headers: hearth.headers });
  const seen = [];
  const began = performance.now();
  for (let n = 1; n <= cycles; n++) {
    const from = (n % 10) * MiB;
    await read(url(swarm.magnet), { headers: hearth.headers, from, most: 2 * MiB });
    await hearth.api.call('DELETE', `/api/torrents/${swarm.infoHash}?data=true`);
    if (n === 100 || n % Math.max(1, Math.floor(cycles / 5)) === 0) {
      await pause(n === 100 || n === cycles ? settleMs : 3000);
      seen.push(await facts(hearth, n));
    }
  }
  const rows = seen.map((one) => Object.values(one).map((number) => number.toFixed(0)));
  table(['after cycle', 'server MiB', 'engine MiB', 'server fds', 'engine fds', 'disk KiB'], rows);
  console.log(`${((performance.now() - began) / cycles).toFixed(0)} ms a cycle`);
  const [first, last] = [seen[0], seen.at(-1)];
  const { restarts } = await hearth.api.call('GET', '/api/torrents/engine');
  target('the engine was never started again', restarts === 0);
  target(
    'descriptors as they were',
    last.serverFds <= first.serverFds + 3 && last.engineFds <= first.engineFds + 3,
  );
  target('disk as it was', last.disk <= first.disk + 64);
  target('the server’s memory as it was (+ 10 %)', last.server <= first.server * 1.1);
  target('the engine’s memory as it was (+ 15 %)', last.engine <= first.engine * 1.15);
} finally {
  await hearth?.stop();
  await swarm?.close();
  await other?.close();
  await removeFolder(directory);
}
