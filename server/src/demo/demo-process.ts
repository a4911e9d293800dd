import { createDemo } from './create-demo.js';

/**
 * Makes the demo in a process of its own, because painting takes hundreds of megabytes that would stay with the
 * server: `demo-process.js <folder> <ffmpeg>`. Reports each file over IPC; SIGTERM stops it with its encoders.
 */
const [directory = '', ffmpeg = 'ffmpeg'] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
process.once('disconnect', () => stop.abort());
await createDemo(directory, (progress) => process.send?.(progress), { ffmpeg, signal: stop.signal });
process.disconnect();
