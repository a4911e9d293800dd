/** Text of the web UI is compressed once, when it is built: the server then sends it as it lies there. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const text = /\.(js|css|html|svg|json|webmanifest)$/;
/** Below this a packet is a packet. */
const leastBytes = 1024;

const encodings = [
  {
    ending: '.br',
    compress: (/** @type {Buffer} */ bytes) =>
      promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  },
  { ending: '.gz', compress: (/** @type {Buffer} */ bytes) => promisify(gzip)(bytes, { level: 9 }) },
];

/** Writes `.br` and `.gz` beside every text file of a folder. @param {string} folder */
export async function precompress(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => text.test(name));
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      if (bytes.length < leastBytes) return;
      for (const { ending, compress } of encodings)
        await writeFile(join(folder, name + ending), await compress(bytes));
    }),
  );
}
