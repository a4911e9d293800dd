/** `npm run bench`: lists the benchmarks of tests/bench; `npm run bench -- NAME… [-- args]` runs those (or `all`). */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './setup/paths.mjs';
import { ensureSetup } from './setup.mjs';

const folder = inRoot('tests', 'bench');
const ENDING = /\.bench\.(mjs|ts)$/;
const benches = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => ENDING.test(name))
      .sort()
  : [];
const nameOf = (/** @type {string} */ file) => file.replace(ENDING, '');

const separator = process.argv.indexOf('--', 2);
const names = process.argv.slice(2, separator < 0 ? undefined : separator);
const passedOn = separator < 0 ? [] : process.argv.slice(separator + 1);
const chosen = benches.filter((file) => names.includes('all') || names.includes(nameOf(file)));
const unknown = names.filter((name) => name !== 'all' && !benches.some((file) => nameOf(file) === name));

if (names.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`No such benchmark: ${unknown.join(', ')}\n`);
  process.stdout.write(
    `Benchmarks (npm run bench -- NAME, or all):\n${benches.map((file) => `  ${nameOf(file)}\n`).join('')}`,
  );
  process.exit(unknown.length > 0 ? 1 : 0);
}

const { node, ffmpeg = '', ffprobe = '', chromium = '' } = await ensureSetup({ dev: true });
const env = { FFMPEG_PATH: ffmpeg, FFPROBE_PATH: ffprobe, CHROMIUM_PATH: chromium, ...process.env };
let failed = 0;
for (const file of chosen) {
  process.stdout.write(`\n── ${nameOf(file)}\n`);
  // Node 24 runs TypeScript by stripping its types; a bench needs no build of its own.
  const { status } = spawnSync(node, [join(folder, file), ...passedOn], {
    stdio: 'inherit',
    cwd: inRoot(),
    env,
  });
  if (status !== 0) failed++;
}
process.exit(failed > 0 ? 1 : 0);
