/** Programs that come from the operating system: installed when we are root on Debian, asked for by name when not. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { findProgram } from './paths.mjs';
import { runCommand } from './run-command.mjs';

/** Debian keeps PostgreSQL's server programs out of PATH, one folder a version. @returns {string | undefined} */
export function findPostgresBin() {
  const base = '/usr/lib/postgresql';
  if (existsSync(base)) {
    const newestFirst = readdirSync(base).sort((a, b) => Number(b) - Number(a));
    const found = newestFirst
      .map((version) => `${base}/${version}/bin`)
      .find((bin) => existsSync(`${bin}/initdb`));
    if (found) return found;
  }
  return findProgram('initdb')?.replace(/\/initdb$/, '');
}

/** @param {string} variable @param {string[]} names */
const program = (variable, ...names) => {
  const chosen = process.env[variable];
  return chosen && existsSync(chosen) ? chosen : names.map(findProgram).find(Boolean);
};

export const findFfmpeg = () => program('FFMPEG_PATH', 'ffmpeg');
export const findFfprobe = () => program('FFPROBE_PATH', 'ffprobe');
export const findChromium = () => program('CHROMIUM_PATH', 'chromium', 'chromium-browser', 'google-chrome');

/** @type {Record<string, {package: string, why: string, found: () => unknown}>} */
const PROGRAMS = {
  ffmpeg: { package: 'ffmpeg', why: 'reads and converts media', found: () => findFfmpeg() && findFfprobe() },
  python3: { package: 'python3', why: 'compiles the SQLite driver', found: () => findProgram('python3') },
  make: { package: 'make', why: 'compiles the SQLite driver', found: () => findProgram('make') },
  'g++': { package: 'g++', why: 'compiles the SQLite driver', found: () => findProgram('g++') },
  chromium: { package: 'chromium', why: 'runs the browser tests', found: findChromium },
  redis: { package: 'redis-server', why: 'is tested against', found: () => findProgram('redis-server') },
  postgres: { package: 'postgresql', why: 'is tested against', found: findPostgresBin },
};

/** @param {string[]} programs names of PROGRAMS @returns {string[]} those that are not on this machine */
export const missingPrograms = (programs) => programs.filter((name) => !PROGRAMS[name]?.found());

/** @param {string[]} missing @returns {string} what a person without root has to do */
function explain(missing) {
  const lines = missing.map((name) => `  ${PROGRAMS[name]?.package}: ${PROGRAMS[name]?.why}`);
  const packages = missing.map((name) => PROGRAMS[name]?.package).join(' ');
  return `These programs are missing, and installing them needs root:\n${lines.join('\n')}\nInstall them and start again, for example:\n  sudo apt-get install ${packages}`;
}

/** @param {string[]} missing @returns {string | undefined} an explanation when this process can't install them itself */
export function whyNotInstallable(missing) {
  if (missing.length === 0) return undefined;
  const canInstall = process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
  return canInstall ? undefined : explain(missing);
}

const POLICY = '/usr/sbin/policy-rc.d';

/** Redis and PostgreSQL would start as system services when installed; the tests start private ones instead.
 * @see https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
 * @param {() => Promise<void>} work */
async function withoutStartingServices(work) {
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}

/** @param {string[]} missing names of PROGRAMS */
export async function installPrograms(missing) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const packages = missing.map((name) => PROGRAMS[name]?.package ?? name);
  await withoutStartingServices(async () => {
    await runCommand('apt-get', ['update', '-qq'], { env });
    await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  });
}
