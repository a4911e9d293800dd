/**
 * p50 and p95 of list and search queries at 1 000, 10 000 and 100 000 titles, on SQLite and PostgreSQL.
 * Run: node tests/bench/list-latency.bench.mjs [--sizes 1000,10000,100000] [--databases sqlite,postgres] [--runs 40]
 * Needs the built server.
 */
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startBenchPostgres } from './bench-postgres.mjs';
import { benchCases } from './list-cases.mjs';
import { openBenchLibrary } from './bench-library.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    databases: { type: 'string', default: 'sqlite,postgres' },
    runs: { type: 'string', default: '40' },
    server: { type: 'string', default: join(import.meta.dirname, '../../server/dist') },
  },
});
const runs = Number(values.runs);
const budgetMs = 50;

const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];

async function time(work) {
  const times = [];
  for (let run = 0; run < runs + 3; run++) {
    const started = performance.now();
    await work(run);
    if (run >= 3) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

async function measure(database, size, place) {
  const load = (path) => import(pathToFileURL(resolve(values.server, path)).href);
  const started = performance.now();
  const library = await openBenchLibrary(load, size, place);
  const filled = performance.now();
  await library.index();
  console.log(
    `\n${database}, ${size} titles (filled in ${seconds(filled - started)} s, indexed in ${seconds(performance.now() - filled)} s)`,
  );
  console.log('query'.padEnd(46), 'p50 ms'.padStart(8), 'p95 ms'.padStart(8));
  let slow = 0;
  for (const [name, work] of benchCases(library)) {
    const { p50, p95 } = await time(work);
    if (p95 > budgetMs) slow++;
    console.log(
      name.padEnd(46),
      p50.toFixed(1).padStart(8),
      p95.toFixed(1).padStart(8),
      p95 > budgetMs ? ' over' : '',
    );
  }
  await library.close();
  return slow;
}

const seconds = (milliseconds) => (milliseconds / 1000).toFixed(1);

let slow = 0;
for (const database of values.databases.split(',')) {
  for (const size of values.sizes.split(',').map(Number)) {
    if (database === 'sqlite') {
      const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-'));
      slow += await measure(database, size, { directory }).finally(() => rm(directory, { recursive: true }));
    } else {
      const server = await startBenchPostgres();
      if (!server) throw new Error('No PostgreSQL here');
      slow += await measure(database, size, { directory: tmpdir(), url: server.url }).finally(server.stop);
    }
  }
}
console.log(`\n${slow} of the cases above are over the budget of ${budgetMs} ms.`);
process.exitCode = slow > 0 ? 1 : 0;
