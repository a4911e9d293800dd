/**
 * Torrents and magnet links made to do harm, through the running server, every one parsed and added, and then peers that
 * lie to its engine: whether anything fell over, a file appeared outside the engine's folder or under a torrent's own
 * name, or an address inside the house was asked. `--count` (5000), `--peers` (300), `--seed` repeats a run. Needs the
 * built server. Linux.
 */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { hostileMagnet, hostilePeer, hostileTorrent } from './torrent-hostile.mjs';
import { table, target } from './table.mjs';
import {
  makeFilm,
  MiB,
  pause,
  read,
  removeFolder,
  startSwarm,
  startTorrentHearth,
  temporary,
} from './torrent-stage.mjs';

const { seededRandom } = await import('../support/seeded-random.ts');
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '5000' },
    peers: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
});
const random = seededRandom(Number(values.seed));
const mark = `hearth-evil-${process.pid}`;
const directory = temporary('fuzz');
const answers = new Map();

/** Counts whoever comes; nobody may. */
async function startCanary() {
  const visits = [];
  const server = createServer((request, response) => {
    visits.push(request.url);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { visits, server, url: `http://127.0.0.1:${server.address().port}/announce` };
}

async function send(hearth, path, body) {
  const isForm = body instanceof globalThis.FormData;
  const headers = { ...hearth.headers, ...(!isForm && { 'content-type': 'application/json' }) };
  const response = await fetch(hearth.url + path, {
    method: 'POST',
    headers,
    body: isForm ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const key = `${path.replace('/api/', '')} ${response.status}`;
  answers.set(key, (answers.get(key) ?? 0) + 1);
  if (response.status >= 500 && (answers.get(key) ?? 0) <= 3) console.log(`${key}: ${text.slice(0, 300)}`);
  return response.ok ? JSON.parse(text) : undefined;
}

async function attack(hearth, n, canary) {
  const bytes = random() < 0.5 ? hostileTorrent(random, n, mark, canary) : undefined;
  const magnet = hostileMagnet(random, n, canary);
  const body = () => {
    if (!bytes) return { magnet };
    const form = new globalThis.FormData();
    form.append('torrent', new globalThis.Blob([bytes]), `../${mark}.torrent`);
    return form;
  };
  // Parsing a magnet link may wait for its swarm; these have none.
  if (bytes) await send(hearth, '/api/torrents/parse', body());
  const added = await send(hearth, '/api/torrents', body());
  if (!added) return;
  const response = await fetch(`${hearth.url}/api/torrents/${added.infoHash}?data=true`, { method: 'DELETE', headers: hearth.headers });
  answers.set(`removed ${response.status}`, (answers.get(`removed ${response.status}`) ?? 0) + 1);
} // prettier-ignore

/** Files that carry a torrent's own name, anywhere they could have got to. */
async function traces(hearth) {
  const found = [];
  for (const folder of [hearth.data, dirname(hearth.data), '/', process.cwd(), directory]) {
    const deep = folder === hearth.data;
    const names = await readdir(folder, { recursive: deep }).catch(() => []);
    found.push(...names.filter((name) => name.includes('hearth-evil')).map((name) => join(folder, name)));
  }
  return found;
}

let [hearth, swarm] = [];
const canary = await startCanary();
try {
  // Private addresses are refused, as in a real house.
  hearth = await startTorrentHearth({ env: { TORRENT_ALLOW_PRIVATE: 'false' } });
  const count = Number(values.count);
  let next = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: 6 }, async () => {
    while (next < count) await attack(hearth, next++, canary.url);
  })); // prettier-ignore
  table(['answer', 'times'], [...answers].sort());
  console.log(`${count} in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const engine = await hearth.api.call('GET', '/api/torrents/engine');
  target('no answer 500 and above', ![...answers.keys()].some((key) => / 5\d\d$/.test(key)));
  target(`the engine was never started again (${engine.restarts})`, engine.restarts === 0);
  target(`nobody inside was asked (${canary.visits.length})`, canary.visits.length === 0);
  const left = await traces(hearth);
  target(`no file by a torrent's name (${left.join(', ') || 'none'})`, left.length === 0);
  const { items } = await hearth.api.call('GET', '/api/torrents');
  target(`nothing is left (${items.length})`, items.length === 0);
  await hearth.stop();

  hearth = await startTorrentHearth();
  const film = makeFilm(join(directory, 'Film.mkv'), 10);
  swarm = await startSwarm({ files: [{ name: 'Film.mkv', from: film }] });
  const url = `${hearth.url}/api/stream?magnet=${encodeURIComponent(swarm.magnet)}`;
  await read(url, { headers: hearth.headers, most: MiB });
  const { listeningPort } = await hearth.api.call('GET', '/api/torrents/engine');
  let met = 0;
  await Promise.all(Array.from({ length: 20 }, async () => {
    while (met < Number(values.peers)) {
      met++;
      await hostilePeer(random, listeningPort, swarm.infoHash);
    }
  })); // prettier-ignore
  await pause(2000);
  const after = await hearth.api.call('GET', '/api/torrents/engine');
  const { bytes } = await read(url, { headers: hearth.headers });
  target(`${met} lying peers: the engine was never started again (${after.restarts})`, after.restarts === 0);
  target('and gives the film as before', bytes === swarm.files[0].size);
  if (!existsSync(hearth.data)) target('its folder is there', false);
} finally {
  canary.server.close();
  await hearth?.stop();
  await swarm?.close();
  await removeFolder(directory);
}
