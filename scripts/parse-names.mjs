/**
 * `npm run --silent parse-names < names.txt`: reads paths or release names from standard input, one a line, and
 * prints one JSON object a line for each. Nothing else goes to standard output.
 */
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { handOver } from './setup/hand-over.mjs';
import { inRoot } from './setup/paths.mjs';
import { ensureSetup } from './setup.mjs';

const { node } = await ensureSetup({
  quiet: true,
  runtime: false,
  targets: ['contract', 'migrations', 'dlna', 'server'],
});
if (node !== process.execPath) await handOver(node);

const parser = pathToFileURL(inRoot('server/dist/library/naming/parse-media-path.js')).href;
const { parseMediaPath } = await import(parser);

process.stdout.on('error', () => process.exit(0)); // EPIPE: whoever read us has seen enough (`| head`).
let batch = '';
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  batch += `${JSON.stringify(parseMediaPath(line))}\n`;
  if (batch.length > 65_536) {
    process.stdout.write(batch);
    batch = '';
  }
}
process.stdout.write(batch);
