/** `fetch-all.mjs <file with one URL a line>`: HEAD and the first bytes of each, as a television asks; one line of JSON a URL. */
import { readFileSync } from 'node:fs';

for (const url of readFileSync(process.argv[2] ?? '', 'utf8')
  .split('\n')
  .filter(Boolean)) {
  const headers = { 'getcontentFeatures.dlna.org': '1' };
  const head = await fetch(url, { method: 'HEAD', headers });
  const got = await fetch(url, { headers });
  const first = await got.body?.getReader().read();
  const facts = {
    url,
    statuses: [head.status, got.status],
    type: head.headers.get('content-type'),
    features: head.headers.get('contentFeatures.dlna.org'),
    bytes: first?.value?.length ?? 0,
  };
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}
process.exit(0);
