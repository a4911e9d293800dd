/**
 * Everything between a clean clone and a program that runs, each step only when it is stale. Runs on Node 20 with
 * no dependency installed, and takes milliseconds when there is nothing to do.
 */
import { TARGETS, buildTarget, isFresh } from './setup/build-targets.mjs';
import {
  findChromium,
  findFfmpeg,
  findFfprobe,
  findPostgresBin,
  installPrograms,
  interopPrograms,
  missingPrograms,
  peerPrograms,
  whyNotInstallable,
} from './setup/debian-packages.mjs';
import { dependenciesAreFresh, installDependencies } from './setup/dependencies.mjs';
import { provideSqlite, sqliteIsBuilt, sqliteIsCached } from './setup/native-sqlite.mjs';
import { findNode24 } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { CommandError, killRunning } from './setup/run-command.mjs';
import { readStamps, withSetupLock } from './setup/stamps.mjs';

/**
 * @typedef {object} SetupOptions
 * @property {boolean} [quiet] say nothing unless something has to be done
 * @property {boolean} [dev] also Chromium, PostgreSQL, Redis and UPnP tools, for the tests
 * @property {boolean} [peers] also Kodi, VLC and renderers, for `npm run test:interop`
 * @property {boolean} [runtime] the SQLite driver and ffmpeg (default); linting needs neither
 * @property {string[]} [targets] what to build, of contract, migrations, dlna, sdk, server, web (default: all but sdk)
 */

/** @typedef {{key: string, label: string, needs: string[], work: () => Promise<unknown>}} Step */

const ALL = TARGETS.filter((target) => !target.onlyIfAsked).map((target) => target.name);

/** @param {Required<SetupOptions>} options @returns {{steps: Step[], blocked: string | undefined}} */
function plan({ dev, peers, runtime, targets }) {
  /** @type {Step[]} */
  const steps = [];
  const stamps = readStamps();
  if (!dependenciesAreFresh(stamps))
    steps.push({ key: 'dependencies', label: 'Packages from npm', needs: [], work: installDependencies });
  const driver = runtime && (!sqliteIsBuilt() || steps.length > 0);
  const wanted = [
    ...(runtime ? ['ffmpeg'] : []),
    ...(dev ? ['chromium', 'redis', 'postgres', ...interopPrograms] : []),
    ...(peers ? peerPrograms : []),
    ...(driver && !sqliteIsCached() ? ['python3', 'make', 'g++'] : []),
  ];
  const missing = missingPrograms(wanted);
  const blocked = whyNotInstallable(missing);
  if (missing.length > 0)
    steps.push({
      key: 'programs',
      label: `Debian: ${missing.join(', ')}`,
      needs: [],
      work: () => installPrograms(missing),
    });
  if (driver)
    steps.push({
      key: 'sqlite',
      label: sqliteIsCached() ? 'SQLite driver (from cache)' : 'SQLite driver (compiling, once)',
      needs: ['dependencies', 'programs'],
      work: provideSqlite,
    });
  for (const target of TARGETS)
    if (targets.includes(target.name) && !isFresh(target, stamps))
      steps.push({
        key: target.name,
        label: target.label,
        needs: ['dependencies', ...target.needs],
        work: () => buildTarget(target),
      });
  return { steps, blocked };
}

/**
 * Steps that don't need each other run side by side: compiling SQLite is one thread, the web build another.
 * @param {Step[]} steps @param {Progress} progress
 */
async function runSteps(steps, progress) {
  /** @type {Map<string, Promise<unknown>>} */
  const started = new Map();
  for (const { key, label, needs, work } of steps) {
    const before = Promise.all(needs.map((need) => started.get(need)));
    started.set(
      key,
      before.then(() => progress.step(label, work)),
    );
  }
  const outcomes = await Promise.allSettled(started.values());
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Tools say what is wrong at the start (npm) or at the end (tsc, ng, gyp). @param {string} output */
function excerpt(output) {
  const lines = output
    .trim()
    .split('\n')
    .filter((line) => !line.includes('EBADENGINE'));
  return (lines.length <= 60 ? lines : [...lines.slice(0, 20), '  […]', ...lines.slice(-40)]).join('\n');
}

/** @param {unknown} error @param {Progress} progress @returns {never} */
function giveUp(error, progress) {
  progress.stop();
  killRunning();
  if (error instanceof CommandError) process.stderr.write(`\n${excerpt(error.output)}\n`);
  process.stderr.write(`\nSet-up failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

/** @param {Progress} progress @param {Required<SetupOptions>} options */
async function doWhatIsStale(progress, options) {
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    killRunning(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await withSetupLock(
      () => progress.line('  · Another set-up is under way here; waiting for it …'),
      async () => {
        const { steps, blocked } = plan(options);
        if (blocked) throw new Error(blocked);
        await runSteps(steps, progress);
      },
    );
  } catch (error) {
    giveUp(error, progress);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/**
 * @param {SetupOptions} [options]
 * @returns {Promise<{node: string, ffmpeg?: string, ffprobe?: string, chromium?: string, postgresBin?: string}>}
 * where the programs are; ends the process with a message when something can't be set up
 */
export async function ensureSetup({
  quiet = false,
  dev = false,
  peers = false,
  runtime = true,
  targets = ALL,
} = {}) {
  const since = performance.now();
  const options = { quiet, dev, peers, runtime, targets };
  const { steps, blocked } = plan(options);
  if (steps.length > 0 || blocked) {
    const progress = new Progress();
    const first = steps.some((step) => step.key === 'dependencies');
    progress.line(
      first
        ? 'Hearth: first start here, setting up (a few minutes, once)'
        : 'Hearth: setting up what has changed',
    );
    await doWhatIsStale(progress, options);
    progress.line(`Set-up done in ${((performance.now() - since) / 1000).toFixed(1)} s`);
  } else if (!quiet) {
    process.stderr.write(`Set-up is current (${Math.round(performance.now() - since)} ms)\n`);
  }
  const node = findNode24();
  if (!node) {
    process.stderr.write(
      `Hearth needs Node 24, and there is none for ${process.platform}/${process.arch} in npm's packages: please install it.\n`,
    );
    process.exit(1);
  }
  return {
    node,
    ffmpeg: findFfmpeg(),
    ffprobe: findFfprobe(),
    chromium: findChromium(),
    postgresBin: findPostgresBin(),
  };
}
