/**
 * `fetch-all.mjs <file with one URL a line>`: HEAD and the first bytes of each, as a television asks, each over a
 * connection of its own; one line of JSON a URL.
 */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';

/** @param {string} url @param {string} method @returns {Promise<{status: number | undefined, headers: import('node:http').IncomingHttpHeaders, bytes: number}>} */
const ask = (url, method) =>
  new Promise((resolve, reject) => {
    const asked = request(url, { method, agent: false, headers: { 'getcontentFeatures.dlna.org': '1' } });
    asked.once('error', reject);
    asked.once('response', (response) => {
      const done = (bytes = 0) => {
        resolve({ status: response.statusCode, headers: response.headers, bytes });
        asked.off('error', reject).on('error', () => undefined);
        response.destroy();
      };
      response.once('error', reject);
      response.once('data', (chunk) => done(chunk.length));
      response.once('end', () => done());
    });
    asked.end();
  });

/** @param {string} url */
async function facts(url) {
  try {
    const head = await ask(url, 'HEAD');
    const got = await ask(url, 'GET');
    const { 'content-type': type, 'contentfeatures.dlna.org': features = null } = head.headers;
    return { url, statuses: [head.status, got.status], type, features, bytes: got.bytes };
  } catch (error) {
    return { url, statuses: [String(error)], bytes: 0 };
  }
}

for (const url of readFileSync(process.argv[2] ?? '', 'utf8')
  .split('\n')
  .filter(Boolean)) {
  process.stdout.write(`${JSON.stringify(await facts(url))}\n`);
}
