import type { IncomingMessage } from 'node:http';
import type { ByteSource } from '../bytes/byte-source.js';
import { FetchRefused } from './fetch-refused.js';
import { guardedAnswer, type GuardedAnswer, type GuardedAnswerOptions } from './guarded-fetch.js';

export interface RemoteOptions extends Omit<GuardedAnswerOptions, 'json' | 'accept'> {
  /** For an answer to begin, and for each byte after the one before, ms. */
  readonly patienceMs?: number;
}

const defaultPatienceMs = 20_000;
/** A line that breaks is taken up again where it broke so often, unless something came meanwhile. */
const mostBreaks = 3;

/** What is there: another content has another of it. */
interface Content {
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;
}

/**
 * What lies at an http(s) address that somebody else chose, read by ranges (RFC 9110 section 14). Each request is guarded
 * anew, redirects too; nothing of ours goes along.
 */
export class RemoteByteSource implements ByteSource {
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;

  private constructor(
    private readonly url: string,
    private readonly options: RemoteOptions,
    content: Content,
  ) {
    ({ size: this.size, etag: this.etag, lastModified: this.lastModified } = content);
  }

  /** @throws FetchRefused; `status` where the host gives no ranges */
  static async open(url: string, options: RemoteOptions, signal?: AbortSignal): Promise<RemoteByteSource> {
    const { response, close } = await ask(url, 'bytes=0-0', options, signal);
    try {
      return new RemoteByteSource(url, options, contentOf(response));
    } finally {
      close();
    }
  }

  async *read(start: number, end: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    let position = start;
    for (let breaks = 0; position <= end; breaks += 1) {
      const before = position;
      try {
        for await (const chunk of this.part(position, end, signal)) {
          const wanted = chunk.subarray(0, end + 1 - position);
          position += wanted.length;
          yield wanted;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (position > before) breaks = 0;
        if (breaks >= mostBreaks || !isBreak(error)) throw error;
      }
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async *part(start: number, end: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const { response, close } = await ask(this.url, `bytes=${start}-${end}`, this.options, signal);
    try {
      const { size, etag } = contentOf(response);
      if (size !== this.size || etag !== this.etag)
        throw new FetchRefused('changed', 'Something else lies at this address now.');
      response.setTimeout(this.options.patienceMs ?? defaultPatienceMs, () =>
        response.destroy(new FetchRefused('timeout', 'Nothing came any more.')),
      );
      const leave = (): void => void response.destroy();
      signal.addEventListener('abort', leave, { once: true });
      try {
        yield* response as AsyncIterable<Uint8Array>;
      } finally {
        signal.removeEventListener('abort', leave);
      }
      throw new FetchRefused('unreachable', 'The host hung up.');
    } finally {
      close();
    }
  }
}

/** The line, not what lies at its end. */
const isBreak = (error: unknown): boolean =>
  !(error instanceof FetchRefused) || error.reason === 'unreachable' || error.reason === 'timeout';

async function ask(
  url: string,
  range: string,
  options: RemoteOptions,
  signal?: AbortSignal,
): Promise<GuardedAnswer> {
  const timeout = AbortSignal.timeout(options.patienceMs ?? defaultPatienceMs);
  // Only until it answers: a film may take hours.
  const over = new AbortController();
  const stop = (): void => over.abort();
  timeout.addEventListener('abort', stop);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    const headers = { ...options.headers, range, 'accept-encoding': 'identity' };
    return await guardedAnswer(url, { ...options, headers }, over.signal);
  } catch (error) {
    if (error instanceof FetchRefused) throw error;
    if (timeout.aborted) throw new FetchRefused('timeout', 'There was no answer in time.');
    throw new FetchRefused('unreachable', 'The host could not be reached.');
  } finally {
    timeout.removeEventListener('abort', stop);
    signal?.removeEventListener('abort', stop);
  }
}

/** @throws FetchRefused where it is no part of something whose size is known */
function contentOf({ statusCode: status = 0, headers }: IncomingMessage): Content {
  const [, total] = /^bytes \d+-\d+\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
  if (status !== 206 || total === undefined) {
    const message = status === 200 ? 'The host gives no parts of it.' : `The host answered with ${status}.`;
    throw new FetchRefused('status', message, { status });
  }
  const modified = new Date(headers['last-modified'] ?? '');
  const isDated = !Number.isNaN(modified.getTime());
  return {
    size: Number(total),
    etag: (headers.etag ?? (isDated ? modified.toISOString() : '')).replace(/^W\/|"/g, ''),
    lastModified: isDated ? modified : new Date(0),
  };
}
