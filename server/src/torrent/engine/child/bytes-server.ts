import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parseRange } from '../../../common/bytes/byte-range.js';
import { bytesTag, type EngineFailure } from '../messages.js';
import { EngineError, type EngineErrorCode } from '../torrent-engine.js';

/** Files of torrents, as they are read. */
export interface ReadableTorrents {
  /** @throws EngineError */
  size(infoHash: string, index: number): number;
  /** @throws EngineError @returns ends when `signal` aborts */
  read(
    infoHash: string,
    index: number,
    start: number,
    end: number,
    signal: AbortSignal,
  ): AsyncIterable<Uint8Array>;
  /** The same for who only takes what is here. @throws EngineError `absent` */
  readPresent(infoHash: string, index: number, start: number, end: number): AsyncIterable<Uint8Array>;
}

const statuses: Readonly<Record<EngineErrorCode, number>> = {
  unknown: 404,
  absent: 404,
  'no-metadata': 409,
  removed: 410,
  invalid: 422,
  unavailable: 503,
  stalled: 504,
  'disk-full': 507,
};

/**
 * `GET /<infohash>/<index>` on a UNIX socket, with `/present` for who only takes what is here: single ranges (RFC 9110 section 14), one reader of the torrent for each
 * answer, which goes with its connection. Nothing is buffered: who reads slowly holds one piece.
 */
export class BytesServer {
  private readonly server: Server;

  constructor(private readonly torrents: ReadableTorrents) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
    // Waiting for pieces takes as long as it takes; who asks gives up by himself.
    this.server.requestTimeout = 0;
    this.server.on('clientError', (_error, socket) => socket.destroy());
  }

  async listen(socketPath: string): Promise<void> {
    // Left by a process that was killed.
    await rm(socketPath, { force: true });
    this.server.listen(socketPath);
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, infoHash = '', number = '', only] =
      /^\/([0-9a-f]{40})\/(\d{1,6})(\/present)?$/.exec(request.url ?? '') ?? [];
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end();
    let size: number;
    try {
      if (!infoHash) throw new EngineError('unknown', 'No such address');
      size = this.torrents.size(infoHash, Number(number));
    } catch (error) {
      return refuse(response, error);
    }
    const range = rangeOf(request, size, `"${bytesTag(infoHash, Number(number))}"`);
    response.setHeader('Accept-Ranges', 'bytes').setHeader('ETag', `"${bytesTag(infoHash, Number(number))}"`);
    if (range === null) return void response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
    const { start, end, isPart } = range;
    let read: (signal: AbortSignal) => AsyncIterable<Uint8Array>;
    try {
      const present = only && this.torrents.readPresent(infoHash, Number(number), start, end);
      read = (signal) => present || this.torrents.read(infoHash, Number(number), start, end, signal);
    } catch (error) {
      return refuse(response, error);
    }
    response
      .setHeader('Content-Type', 'application/octet-stream')
      .setHeader('Content-Length', end - start + 1);
    if (isPart) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
    response.writeHead(isPart ? 206 : 200);
    if (request.method === 'HEAD' || size === 0) return void response.end();
    // At once: who asked knows that it is coming, however long the first piece takes.
    response.flushHeaders();
    await this.send(response, read);
  }

  private async send(
    response: ServerResponse,
    read: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.once('close', leave);
    try {
      if (response.destroyed) return;
      for await (const chunk of read(gone.signal)) {
        await written(response, chunk, gone.signal);
      }
      if (!gone.signal.aborted) response.end();
    } catch {
      // The length is promised: only a cut connection is honest. Who asked asks again, and is told why.
      response.destroy();
    } finally {
      leave();
    }
  }
}

/** Resolves when the kernel has it, and its memory may be used again; rejects when nobody reads any more. */
function written(response: ServerResponse, chunk: Uint8Array, gone: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new Error('Nobody reads any more'));
    if (gone.aborted) return leave();
    gone.addEventListener('abort', leave, { once: true });
    response.write(chunk, (error) => {
      gone.removeEventListener('abort', leave);
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Only single ranges: who asks is our own server. @returns null when none of it is there */
function rangeOf(
  { headers }: IncomingMessage,
  size: number,
  tag: string,
): { start: number; end: number; isPart: boolean } | null {
  const applies = headers['if-range'] === undefined || headers['if-range'] === tag;
  const ranges = parseRange(applies ? headers.range : undefined, size);
  if (ranges === 'unsatisfiable') return null;
  const [first] = ranges ?? [];
  if (!first || (ranges && ranges.length > 1)) return { start: 0, end: size - 1, isPart: false };
  return { ...first, isPart: true };
}

function refuse(response: ServerResponse, error: unknown): void {
  const code = error instanceof EngineError ? error.code : 'unavailable';
  const failure: EngineFailure = { code, message: error instanceof Error ? error.message : String(error) };
  const headers = {
    'Content-Type': 'application/json',
    ...(code === 'unavailable' && { 'Retry-After': '1' }),
  };
  response.writeHead(statuses[code], headers).end(JSON.stringify(failure));
}
