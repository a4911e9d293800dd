/** What `npm test` runs, in order: the quick and broad first. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../setup/paths.mjs';

/** @typedef {{name: string, label: string, needs?: 'services', asked?: boolean, builds: string[], cwd?: string, args: (patterns: string[]) => string[]}} Suite `asked`: runs only by its name */

const jest = inRoot('node_modules/jest/bin/jest.js');
const ESM = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'];

/**
 * Two files at a time, where jest by itself takes one on two cores: most wait for processes, disks and clocks.
 * @param {string} name @param {string} label @param {string[]} builds what it runs built @param {number} [workers] @returns {Suite}
 */
const project = (name, label, builds, workers = 2) => ({
  name,
  label,
  needs: 'services',
  builds,
  args: (patterns) => [...ESM, jest, ...patterns, `--maxWorkers=${workers}`, '--selectProjects', name],
});

const PACKAGES = ['contract', 'migrations', 'dlna'];
const ALL = [...PACKAGES, 'server', 'web'];

/** @type {Suite[]} */
export const SUITES = [
  {
    name: 'check',
    label: 'types, lint, format, imports, sizes',
    builds: PACKAGES,
    args: () => [inRoot('scripts/check.mjs')],
  },
  project('unit', 'unit and contract tests', PACKAGES),
  {
    name: 'web',
    label: 'web unit tests',
    builds: PACKAGES,
    cwd: 'web',
    args: (patterns) => [...ESM, jest, ...patterns, '--maxWorkers=2'],
  },
  project('e2e', 'end to end, on SQLite and PostgreSQL', ALL),
  project('interop', 'outsiders’ eyes: HLS validator, UPnP control points', ALL),
  project('browser', 'in Chromium', ALL),
  project('reliability', 'kill -9, damaged media', ALL),
  {
    ...project('peers', 'real players and renderers: VLC, Kodi, Rygel, gmediarender', ALL, 1),
    asked: true,
  },
];

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/**
 * Reads jest's own result file; a suite file that could not even run counts as one failure.
 * @param {string} file @param {boolean} crashed the process failed @returns {Counts}
 */
export function readCounts(file, crashed) {
  if (!existsSync(file)) return { passed: 0, failed: crashed ? 1 : 0, skipped: 0 };
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: crashed ? Math.max(1, failed) : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** @param {string} folder @param {Suite} suite */
export const resultFile = (folder, suite) => join(folder, `${suite.name}.json`);
