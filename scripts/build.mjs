/** `npm run build`: what `npm start` builds, without starting. `-- --only server,contract` builds a part. */
import { parseArgs } from 'node:util';
import { ensureSetup } from './setup.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
await ensureSetup({ runtime: false, ...(values.only ? { targets: values.only.split(',') } : {}) });
