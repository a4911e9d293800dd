/**
 * From the command to `GET /health` = 200: `npm start` when all is set up, and the server alone. Wall time until
 * the first 200, the server's own time (`startedInMs`, from the start of its process) and CPU until then.
 * `--runs` (5), `--only TEXT` runs the commands that hold the text. Needs a set-up work tree: run `npm start` once before.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './hearth-process.mjs';
import { median, table, target } from './table.mjs';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
});
const budgetMs = 2000;
const commands = {
  'npm start': ['npm', 'start', '--silent', '--'],
  'node scripts/start.mjs': [process.execPath, 'scripts/start.mjs'],
  'node server/dist/main.js': [process.execPath, 'server/dist/main.js'],
  'bare Node HTTP server': [process.execPath, join(import.meta.dirname, 'bare-server.mjs')],
};

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** One start on data that exists already. @returns ms until the first 200, and what the server says of itself */
async function start([program, ...args], data) {
  const port = await freePort();
  const env = { ...process.env, HOST: '127.0.0.1', DATABASE_URL: '', NODE_ENV: 'production' };
  const since = performance.now();
  const child = spawn(program, [...args, '--data', data, '--port', String(port)], {
    ...{ cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] },
  });
  let printed = '';
  child.stdout.on('data', (text) => (printed += text));
  for (;;) {
    const status = await fetch(`http://127.0.0.1:${port}/health`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) break;
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}:\n${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const total = performance.now() - since;
  const own = Number(/"startedInMs":(\d+)/.exec(printed)?.[1] ?? NaN);
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  await ended;
  return { total, own };
}

const data = await mkdtemp(join(tmpdir(), 'hearth-bench-'));
try {
  const rows = [];
  const medians = {};
  const chosen = Object.entries(commands).filter(([name]) => name.includes(values.only));
  for (const [name, command] of chosen) {
    await start(command, data); // what the first start makes, and the page cache
    const runs = [];
    for (let run = 0; run < Number(values.runs); run++) runs.push(await start(command, data));
    const totals = runs.map(({ total }) => total);
    const own = runs.map((run) => run.own).filter(Number.isFinite);
    medians[name] = median(totals);
    const cell = (value) => (value === undefined ? '–' : value.toFixed(0));
    rows.push([name, cell(Math.min(...totals)), cell(median(totals)), cell(median(own))]);
  }
  table(['start until /health 200', 'best ms', 'median ms', 'process until listening ms'], rows);
  const npm = medians['npm start'];
  const script = values.only ? NaN : medians['node scripts/start.mjs'] - medians['node server/dist/main.js'];
  if (!values.only)
    console.log(`the start script’s own work: about ${script.toFixed(0)} ms over the server alone`);
  if (npm !== undefined) target(`npm start ${npm.toFixed(0)} ms, target ≤ ${budgetMs}`, npm <= budgetMs);
} finally {
  await rm(data, { recursive: true, force: true });
}
