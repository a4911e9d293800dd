import { Worker } from 'node:worker_threads';

const execArgv = ['--import', new URL('./typescript-hooks.mjs', import.meta.url).href];

/** A thread that runs a TypeScript file of ours as Jest does. */
export const typescriptWorker = (file: URL): Worker => new Worker(file, { execArgv });
