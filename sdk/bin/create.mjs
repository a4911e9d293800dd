#!/usr/bin/env node
/** `node sdk/bin/create.mjs my-provider`: a new provider that works, see ../README.md. */
import { inSdk } from './in-sdk.mjs';

const [place] = process.argv.slice(2);
if (place === undefined) {
  console.error('Say where: node sdk/bin/create.mjs my-provider');
  process.exit(64); // EX_USAGE
}
await inSdk('create.js', async ({ createProvider }) => console.log(await createProvider(place)));
