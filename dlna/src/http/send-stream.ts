import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });

/** Bytes out of a stream, whatever it yields. */
export async function* bytesOf(stream: Readable): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
}

/** Where bytes come from, as far as the end of sending them goes. */
export interface Closable {
  destroy(): unknown;
  on(event: 'error', listener: () => void): unknown;
}

/**
 * Writes as fast as the device reads and no faster: a paused one stops us for hours. Ends when it is gone.
 * @param source destroyed at the end, whatever happens
 * @param chunks what is sent of it
 * @throws whatever the source does; the connection is cut then, for half a film must not look whole
 */
export async function sendStream(
  response: ServerResponse,
  source: Closable,
  chunks: AsyncIterable<Uint8Array>,
  onChunk: (chunk: Uint8Array) => void,
): Promise<void> {
  const gone = (): void => void source.destroy();
  response.once('close', gone);
  // A failure after the device has gone is nobody's business.
  source.on('error', () => undefined);
  try {
    for await (const chunk of chunks) {
      if (response.destroyed) return;
      onChunk(chunk);
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
  } catch (error) {
    const left = response.destroyed;
    response.destroy();
    if (!left) throw error;
  } finally {
    response.off('close', gone);
    source.destroy();
  }
}
