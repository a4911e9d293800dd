import { parentPort } from 'node:worker_threads';
import { indexedOriginal, indexedSubtitles, presentSubtitles } from './embedded-subtitles.js';
import { indexedAttachment } from './indexed-attachment.js';
import { InProcessProbe } from './in-process-probe.js';
import { indexedKeyframes } from './indexed-keyframes.js';
import { asProbeFailed } from './probe-failure.js';
import { toReply, type WorkerReply, type WorkerRequest } from './probe-messages.js';

/** The thread of `probe-pool.ts`: one request after the other, answers in the order of requests. */
const probe = new InProcessProbe();
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: WorkerRequest) => {
  last = last.then(async () => parentPort?.postMessage(await answer(request)));
});

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  try {
    if (request.task === 'inspect') return toReply(await probe.inspect(request.path));
    if (request.task === 'keyframes')
      return { keyframes: indexedKeyframes(request.path, request.streamIndex) };
    if (request.task === 'original')
      return { original: indexedOriginal(request.path, request.streamIndex, request.aspect) };
    if (request.task === 'present')
      return { present: presentSubtitles(request.bytes, request.streamIndex, request.known) };
    if (request.task === 'attachment')
      return { attachment: indexedAttachment(request.path, request.streamIndex) };
    return { subtitles: indexedSubtitles(request.path, request.streamIndex) };
  } catch (error) {
    const { code, reason } = asProbeFailed(error);
    return { failure: { code, reason } };
  }
}
