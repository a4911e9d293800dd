import { parentPort } from 'node:worker_threads';
import { InProcessProbe, asProbeFailed } from './in-process-probe.js';
import { toReply, type WorkerReply, type WorkerRequest } from './probe-messages.js';

/** The thread of `probe-pool.ts`: one file after the other, answers in the order of requests. */
const probe = new InProcessProbe();
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ path }: WorkerRequest) => {
  last = last.then(async () => {
    const reply: WorkerReply = await probe.inspect(path).then(toReply, (error: unknown) => {
      const { code, reason } = asProbeFailed(error);
      return { failure: { code, reason } };
    });
    parentPort?.postMessage(reply);
  });
});
