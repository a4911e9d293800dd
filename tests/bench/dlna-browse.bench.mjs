/**
 * Browse of 100 films at the beginning, in the middle and at the end of a long list, over SOAP: Hearth and minidlna
 * (Debian package) on the same folder, turn by turn; then Hearth's memory over thousands of browses.
 * `--files` (100000), `--rounds` (60), `--browses` (10000), `--tree DIR` keeps and reuses the folder, `--peer none`
 * leaves minidlna out. Needs the built server, ffmpeg, minidlnad.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { memoryOf, scanEnd, startHearth } from './hearth-process.mjs';
import { percentile, table, target } from './table.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '60' },
    browses: { type: 'string', default: '10000' },
    tree: { type: 'string' },
    peer: { type: 'string', default: 'minidlna' },
  },
});
const [count, rounds, browses] = [values.files, values.rounds, values.browses].map(Number);
const pageSize = 100;
const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-browse-'));
const tree = values.tree ?? join(directory, 'media');

const syllables = 'ba be bi bo bu da de di do du la le li lo lu ma me mi mo mu'.split(' ');

/** A word that is no number, as numbers in names mean something. */
const nameOf = (number) => {
  const word = [160_000, 8000, 400, 20, 1].map((unit) => syllables[Math.floor(number / unit) % 20]).join('');
  return `Film ${word[0].toUpperCase()}${word.slice(1)}`;
};

