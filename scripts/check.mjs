/** `npm run check`: types, lint, format, import rules and sizes, with a short table at the end. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { reportSizes } from './check/sizes.mjs';
import { inRoot } from './setup/paths.mjs';
import { CommandError, runCommand } from './setup/run-command.mjs';
import { ensureSetup } from './setup.mjs';

const { node } = await ensureSetup({
  quiet: true,
  runtime: false,
  targets: ['contract', 'migrations', 'dlna'],
});
const cache = (/** @type {string} */ name) => inRoot('node_modules', '.cache', name);
const bin = (/** @type {string} */ path) => inRoot('node_modules', path);
const SOURCES = [
  'contract/src',
  'migrations/src',
  'dlna/src',
  'sdk/src',
  'server/src',
  'web/src',
  'tests',
  'scripts',
];
const present = SOURCES.filter((path) => existsSync(inRoot(path)));

/** @param {string[]} args @param {string} [workspace] */
const tool = (args, workspace = '') =>
  runCommand(node, args, { cwd: inRoot(workspace), env: { NO_COLOR: '1' } });

/** Longest first, so that the short ones fill the second core. @type {{name: string, run: () => Promise<string>}[]} */
const checks = [
  {
    name: 'eslint',
    run: () =>
      tool([
        bin('eslint/bin/eslint.js'),
        '.',
        '--cache',
        '--cache-strategy',
        'content',
        '--cache-location',
        cache('eslint/'),
      ]),
  },
  {
    name: 'types: web and its templates',
    run: () =>
      tool(
        [bin('@angular/compiler-cli/bundles/src/bin/ngc.js'), '-p', 'tsconfig.spec.json', '--noEmit'],
        'web',
      ),
  },
  {
    name: 'types: server, packages, tests',
    run: () => tool([bin('typescript/bin/tsc'), '-p', 'tests/tsconfig.json']),
  },
  {
    name: 'prettier',
    run: () =>
      tool([
        bin('prettier/bin/prettier.cjs'),
        '--check',
        '.',
        '--log-level',
        'warn',
        '--cache',
        '--cache-location',
        cache('prettier/.prettier-cache'),
      ]),
  },
  {
    name: 'imports and cycles',
    run: () =>
      tool([
        bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        ...present,
      ]),
  },
  { name: 'sizes', run: () => reportSizes(present) },
];

/** @typedef {{name: string, passed: boolean, seconds: number, output: string}} Result */

/** @param {typeof checks[number]} check @returns {Promise<Result>} */
async function runCheck({ name, run }) {
  const since = performance.now();
  const seconds = () => (performance.now() - since) / 1000;
  try {
    return { name, passed: true, output: await run(), seconds: seconds() };
  } catch (error) {
    const output =
      error instanceof CommandError ? error.output : error instanceof Error ? error.message : String(error);
    return { name, passed: false, output, seconds: seconds() };
  }
}

/** @type {Result[]} */
const results = [];
const queue = [...checks];
const lane = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) results.push(await runCheck(next));
};
await Promise.all(Array.from({ length: Math.min(cpus().length, 3) }, lane));

for (const { name, passed, output } of results) {
  if (!passed) process.stdout.write(`\n── ${name}\n${output.trim()}\n`);
}
process.stdout.write('\n');
for (const { name } of checks) {
  const result = results.find((other) => other.name === name);
  if (!result) continue;
  const warnings = /(\d+) warnings?\)?/.exec(result.output.slice(-400))?.[1];
  const note = result.passed && warnings && warnings !== '0' ? `, ${warnings} warnings` : '';
  process.stdout.write(
    `  ${result.passed ? '✓' : '✗'} ${name.padEnd(34)} ${result.seconds.toFixed(1).padStart(6)} s${note}\n`,
  );
}
process.exit(results.every((result) => result.passed) ? 0 : 1);
