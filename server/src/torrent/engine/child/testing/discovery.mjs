/**
 * `discovery.mjs '<settings>' '[{"metainfo": base64, "tracker": url}]'`: how the engine's client looks for others who have
 * each torrent, on a line of JSON. In a process of its own, as the client is: it takes over the sockets of its process.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parseTorrent from 'parse-torrent';
import { noRanges } from '../../../lists/address-set.js';
import { SwarmClient } from '../client.js';

const settings = { ...JSON.parse(process.argv[2] ?? '{}'), blockedAddresses: noRanges };
const path = mkdtempSync(join(tmpdir(), 'hearth-discovery-'));
const client = await SwarmClient.open(settings, (error) => {
  throw error;
});
const found = [];
for (const { metainfo, tracker } of JSON.parse(process.argv[3] ?? '[]')) {
  const parsed = { ...(await parseTorrent(Buffer.from(metainfo, 'base64'))), announce: [] };
  /** @type {any} */
  const options = { announce: [tracker], path };
  /** @type {any} */
  const torrent = client.join(parsed, options);
  /** @type {any} */
  const wire = await new Promise((resolve) => torrent.once('wire', resolve));
  const { dht, lsd } = torrent.discovery;
  found.push({ dht: dht !== null, lsd: lsd !== null, pex: 'ut_pex' in wire });
}
process.stdout.write(`${JSON.stringify(found)}\n`, () => {
  rmSync(path, { recursive: true, force: true });
  process.exit(0);
});
