/**
 * First scan of a folder of small films, Hearth and minidlna (Debian package) in turn on the same tree; then Hearth's
 * unchanged re-scan, and the latency of `GET /api/titles` while a scan runs. `--files` (10000), `--tree DIR` keeps
 * and reuses the folder, `--peer none` leaves minidlna out. minidlna lowers its own priority: on a busy machine
 * compare CPU seconds, not the clock. Needs the built server, ffmpeg, minidlnad.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpuOfFamily, scanEnd, startHearth } from './hearth-process.mjs';
import { percentile, table, target } from './table.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    tree: { type: 'string' },
    peer: { type: 'string', default: 'minidlna' },
  },
});
const count = Number(values.files);
const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-scan-'));
const tree = values.tree ?? join(directory, 'media');

/** Two-second films; bytes behind the Matroska segment make each its own. */
async function makeTree() {
  if (existsSync(tree)) return;
  const clip = join(directory, 'clip.mkv');
  const picture = [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=d=2:s=320x180:r=24',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
  ];
  const sound = ['-f', 'lavfi', '-i', 'sine=duration=2', '-c:a', 'aac'];
  execFileSync(process.env.FFMPEG_PATH || 'ffmpeg', ['-v', 'error', '-y', ...picture.slice(0, 4), ...sound.slice(0, 4), ...picture.slice(4), ...sound.slice(4), clip]); // prettier-ignore
  for (let n = 0; n < count; n++) {
    const name = `Film ${n} (${1950 + (n % 70)})`;
    await mkdir(join(tree, name), { recursive: true });
    await copyFile(clip, join(tree, name, `${name}.mkv`));
    await appendFile(join(tree, name, `${name}.mkv`), `film ${n}`);
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** Seconds of minidlna's first scan, and how many films it then lists. */
async function minidlna() {
  const home = join(directory, 'minidlna');
  await mkdir(home);
  const config = join(directory, 'minidlna.conf');
  const settings = [`media_dir=V,${tree}`, `db_dir=${home}`, `log_dir=${home}`, `port=${await freePort()}`];
  await writeFile(
    config,
    [...settings, 'inotify=no', 'friendly_name=bench', 'network_interface=lo', ''].join('\n'),
  );
  const since = performance.now();
  const child = spawn('minidlnad', ['-S', '-f', config, '-P', join(home, 'pid'), '-R'], { stdio: 'ignore' });
  const log = join(home, 'minidlna.log');
  let cpu = 0;
  for (;;) {
    // Its scanner is a child that ends with the scan: what was seen last counts.
    cpu = Math.max(cpu, await cpuOfFamily(child.pid));
    const text = await readFile(log, 'utf8').catch(() => '');
    const [, found] = /finished \((\d+) files\)/.exec(text) ?? [];
    if (found) {
      const seconds = (performance.now() - since) / 1000;
      child.kill('SIGKILL');
      await once(child, 'exit');
      return { seconds, cpu, found: Number(found) };
    }
    if (child.exitCode !== null) throw new Error(`minidlnad ended with ${child.exitCode}:\n${text}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Lists pages as a browser does, every 50 ms, until told to stop. @returns their latencies, ms */
function browse(hearth) {
  const latencies = [];
  let isDone = false;
  const loop = (async () => {
    while (!isDone) {
      const since = performance.now();
      await hearth.api.call('GET', '/api/titles?limit=60');
      latencies.push(performance.now() - since);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const stop = async () => {
    isDone = true;
    await loop;
    return latencies;
  };
  return stop;
}

async function hearthScans() {
  const hearth = await startHearth();
  try {
    await hearth.api.setUp();
    const stopBrowsing = browse(hearth);
    const since = performance.now();
    const draft = { name: 'Bench', kind: 'movies', path: tree };
    const { id } = await hearth.api.call('POST', '/api/libraries', draft);
    const scan = async () => {
      const { jobId } = await hearth.api.call('POST', `/api/libraries/${id}/scan`, {});
      await scanEnd(hearth, id, jobId);
    };
    await scan(); // joins the first scan, which is under way
    const first = (performance.now() - since) / 1000;
    const cpu = await cpuOfFamily(hearth.pid);
    const latencies = await stopBrowsing();
    const again = performance.now();
    await scan();
    const second = (performance.now() - again) / 1000;
    const { items } = await hearth.api.call('GET', '/api/libraries');
    return { first, second, cpu, latencies, found: items[0].fileCount };
  } finally {
    await hearth.stop();
  }
}

try {
  await makeTree();
  execFileSync('find', [tree, '-type', 'f', '-exec', 'cat', '{}', '+'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const theirs = values.peer === 'none' ? undefined : await minidlna();
  const ours = await hearthScans();
  const p95 = percentile(ours.latencies, 0.95);
  const ratio = (a, b) => (a === undefined ? '–' : (a / b).toFixed(2));
  const row = (name, found, seconds, cpu) => [
    ...[name, found, seconds.toFixed(1), (found / seconds).toFixed(0), ratio(theirs?.seconds, seconds)],
    ...(cpu === undefined ? [] : [cpu.toFixed(1), ratio(theirs?.cpu, cpu)]),
  ];
  table(
    ['', 'files', 'seconds', 'files/s', 'to minidlna', 'CPU s', 'to minidlna'],
    [
      ...(theirs ? [row('minidlna, first scan', theirs.found, theirs.seconds, theirs.cpu)] : []),
      row('Hearth, start and first scan (browsed meanwhile)', ours.found, ours.first, ours.cpu),
      row('Hearth, unchanged re-scan', ours.found, ours.second),
    ],
  );
  const p50 = percentile(ours.latencies, 0.5);
  console.log(`list of 60 titles during the scan: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`);
  if (theirs)
    target(
      `scan rate ${(theirs.seconds / ours.first).toFixed(2)} × minidlna, target ≥ 1`,
      ours.first <= theirs.seconds,
    );
  target(`re-scan ${ours.second.toFixed(2)} s, target ≤ 2 s`, ours.second <= 2);
  target(`list p95 during the scan ${p95.toFixed(0)} ms, target ≤ 100`, p95 <= 100);
} finally {
  await rm(directory, { recursive: true, force: true });
}
