/**
 * `npm start`: sets up what is stale, then runs the server. Options (`--media`, `--data`, `--port`, `--demo`) are
 * the server's own: see server/src/config. The very first time this runs on the system's Node and hands over to
 * Node 24; from then on npm finds Node 24 itself (node_modules/.bin) and the server runs in this process.
 */
import * as nodeModule from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { handOver } from './setup/hand-over.mjs';
import { inRoot } from './setup/paths.mjs';
import { ensureSetup } from './setup.mjs';

/** Files, SQLite, Argon2 and DNS share libuv's four threads by default: one slow disk would stall sign-in. */
process.env['UV_THREADPOOL_SIZE'] ??= String(Math.max(8, availableParallelism() * 2));
process.env['NODE_ENV'] ??= 'production';

const { node, ffmpeg, ffprobe } = await ensureSetup();
process.env['FFMPEG_PATH'] ??= ffmpeg;
process.env['FFPROBE_PATH'] ??= ffprobe;

if (node !== process.execPath) await handOver(node);
// Compiled bytecode on disk: a third of a cold start is parsing.
nodeModule.enableCompileCache(inRoot('node_modules', '.cache', 'compile'));
await import(pathToFileURL(inRoot('server', 'dist', 'main.js')).href);
