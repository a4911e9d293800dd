import type { IncomingMessage } from 'node:http';

/** A body beyond its limit. */
export class BodyTooLarge extends Error {}

/** The whole body. Its time is limited by the server's `requestTimeout`. @throws BodyTooLarge */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // A handler that ends early leaves the connection to the answer that is still to be written.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
