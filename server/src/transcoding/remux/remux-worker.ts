import { parentPort } from 'node:worker_threads';
import { makePiece } from './make-piece.js';
import { OpenSources } from './open-source.js';
import { RemuxFailed } from './remux-failure.js';
import type { RemuxReply, RemuxRequest } from './remux-messages.js';

/** The thread of `remux.service.ts`: one piece after the other; their bytes change hands without a copy. */
const sources = new OpenSources();

parentPort?.on('message', (request: RemuxRequest) => {
  const reply = answer(request);
  const whole = 'bytes' in reply && reply.bytes.byteLength === reply.bytes.buffer.byteLength;
  // Small ones lie in memory that Node shares among buffers, which must stay.
  const moved = whole && reply.bytes.buffer instanceof ArrayBuffer ? [reply.bytes.buffer] : [];
  parentPort?.postMessage(reply, moved);
});

function answer(request: RemuxRequest): RemuxReply {
  try {
    const bytes = makePiece(sources, request);
    const own = bytes.byteLength === bytes.buffer.byteLength;
    return { bytes: own ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes) };
  } catch (error) {
    if (!(error instanceof RemuxFailed)) throw error;
    return { failure: { code: error.code, reason: error.reason } };
  }
}
