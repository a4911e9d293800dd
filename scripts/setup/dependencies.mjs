/** node_modules from package-lock.json, without any package's install script (see .npmrc). */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, inRoot } from './paths.mjs';
import { CommandError, runCommand } from './run-command.mjs';
import { writeStamp } from './stamps.mjs';

const lockFile = inRoot('package-lock.json');
const installedFile = inRoot('node_modules', '.package-lock.json');

/** @param {string} file @returns {Record<string, {version?: string, optional?: boolean, link?: boolean}>} */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** npm's own record of node_modules has every package of the lock, in that version (other systems' optional ones aside). */
function installedAsLocked() {
  const installed = packagesOf(installedFile);
  return Object.entries(packagesOf(lockFile)).every(([path, { version, optional, link }]) => {
    if (path === '' || link || !path.includes('node_modules/')) return true;
    return installed[path] ? installed[path].version === version : Boolean(optional);
  });
}

function fingerprint() {
  const { mtimeMs, size } = statSync(installedFile);
  return `${createHash('sha256').update(readFileSync(lockFile)).digest('hex').slice(0, 16)} ${mtimeMs} ${size}`;
}

/** @param {Record<string, string>} stamps */
export function dependenciesAreFresh(stamps) {
  if (!existsSync(installedFile)) return false;
  const now = fingerprint();
  if (stamps['dependencies'] === now) return true;
  if (!installedAsLocked()) return false;
  writeStamp('dependencies', now); // Somebody ran `npm ci` by hand: that is just as good.
  return true;
}

const QUIET = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
  '--include=dev',
  '--include=optional',
];

/** @param {string[]} args */
function npm(args) {
  // npm tells its children where it is; without npm (`node scripts/start.mjs`) it is on PATH or beside node.
  const fromNpm = process.env['npm_execpath'];
  if (fromNpm?.endsWith('.js')) return runCommand(process.execPath, [fromNpm, ...args], { cwd: inRoot() });
  return runCommand(findProgram('npm') ?? join(dirname(process.execPath), 'npm'), args, { cwd: inRoot() });
}

/** EUSAGE: `npm ci` refuses a lock that lacks other platforms' optional packages, which a registry mirror may not
 * have (npm/cli#4828). Installing from the same lock without writing it gives the same tree. */
const refusesLock = (/** @type {unknown} */ error) =>
  error instanceof CommandError && /code EUSAGE/.test(error.output);

export async function installDependencies() {
  try {
    await npm(['ci', ...QUIET]);
  } catch (error) {
    if (!refusesLock(error)) throw error;
    await npm(['install', '--no-save', ...QUIET]);
  }
  writeStamp('dependencies', fingerprint());
}

/** @param {string} name @returns {string} the version that the lock pins */
export function lockedVersion(name) {
  return packagesOf(lockFile)[`node_modules/${name}`]?.version ?? 'unknown';
}
