#!/usr/bin/env node
/** `hearth-provider test|keygen|pack`, see ../README.md. */
import { inSdk } from './in-sdk.mjs';

await inSdk('command.js', ({ runCommand }) => runCommand(process.argv.slice(2), process.cwd(), console.log));
