/**
 * Broken SOAP, GENA and HTTP requests against the DLNA server: no crash, no 5xx but faults of actions, no growth.
 * `--runs` (100 000), `--seed` (by the date, printed). Fails on the first kind of harm.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fuzzedServer } from '../../dlna/dist/testing/fuzzed-server.js';
import { fuzz } from '../../dlna/dist/testing/request-fuzz.js';
import { table, target } from './table.mjs';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '' } },
});
const runs = Number(values.runs);
const seed = Number(values.seed || new Date().toISOString().slice(0, 10).replaceAll('-', ''));
const rounds = 10;
/** Bytes a round may leave behind, on average of the second half: what Node itself wavers by. */
const mostGrowth = 400_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
async function heap() {
  // Sockets are freed a turn after they close.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  collect();
  return process.memoryUsage().heapUsed;
}

const served = await fuzzedServer();
const rows = [];
const heaps = [];
const statuses = {};
let faults = [];
for (let round = 0; round < rounds; round++) {
  const began = performance.now();
  const result = await fuzz(served.port, Math.ceil(runs / rounds), seed + round, 48);
  faults = faults.concat(result.faults);
  for (const [status, count] of Object.entries(result.byStatus))
    statuses[status] = (statuses[status] ?? 0) + count;
  const seconds = (performance.now() - began) / 1000;
  // What the test's own source remembers is not the server's.
  served.source.reports.length = served.source.bookmarks.length = served.source.requests.length = 0;
  served.admitted.length = 0;
  heaps.push(await heap());
  rows.push([String(round + 1), (result.runs / seconds).toFixed(0), (heaps.at(-1) / 1e6).toFixed(2)]);
}
const half = heaps.slice(rounds / 2);
const growth = (half.at(-1) - half[0]) / (half.length - 1);
console.log(`seed ${seed}, ${runs} requests`);
table(['round', 'requests/s', 'heap MB'], rows);
console.log(`answers by status: ${JSON.stringify(statuses)}`);
for (const harm of [...faults, ...served.errors]) console.log(String(harm?.stack ?? harm));
await served.stop();
target('no answer of 5xx but faults of actions', faults.length === 0);
target('no error of our own', served.errors.length === 0);
target(`growth in the second half: ${(growth / 1000).toFixed(0)} kB a round`, growth <= mostGrowth);
process.exit();
