/**
 * `npm test`: sets everything up, then runs every suite. `npm test -- --only unit,e2e` runs some of them, further
 * words are jest patterns: `npm test -- --only unit naming`. `npm run test:interop` runs those against other people's
 * programs, the heavy ones too. The last line is the sum.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot } from './setup/paths.mjs';
import { ensureSetup } from './setup.mjs';
import { startPostgres } from './test/services.mjs';
import { readCounts, resultFile, SUITES } from './test/suites.mjs';

const { values, positionals: patterns } = parseArgs({
  options: { only: { type: 'string', multiple: true }, list: { type: 'boolean' } },
  allowPositionals: true,
});
const wanted = values.only?.flatMap((names) => names.split(','));
const unknown = wanted?.filter((name) => !SUITES.some((suite) => suite.name === name)) ?? [];
if (values.list || unknown.length > 0) {
  for (const name of unknown) process.stderr.write(`No such suite: ${name}\n`);
  process.stdout.write(SUITES.map(({ name, label }) => `  ${name.padEnd(12)} ${label}\n`).join(''));
  process.exit(unknown.length > 0 ? 1 : 0);
}
const suites = SUITES.filter(({ name, asked }) => wanted?.includes(name) ?? !asked);

const since = performance.now();
const {
  node,
  ffmpeg = '',
  ffprobe = '',
  chromium = '',
  postgresBin = '',
} = await ensureSetup({
  dev: true,
  peers: suites.some(({ name }) => name === 'peers'),
  targets: [...new Set(suites.flatMap(({ builds }) => builds))],
});
const folder = mkdtempSync(join(tmpdir(), 'hearth-test-'));
/** @type {(() => Promise<void>)[]} */
const stops = [];
/** @type {import('node:child_process').ChildProcess | undefined} */
let current;
let isEnding = false;

async function cleanUp() {
  await Promise.all(stops.splice(0).map((stop) => stop().catch(() => undefined)));
  rmSync(folder, { recursive: true, force: true });
}

/** Whatever a suite started in its group (workers, servers, browsers) ends with it. @param {NodeJS.Signals} signal */
function endGroup(signal) {
  try {
    if (current?.pid) process.kill(-current.pid, signal);
  } catch {
    // ESRCH: the group is gone already, as it should be.
  }
}

for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.once(signal, () => {
    isEnding = true;
    endGroup('SIGKILL');
    void cleanUp().then(() => process.exit(130));
  });

/** @returns {Promise<Record<string, string>>} */
async function startServices() {
  if (process.env['TEST_DATABASE_URL'] || !suites.some(({ needs }) => needs === 'services')) return {};
  const postgres = await startPostgres(postgresBin);
  stops.push(postgres.stop);
  return { TEST_DATABASE_URL: postgres.url };
}

/** @param {import('./test/suites.mjs').Suite} suite @param {Record<string, string>} env @returns {Promise<boolean>} whether it failed */
function runSuite(suite, env) {
  const isJest = suite.name !== 'check';
  const json = [
    '--json',
    `--outputFile=${resultFile(folder, suite)}`,
    '--forceExit',
    ...(patterns.length > 0 ? ['--passWithNoTests'] : []),
  ];
  current = spawn(node, [...suite.args(isJest ? patterns : []), ...(isJest ? json : [])], {
    cwd: inRoot(suite.cwd ?? ''),
    env: { ...process.env, ...env },
    // jest prints its report on standard error and, with --json and a file, nothing of use on standard output.
    stdio: ['ignore', isJest ? 'ignore' : 'inherit', 'inherit'],
    detached: true,
  });
  const child = current;
  return new Promise((resolve) => {
    child.once('error', () => resolve(true));
    child.once('exit', (code) => {
      endGroup('SIGKILL');
      resolve(code !== 0);
    });
  });
}

const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];
try {
  const services = await startServices();
  const programs = { FFMPEG_PATH: ffmpeg, FFPROBE_PATH: ffprobe, CHROMIUM_PATH: chromium, NODE_ENV: 'test' };
  for (const suite of suites) {
    if (isEnding) break;
    process.stdout.write(`\n━━ ${suite.name}: ${suite.label}\n`);
    const began = performance.now();
    const crashed = await runSuite(suite, { ...programs, ...services });
    const counts =
      suite.name === 'check'
        ? { passed: 0, failed: crashed ? 1 : 0, skipped: 0 }
        : readCounts(resultFile(folder, suite), crashed);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    summary.push(
      `  ${crashed ? '✗' : '✓'} ${suite.name.padEnd(12)} ${String(counts.passed).padStart(5)} passed ${String(counts.failed).padStart(3)} failed ${seconds.padStart(7)} s`,
    );
  }
} catch (error) {
  total.failed++;
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
} finally {
  await cleanUp();
}
process.stdout.write(
  `\n${summary.join('\n')}\n\nAll in ${((performance.now() - since) / 1000).toFixed(0)} s\n`,
);
process.stdout.write(
  `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}\n`,
);
process.exitCode = total.failed > 0 ? 1 : 0;
