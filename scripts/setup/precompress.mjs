/** Text and WebAssembly of the web UI are compressed once, when it is built: the server then sends it as it lies there. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const shrinks = /\.(js|css|html|svg|json|webmanifest|wasm)$/;
/** Below this a packet is a packet. */
const leastBytes = 1024;

/** At 11, libass takes half a minute of somebody's first start and comes out only an eighth smaller than at 9. */
const qualityFor = (/** @type {Buffer} */ bytes) => (bytes.length > 1024 * 1024 ? 9 : 11);

const encodings = [
  {
    ending: '.br',
    compress: (/** @type {Buffer} */ bytes) =>
      promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: qualityFor(bytes) } }),
  },
  { ending: '.gz', compress: (/** @type {Buffer} */ bytes) => promisify(gzip)(bytes, { level: 9 }) },
];

/** Writes `.br` and `.gz` beside every file of a folder that gets smaller by it. @param {string} folder */
export async function precompress(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => shrinks.test(name));
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      if (bytes.length < leastBytes) return;
      for (const { ending, compress } of encodings)
        await writeFile(join(folder, name + ending), await compress(bytes));
    }),
  );
}
