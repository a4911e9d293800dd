/** The things that are compiled, what each is made of, and whether it is up to date. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findNode24, inRoot } from './paths.mjs';
import { precompress } from './precompress.mjs';
import { runCommand } from './run-command.mjs';
import { writeStamp } from './stamps.mjs';

/**
 * @typedef {{name: string, label: string, needs: string[], inputs: string[], output: string, build: () => Promise<unknown>, onlyIfAsked?: boolean}} Target
 */

const node = (/** @type {string[]} */ args, /** @type {Parameters<typeof runCommand>[2]} */ options) => {
  const program = findNode24();
  if (!program) throw new Error('Node 24 is missing: run `npm ci` again.');
  return runCommand(program, args, options);
};

/** Incremental builds never delete: what is left of a removed source would still be loaded (migrations!).
 * @param {string} workspace */
function removeOrphans(workspace) {
  const dist = inRoot(workspace, 'dist');
  if (!existsSync(dist)) return;
  for (const entry of readdirSync(dist, { recursive: true })) {
    const match = /^(.*)\.(?:js|js\.map|d\.ts)$/.exec(String(entry));
    if (match && !existsSync(inRoot(workspace, 'src', `${match[1]}.ts`))) rmSync(join(dist, String(entry)));
  }
}

/** @param {string} workspace @param {string} output */
async function compile(workspace, output) {
  // A build record without its output (someone emptied dist) makes tsc believe that there is nothing to do.
  if (!existsSync(inRoot(output))) rmSync(inRoot(workspace, 'dist/.tsbuildinfo'), { force: true });
  removeOrphans(workspace);
  await node([inRoot('node_modules/typescript/bin/tsc'), '-p', inRoot(workspace, 'tsconfig.json')]);
}

/** @param {string} workspace @param {string} label @param {string[]} needs @param {string} main @returns {Target} */
const typescript = (workspace, label, needs, main) => ({
  name: workspace,
  label,
  needs,
  inputs: [`${workspace}/src`, `${workspace}/tsconfig.json`],
  output: `${workspace}/dist/${main}`,
  build: () => compile(workspace, `${workspace}/dist/${main}`),
});

/** Other packages or compiler options change what comes out of every build. */
const COMMON_INPUTS = ['package-lock.json', 'tsconfig.base.json'];

/** In the order of their needs. @type {Target[]} */
export const TARGETS = [
  typescript('contract', 'Contract', [], 'all-routes.js'),
  typescript('migrations', 'Migrations', [], 'index.js'),
  typescript('dlna', 'UPnP AV', [], 'media-source.port.js'),
  { ...typescript('sdk', 'Provider SDK', ['contract'], 'command.js'), onlyIfAsked: true },
  typescript('server', 'Server', ['contract', 'migrations', 'dlna'], 'main.js'),
  {
    name: 'web',
    label: 'Web UI',
    needs: ['contract'],
    inputs: ['web/src', 'web/public', 'web/angular.json', 'web/tsconfig.json', 'web/tsconfig.app.json'],
    output: 'web/dist/browser/index.html',
    build: async () => {
      await node([inRoot('node_modules/@angular/cli/bin/ng.js'), 'build', '--progress=false'], {
        cwd: inRoot('web'),
        env: { NG_CLI_ANALYTICS: 'false' },
      });
      await precompress(inRoot('web/dist/browser'));
    },
  },
];

/** Specs are not part of what is built. */
const counts = (/** @type {string} */ name) => !/\.(spec|contract)\.ts$/.test(name);

/** @param {string} path @param {(line: string) => void} add */
function describe(path, add) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) return add(`${path} ${stat.size} ${stat.mtimeMs}`);
  for (const name of readdirSync(path).sort()) if (counts(name)) describe(join(path, name), add);
}

/**
 * Sizes and times of all inputs: a few milliseconds for a thousand files, where hashing contents would take many.
 * @param {Target} target
 * @returns {string}
 */
export function fingerprintOf(target) {
  const hash = createHash('sha256');
  for (const input of COMMON_INPUTS.concat(target.inputs))
    describe(inRoot(input), (line) => hash.update(`${line}\n`));
  for (const name of target.needs) {
    const needed = TARGETS.find((other) => other.name === name);
    if (needed) hash.update(fingerprintOf(needed));
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {Target} target @param {Record<string, string>} stamps */
export const isFresh = (target, stamps) =>
  stamps[target.name] === fingerprintOf(target) && existsSync(inRoot(target.output));

/** @param {Target} target */
export async function buildTarget(target) {
  const fingerprint = fingerprintOf(target); // Before: an edit during the build must count as not built.
  await target.build();
  if (!existsSync(inRoot(target.output)))
    throw new Error(`The build of ${target.label} made no ${target.output}.`);
  writeStamp(target.name, fingerprint);
}
