/**
 * Providers made to do harm, three at a time in a running server: how long people wait for a list of titles meanwhile (p99, at
 * most 50 ms), and how each attack ends. Beside it a server is asked that does nothing: what a busy machine adds by itself.
 * `--titles` (1000), `--seconds` before it begins (15), `--lanes`. Needs the built server.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import 'reflect-metadata';
import { openBenchLibrary } from './bench-library.mjs';
import { launch, memoryOf, root, serverApi } from './hearth-process.mjs';
import { percentile, table, target } from './table.mjs';

const { values } = parseArgs({
  options: {
    titles: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '15' },
    lanes: { type: 'string', default: '3' },
  },
});
const budgetMs = 50;
const seconds = Number(values.seconds);
/** What hangs where nothing can interrupt it is killed after a quarter of a minute, and that three times. */
const longestMs = 120_000;

/** What a `title` does, and whether it is switched off for it: what only fails is left to rest like any other. */
const attacks = {
  'loop': ['for (;;);', true],
  'regular expression': ["/^(a+)+$/.test('a'.repeat(60) + 'b')", true],
  'promises': ['for (;;) await null', true],
  'native loop': ['Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1)', true],
  'arrays': ['globalThis.a = []; for (;;) a.push(new Array(1000).fill(1))', true],
  'buffers': ['globalThis.a = []; for (;;) a.push(new ArrayBuffer(1e6))', true],
  'texts': ["globalThis.a = []; for (let n = 0; ; n++) a.push(n + 'x'.repeat(1e6))", true],
  'brackets': ["eval('('.repeat(1e5))", true],
  'recursion': ['const f = () => f() + 1; f()', false],
  'giant answer': ["return { id: 'x'.repeat(4e6) }", false],
  'console': ["for (let n = 0; n < 1e7; n++) console.log('x'.repeat(1000)); throw new Error('said')", true],
  'requests': ["await Promise.all(Array.from({ length: 1e4 }, () => fetch('https://127.0.0.1/')))", false],
}; // prettier-ignore

const base64 = (text) => Buffer.from(text).toString('base64');

function packageOf(name, body) {
  const id = `org.example.${name.replaceAll(' ', '-')}`;
  const manifest = {
    ...{ schema: 1, id, name, version: '1.0.0', runtime: 'sandbox', types: ['movie'] },
    ...{ resources: ['metadata'], network: { hosts: ['127.0.0.1'], rate: 50 } },
  };
  const bundle = `export default { async title(question, { fetch }) { ${body} } };`;
  const files = { 'provider.json': base64(JSON.stringify(manifest)), 'bundle.js': base64(bundle) };
  return { hearthProvider: 1, files };
}

/** Asks for the first page of titles over and over, as a person who scrolls. @returns milliseconds of each */
async function browse(address, headers, isOver) {
  const times = [];
  while (!isOver()) {
    const since = performance.now();
    const response = await fetch(address, { headers });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`A list was answered with ${response.status}`);
    times.push(performance.now() - since);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return times;
}

const row = (what, times) => [
  what,
  times.length,
  ...[0.5, 0.95, 0.99, 1].map((share) => percentile(times, share).toFixed(1)),
];

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** All of them, so many at a time, in their order. */
async function inLanes(items, lanes, work) {
  const results = [];
  const queue = [...items.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** Asks a provider until it is switched off, ten times where it is not for what it does. */
async function provoke(api, id, isRefused, end) {
  let asked = 0;
  for (;;) {
    const { provider, message } = await api.call('POST', `/api/providers/${id}/test`);
    asked++;
    const { state } = provider.health;
    if (state === 'refused' || (asked >= 10 && !isRefused) || performance.now() > end)
      return { asked, message, ...provider.health };
  }
}

const data = await mkdtemp(join(tmpdir(), 'hearth-provider-attack-'));
const load = (path) => import(pathToFileURL(join(root, 'server/dist', path)).href);
let [hearth, bare] = [];
try {
  const library = await openBenchLibrary(load, Number(values.titles), { directory: data });
  // Who looks is somebody with a password: set-up makes the first account.
  await library.database.write((manager) => manager.query('DELETE FROM account'));
  await library.close();
  hearth = await launch([process.execPath, join(root, 'server/dist/main.js')], data);
  const api = serverApi(hearth.url);
  const { accessToken } = await api.setUp();
  const headers = { authorization: `Bearer ${accessToken}` };
  const providers = new Map();
  for (const [name, [body]] of Object.entries(attacks)) {
    const { id } = await api.call('POST', '/api/providers', {
      package: packageOf(name, body),
      consent: true,
    });
    providers.set(name, id);
  }
  const lists = `${hearth.url}/api/titles?limit=50`;
  const port = String(await freePort());
  bare = spawn(process.execPath, [join(import.meta.dirname, 'bare-server.mjs'), '--port', port], {
    stdio: 'inherit',
  });
  const nothing = `http://127.0.0.1:${port}/`;
  const until = (end) => () => performance.now() > end;
  await browse(lists, headers, until(performance.now() + 2000));
  const quietEnd = until(performance.now() + seconds * 1000);
  const [quiet, quietBare] = await Promise.all([
    browse(lists, headers, quietEnd),
    browse(nothing, {}, quietEnd),
  ]);
  const { pss } = await memoryOf(hearth.pid);

  let isOver = false;
  let most = 0;
  const watch = setInterval(
    () => void memoryOf(hearth.pid).then((each) => (most = Math.max(most, each.pss))),
    500,
  );
  const end = performance.now() + longestMs;
  const provoked = ([name, id]) => provoke(api, id, attacks[name][1], end);
  const ends = inLanes([...providers], Number(values.lanes), provoked).finally(() => (isOver = true));
  const [busy, busyBare] = await Promise.all([
    browse(lists, headers, () => isOver),
    browse(nothing, {}, () => isOver),
  ]);
  const outcomes = await ends;
  clearInterval(watch);

  table(
    ['GET /api/titles beside, ms', 'times', 'p50', 'p95', 'p99', 'most'],
    [
      row('nothing else', quiet),
      row('attacks', busy),
      row('a server that does nothing', quietBare),
      row('the same, attacks', busyBare),
    ],
  );
  console.log();
  const names = [...providers.keys()];
  table(['attack', 'asked', 'state', 'what is said'], outcomes.map(({ asked, state, message, lastError }, index) => [
    names[index], asked, state, (message ?? lastError?.message ?? '').slice(0, 110),
  ])); // prettier-ignore
  console.log();
  console.log(
    `memory of all processes: ${pss.toFixed(0)} MiB before, at most ${most.toFixed(0)} MiB meanwhile`,
  );
  const p99 = percentile(busy, 0.99);
  target(`p99 of lists while attacks run: ${p99.toFixed(1)} ms (${budgetMs})`, p99 <= budgetMs);
  for (const [index, [name, [, isRefused]]] of Object.entries(attacks).entries())
    target(
      `${name}: ${isRefused ? 'switched off' : 'only fails'}`,
      (outcomes[index].state === 'refused') === isRefused,
    );
} finally {
  await hearth?.end();
  bare?.kill();
  await rm(data, { recursive: true, force: true });
}
