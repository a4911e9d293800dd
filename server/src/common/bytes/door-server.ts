import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ProblemError } from '../problem-error.js';
import { answerBytes } from './answer-bytes.js';
import type { ByteSource } from './byte-source.js';

export interface DoorOptions {
  /** First part of every path: who does not know it sees nothing. */
  readonly secret: string;
  /** Of what follows it in a path; nothing else is asked for. */
  readonly names: RegExp;
  /** @throws ProblemError */
  readonly open: (name: string) => Promise<ByteSource>;
  /** What went wrong by our own fault. */
  readonly onError: (error: unknown) => void;
  readonly maxConnections?: number;
}

/** Encoders and readers in worker threads of one household, each with a few connections. */
const mostConnections = 256;

/** What is asked for; null for anything that is not ours to answer. */
function target(path: string, { secret, names }: DoorOptions): string | null {
  const [, key = '', name = ''] = /^\/([^/]*)\/(.+)$/.exec(path) ?? [];
  const [given, expected] = [Buffer.from(key), Buffer.from(secret)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return names.test(name) ? name : null;
}

function refuse(response: ServerResponse, error: ProblemError): void {
  if (error.extras.retryAfter !== undefined) response.setHeader('Retry-After', error.extras.retryAfter);
  const body = JSON.stringify(error.toProblem());
  response.writeHead(error.status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

async function answer(
  options: DoorOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = target(request.url ?? '', options);
  if (asked === null) throw new ProblemError('NOT_FOUND');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    throw new ProblemError('METHOD_NOT_ALLOWED');
  }
  const source = await options.open(asked);
  try {
    await answerBytes(request, response, source, 'application/octet-stream', (status, headers) =>
      // At once: who asked knows that it is coming, however long the first piece takes.
      response.writeHead(status, headers).flushHeaders(),
    );
  } catch (error) {
    if (error instanceof ProblemError) response.setHeader('Content-Range', `bytes */${source.size}`);
    throw error;
  }
}

/** Answers on this machine only, at any free port. */
export async function openDoor(options: DoorOptions): Promise<Server> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) options.onError(error);
      if (response.headersSent) response.destroy();
      else refuse(response, error instanceof ProblemError ? error : new ProblemError('INTERNAL'));
    });
  });
  server.maxConnections = options.maxConnections ?? mostConnections;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