/** Films of a tenth of a second; bytes behind the Matroska segment make each its own. */
async function makeTree() {
  if (existsSync(tree)) return;
  const clip = join(directory, 'clip.mkv');
  const picture = [
    '-f',
    'lavfi',
    '-i',
    'color=d=0.1:s=64x36:r=10',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
  ];
  execFileSync(process.env.FFMPEG_PATH || 'ffmpeg', ['-v', 'error', '-y', ...picture, clip]);
  const bytes = await readFile(clip);
  for (let n = 0; n < count; n++) {
    const folder = join(tree, `Shelf ${String(Math.floor(n / 1000)).padStart(3, '0')}`);
    if (n % 1000 === 0) await mkdir(folder, { recursive: true });
    const name = `${nameOf((n * 7919) % count)} (${1950 + (n % 70)}).mkv`;
    await writeFile(join(folder, name), Buffer.concat([bytes, Buffer.from(`film ${n}`)]));
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** minidlna, once it has scanned the folder. */
async function startMinidlna() {
  const home = join(directory, 'minidlna');
  await mkdir(home);
  const port = await freePort();
  const config = join(directory, 'minidlna.conf');
  const settings = [`media_dir=V,${tree}`, `db_dir=${home}`, `log_dir=${home}`, `port=${port}`];
  await writeFile(
    config,
    [...settings, 'inotify=no', 'friendly_name=bench', 'network_interface=lo', ''].join('\n'),
  );
  const child = spawn('minidlnad', ['-S', '-f', config, '-P', join(home, 'pid'), '-R'], { stdio: 'ignore' });
  for (;;) {
    const text = await readFile(join(home, 'minidlna.log'), 'utf8').catch(() => '');
    if (/finished \(\d+ files\)/.test(text)) break;
    if (child.exitCode !== null) throw new Error(`minidlnad ended with ${child.exitCode}:\n${text}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const stop = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { name: 'minidlna', port, path: '/ctl/ContentDir', container: '2$8', stop };
}

async function startOurs() {
  process.env.DLNA_ENABLED = 'true';
  process.env.DLNA_PORT = '0';
  process.env.DLNA_INTERFACES = 'lo';
  const hearth = await startHearth();
  await hearth.api.setUp();
  const { id } = await hearth.api.call('POST', '/api/libraries', {
    name: 'Bench',
    kind: 'movies',
    path: tree,
  });
  const { jobId } = await hearth.api.call('POST', `/api/libraries/${id}/scan`, {});
  await scanEnd(hearth, id, jobId);
  const told = hearth.printed.flatMap((line) => /Televisions are served.*"port":(\d+)/.exec(line)?.[1] ?? []);
  return {
    ...{
      name: 'Hearth',
      port: Number(told.at(-1)),
      path: '/ContentDirectory/control',
      container: 'movies$all',
    },
    ...{ pid: hearth.pid, stop: () => hearth.stop() },
  };
}

const agent = new Agent({ keepAlive: false });

/** One Browse, as a television sends it. @returns ms until the last byte, and what was listed */
function browse({ port, path, container }, start) {
  const args = `<ObjectID>${container}</ObjectID><BrowseFlag>BrowseDirectChildren</BrowseFlag><Filter>*</Filter><StartingIndex>${start}</StartingIndex><RequestedCount>${pageSize}</RequestedCount><SortCriteria></SortCriteria>`;
  const body = `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:Browse xmlns:u="urn:schemas-upnp-org:service:ContentDirectory:1">${args}</u:Browse></s:Body></s:Envelope>`;
  const headers = {
    'content-type': 'text/xml; charset="utf-8"',
    'content-length': Buffer.byteLength(body),
    soapaction: '"urn:schemas-upnp-org:service:ContentDirectory:1#Browse"',
    'user-agent': 'UPnP/1.0 DLNADOC/1.50 Platinum/1.0.5.13',
  };
  return new Promise((resolve, reject) => {
    const since = performance.now();
    const call = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const ms = performance.now() - since;
        const text = Buffer.concat(chunks).toString();
        const number = (name) => Number(new RegExp(`<${name}>(\\d+)<`).exec(text)?.[1]);
        if (response.statusCode !== 200) return reject(new Error(`${response.statusCode}: ${text}`));
        resolve({
          ms,
          bytes: text.length,
          returned: number('NumberReturned'),
          total: number('TotalMatches'),
        });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

const offsets = [0, Math.floor(count / 2), count - pageSize];

async function latencies(servers) {
  const measured = new Map(servers.map((server) => [server, offsets.map(() => [])]));
  for (const server of servers)
    for (const offset of offsets) {
      const { returned, total } = await browse(server, offset);
      // minidlna says 0 of all, where it has not counted.
      if (returned !== pageSize || (total !== count && total !== 0))
        throw new Error(`${server.name} listed ${returned} of ${total} at ${offset}`);
    }
  for (let round = 0; round < rounds; round++)
    for (const [at, offset] of offsets.entries())
      for (const server of servers) measured.get(server)[at].push((await browse(server, offset)).ms);
  return measured;
}

/** Longer than an idle server takes to give garbage back. */
const settleMs = 75_000;

/** MiB that stay, before and after, once caches are as large as they get. */
async function growth(server) {
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    return (await memoryOf(server.pid)).rss;
  };
  const some = async (from, to) => {
    for (let n = from; n < to; n++) await browse(server, (n * 7919) % (count - pageSize));
  };
  const warm = Math.min(2000, browses);
  await some(0, warm);
  const before = await settled();
  await some(warm, warm + browses);
  return { before, after: await settled() };
}

const servers = [];
try {
  await makeTree();
  if (values.peer !== 'none') servers.push(await startMinidlna());
  const ours = await startOurs();
  servers.push(ours);
  const measured = await latencies(servers);
  const p50 = (server, at) => percentile(measured.get(server)[at], 0.5);
  const rows = servers.flatMap((server) =>
    offsets.map((offset, at) => [
      ...[server.name, offset, p50(server, at).toFixed(1)],
      percentile(measured.get(server)[at], 0.95).toFixed(1),
    ]),
  );
  table(['', 'offset', 'p50 ms', 'p95 ms'], rows);
  const [theirs] = servers.filter(({ name }) => name !== ours.name);
  if (theirs)
    for (const [at, offset] of offsets.entries())
      target(
        `${pageSize} at ${offset}: ${p50(ours, at).toFixed(1)} ms, minidlna's ${p50(theirs, at).toFixed(1)} ms`,
        p50(ours, at) <= p50(theirs, at),
      );
  const { before, after } = await growth(ours);
  const limit = before + Math.max(10, before * 0.05);
  target(
    `${browses} browses: ${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after`,
    after <= limit,
  );
} finally {
  for (const server of servers) await server.stop();
  await rm(directory, { recursive: true, force: true });
}
