/**
 * p50 and p95 of list, screen and search queries, by the clock and in CPU time (this process and PostgreSQL's), at 1 000, 10 000 and 100 000
 * titles, on SQLite and PostgreSQL. On a busy machine only the CPU times say something.
 * Run: node tests/bench/list-latency.bench.mjs [--sizes 1000,10000,100000] [--databases sqlite,postgres] [--runs 40]
 * [--only TEXT]: the cases that hold the text.
 * With --max-age 12 the lists are those of an account that sees what is rated for twelve and below.
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
import { percentile, table } from './table.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    databases: { type: 'string', default: 'sqlite,postgres' },
    runs: { type: 'string', default: '40' },
    'max-age': { type: 'string' },
    only: { type: 'string', default: '' },
    server: { type: 'string', default: join(import.meta.dirname, '../../server/dist') },
  },
});
const runs = Number(values.runs);
const budgetMs = 50;
/** Runs before those that count: connections, prepared plans, compiled code. */
const warmUps = 3;

const ownCpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** @param cpuMs CPU time of the database's processes so far */
async function time(work, cpuMs) {
  const wall = [];
  const cpu = [];
  for (let run = 0; run < runs + warmUps; run++) {
    const [clock, spent] = [performance.now(), ownCpuMs() + cpuMs()];
    await work(run);
    const [ended, used] = [performance.now(), ownCpuMs() + cpuMs()];
    if (run < warmUps) continue;
    wall.push(ended - clock);
    cpu.push(used - spent);
  }
  return [percentile(wall, 0.5), percentile(wall, 0.95), percentile(cpu, 0.5), percentile(cpu, 0.95)];
}

async function measure(database, size, place) {
  const load = (path) => import(pathToFileURL(resolve(values.server, path)).href);
  const started = performance.now();
  const library = await openBenchLibrary(load, size, place);
  const filled = performance.now();
  if (values['max-age'] !== undefined) await library.limit(values['max-age']);
  await library.index();
  console.log(
    `\n${database}, ${size} titles (filled in ${seconds(filled - started)} s, indexed in ${seconds(performance.now() - filled)} s)`,
  );
  const lines = [];
  for (const [name, work, { hasBudget } = { hasBudget: true }] of benchCases(library)) {
    if (!name.includes(values.only)) continue;
    const figures = await time(work, place.cpuMs ?? (() => 0));
    const verdict = !hasBudget ? 'none' : figures[1] > budgetMs ? 'over' : '';
    lines.push([name, ...figures.map((figure) => figure.toFixed(1)), verdict]);
  }
  table(['query', 'p50 ms', 'p95 ms', 'p50 CPU', 'p95 CPU', 'budget'], lines);
  const slow = lines.filter((line) => line.at(-1) === 'over').length;
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
      slow += await measure(database, size, {
        directory: tmpdir(),
        url: server.url,
        cpuMs: server.cpuMs,
      }).finally(server.stop);
    }
  }
}
console.log(`\n${slow} of the cases above are over the budget of ${budgetMs} ms.`);
process.exitCode = slow > 0 ? 1 : 0;
