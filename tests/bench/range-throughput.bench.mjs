/**
 * One big file on the loopback, Hearth beside nginx with sendfile in one run: sequential reads by curl and random
 * 256 KiB ranges by wrk. `--mebibytes` (1024), `--runs` (5), `--seconds` (5) of wrk. Needs the built server, ffmpeg,
 * curl, nginx and wrk (Debian: nginx-light wrk).
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpuOf, scanEnd, startHearth } from './hearth-process.mjs';
import { median, table, target } from './table.mjs';

const { values } = parseArgs({
  options: {
    mebibytes: { type: 'string', default: '1024' },
    runs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
  },
});
const size = Number(values.mebibytes) * 1024 * 1024;
const budget = 0.9;
const partSize = 256 * 1024;

const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-range-'));
const film = join(directory, 'media', 'Big (2020).mkv');

/** A film whose Matroska segment ends early; the rest is padding that costs real bytes to read. */
async function makeFilm() {
  await mkdir(join(directory, 'media'));
  const picture = [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=d=5:s=320x180:r=10',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
  ];
  execFileSync(process.env.FFMPEG_PATH || 'ffmpeg', ['-v', 'error', '-y', ...picture, film]);
  execFileSync('dd', ['if=/dev/urandom', `of=${film}`, 'bs=1M', `count=${size / 1048576}`, 'oflag=append', 'conv=notrunc', 'status=none']); // prettier-ignore
  await truncate(film, size);
  execFileSync('cat', [film], { stdio: ['ignore', 'ignore', 'inherit'] }); // into the page cache
}

async function startNginx() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  const config = join(directory, 'nginx.conf');
  await writeFile(
    config,
    `daemon off; worker_processes 1; pid ${directory}/nginx.pid; error_log ${directory}/error.log; ${process.getuid() === 0 ? 'user root;' : ''}
events { worker_connections 512; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path ${directory}/t1; proxy_temp_path ${directory}/t2; fastcgi_temp_path ${directory}/t3; uwsgi_temp_path ${directory}/t4; scgi_temp_path ${directory}/t5;
  server { listen 127.0.0.1:${port}; root ${directory}/media; } }`,
  );
  const child = spawn('nginx', ['-c', config, '-p', directory], { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}/Big%20(2020).mkv`;
  for (let tries = 0; ; tries++) {
    const status = await fetch(url, { method: 'HEAD' }).then((response) => response.status, () => 0); // prettier-ignore
    if (status === 200) break;
    if (tries > 200) throw new Error('nginx does not answer');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const worker = Number(execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }).trim());
  const stop = async () => {
    child.kill('SIGQUIT');
    await once(child, 'exit');
  };
  return { name: 'nginx, sendfile', url, pid: worker, stop };
}

async function startOurs() {
  const hearth = await startHearth();
  await hearth.api.setUp();
  const path = join(directory, 'media');
  const { id } = await hearth.api.call('POST', '/api/libraries', { name: 'Bench', kind: 'movies', path });
  const { jobId } = await hearth.api.call('POST', `/api/libraries/${id}/scan`, {});
  await scanEnd(hearth, id, jobId);
  const { items } = await hearth.api.call('GET', '/api/titles');
  const session = await hearth.api.call('POST', '/api/playback', { titleId: items[0].id, client: {} });
  return { name: 'Hearth', url: hearth.url + session.url, pid: hearth.pid, stop: hearth.stop };
}

/** MiB/s of one sequential read. */
function sequential(url) {
  const format = ['-o', '/dev/null', '-w', '%{speed_download} %{size_download} %{http_code}'];
  const [speed, got, code] = execFileSync('curl', ['-s', ...format, url], { encoding: 'utf8' }).split(' ');
  if (Number(got) !== size || code.trim() !== '200') throw new Error(`${url}: ${code}, ${got} bytes`);
  return Number(speed) / 1048576;
}

/** Requests a second of random ranges, 20 connections. */
async function randomRanges(url) {
  const script = join(directory, 'ranges.lua');
  await writeFile(
    script,
    `math.randomseed(7)
request = function()
  local start = math.random(0, ${size - partSize})
  return wrk.format("GET", nil, { ["Range"] = "bytes=" .. start .. "-" .. (start + ${partSize - 1}) })
end
done = function(summary) io.write("ERRORS " .. summary.errors.status + summary.errors.read + summary.errors.connect .. "\\n") end`,
  );
  const args = ['-t1', '-c20', `-d${values.seconds}s`, '-s', script, url];
  const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (text) => (printed += text));
  await once(child, 'close');
  if (!/ERRORS 0\b/.test(printed)) throw new Error(printed);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(printed)?.[1]);
}

const servers = [];
try {
  await makeFilm();
  servers.push(await startNginx(), await startOurs());
  const speeds = servers.map(() => []);
  const cpu = servers.map(() => 0);
  // By turns, so that other load on the machine hits both alike.
  for (let run = 0; run <= Number(values.runs); run++) {
    for (const [n, { url, pid }] of servers.entries()) {
      const before = await cpuOf(pid);
      const speed = sequential(url);
      if (run === 0) continue; // warm-up
      speeds[n].push(speed);
      cpu[n] += (await cpuOf(pid)) - before;
    }
  }
  const requests = [[], []];
  for (let run = 0; run < 3; run++)
    for (const [n, { url }] of servers.entries()) requests[n].push(await randomRanges(url));
  const ratio = (ours, theirs) => (ours / theirs).toFixed(2);
  const best = speeds.map((list) => Math.max(...list));
  const middle = speeds.map(median);
  const rate = requests.map(median);
  const perGib = cpu.map((seconds) => (seconds / Number(values.runs) / size) * 2 ** 30);
  table(
    ['', 'MiB/s best', 'ratio', 'MiB/s median', 'ratio', 'CPU s/GiB', '256 KiB ranges/s', 'ratio'],
    servers.map(({ name }, n) => [
      ...[
        name,
        best[n].toFixed(0),
        ratio(best[n], best[0]),
        middle[n].toFixed(0),
        ratio(middle[n], middle[0]),
      ],
      ...[perGib[n].toFixed(2), rate[n].toFixed(0), ratio(rate[n], rate[0])],
    ]),
  );
  target(
    `sequential ${ratio(middle[1], middle[0])} × nginx, target ≥ ${budget}`,
    middle[1] >= budget * middle[0],
  );
} finally {
  for (const server of servers) await server.stop();
  await rm(directory, { recursive: true, force: true });
}
