import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import { paced } from '../stream/bandwidth.service.js';
import { streamError } from '../stream/stream-problems.js';
import type { TokenBucket } from '../stream/token-bucket.js';

export interface Meter {
  readonly bucket: TokenBucket | null;
  /** Told of everything that goes out. */
  readonly onBytes: (count: number) => void;
  /** Ends it from outside. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The same bytes, counted, no faster than the account may take them. Destroying it destroys the source; an end of the
 * source is its end. Nothing is held but what the reader did not take yet.
 */
export function metered(source: Readable, { bucket, onBytes, signal }: Meter): Readable {
  const gone = new AbortController();
  const meter = new Transform({
    transform(chunk: Buffer, _, done) {
      onBytes(chunk.length);
      if (bucket === null) return done(null, chunk);
      send(this, chunk, bucket, gone.signal).then(
        () => done(),
        () => done(),
      );
    },
    destroy(error, done) {
      gone.abort();
      source.destroy();
      done(error === null ? null : streamError(error));
    },
  });
  const leave = (): void => void meter.destroy();
  signal?.addEventListener('abort', leave, { once: true });
  meter.once('close', () => signal?.removeEventListener('abort', leave));
  // Errors reach whoever reads the meter.
  pipeline(source, meter, () => undefined);
  if (signal?.aborted) meter.destroy();
  return meter;
}

async function send(to: Transform, chunk: Buffer, bucket: TokenBucket, signal: AbortSignal): Promise<void> {
  for await (const slice of paced(chunk, bucket, signal)) to.push(slice);
}
