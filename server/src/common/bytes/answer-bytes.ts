import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ByteRange, parseRange } from './byte-range.js';
import type { ByteSource } from './byte-source.js';
import { ProblemError } from '../problem-error.js';

export type AnswerHeaders = Record<string, string | number>;

/** A part of the body: text that frames it, then bytes of the source. */
interface Part {
  preamble: string;
  range: ByteRange;
}

interface Plan {
  status: number;
  headers: AnswerHeaders;
  parts: Part[];
  epilogue: string;
}

/** True if the range still applies: the validator in `If-Range` matches strongly (RFC 9110 section 13.1.5). */
function rangeApplies(ifRange: unknown, source: ByteSource): boolean {
  // Weak tags never match, and a date is only second-exact: neither proves that the bytes are the same.
  return ifRange === undefined || ifRange === `"${source.etag}"`;
}

function notModified(request: IncomingMessage, source: ByteSource): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    return tags.split(',').some((tag) => ['*', `"${source.etag}"`].includes(tag.trim().replace(/^W\//, '')));
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return since >= Math.floor(source.lastModified.getTime() / 1000) * 1000;
}

const contentRange = (range: ByteRange, size: number): string => `bytes ${range.start}-${range.end}/${size}`;
const lengthOf = (range: ByteRange): number => range.end - range.start + 1;

function multipart(ranges: ByteRange[], size: number, type: string): Plan {
  const boundary = randomBytes(12).toString('hex');
  const parts = ranges.map((range, index) => ({
    range,
    preamble: `${index === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(range, size)}\r\n\r\n`,
  }));
  const epilogue = `\r\n--${boundary}--\r\n`;
  const length = parts.reduce(
    (sum, part) => sum + part.preamble.length + lengthOf(part.range),
    epilogue.length,
  );
  return {
    status: 206,
    headers: { 'Content-Type': `multipart/byteranges; boundary=${boundary}`, 'Content-Length': length },
    parts,
    epilogue,
  };
}

function plan(request: IncomingMessage, source: ByteSource, type: string): Plan {
  const isGet = request.method === 'GET';
  const header =
    isGet && rangeApplies(request.headers['if-range'], source) ? request.headers.range : undefined;
  const ranges = parseRange(header, source.size);
  if (ranges === 'unsatisfiable') throw new ProblemError('RANGE_NOT_SATISFIABLE');
  const [first] = ranges ?? [];
  if (ranges && ranges.length > 1) return multipart(ranges, source.size, type);
  const headers: AnswerHeaders = { 'Content-Type': type };
  if (first) headers['Content-Range'] = contentRange(first, source.size);
  const whole = { start: 0, end: source.size - 1 };
  const range = first ?? whole;
  headers['Content-Length'] = lengthOf(range);
  return { status: first ? 206 : 200, headers, parts: [{ preamble: '', range }], epilogue: '' };
}

/** Resolves when the kernel has taken the chunk; rejects when the client is gone. */
function write(response: ServerResponse, chunk: Uint8Array | string, gone: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new Error('The client is gone'));
    if (gone.aborted) return leave();
    gone.addEventListener('abort', leave, { once: true });
    response.write(chunk, (error) => {
      gone.removeEventListener('abort', leave);
      if (error) reject(error);
      else resolve();
    });
  });
}

async function sendBody(
  response: ServerResponse,
  source: ByteSource,
  body: Plan,
  gone: AbortSignal,
): Promise<void> {
  try {
    for (const { preamble, range } of body.parts) {
      if (preamble) await write(response, preamble, gone);
      for await (const chunk of source.read(range.start, range.end, gone)) await write(response, chunk, gone);
    }
    if (!gone.aborted) response.end(body.epilogue);
  } catch {
    // The client left, or the source changed under us: the length is promised, so only a cut connection is honest.
    response.destroy();
  }
}

/**
 * Answers GET and HEAD for a byte source: validators, conditional requests, single and multiple ranges (RFC 9110
 * sections 13 and 14). Closes the source. Nothing is buffered: memory is two chunks a viewer.
 * @param type media type of the whole
 * @param begin sends status and headers
 * @throws ProblemError RANGE_NOT_SATISFIABLE before anything was sent
 */
export async function answerBytes(
  request: IncomingMessage,
  response: ServerResponse,
  source: ByteSource,
  type: string,
  begin = (status: number, headers: AnswerHeaders): unknown => response.writeHead(status, headers),
): Promise<void> {
  // The connection's own end: a response that waits behind another on it (pipelining) never hears of it, nor do its
  // writes, and file and buffers would be held for ever.
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  request.socket.setMaxListeners(0).once('close', leave);
  if (request.socket.destroyed) leave();
  try {
    const common: AnswerHeaders = {
      'Accept-Ranges': 'bytes',
      ETag: `"${source.etag}"`,
      'Last-Modified': source.lastModified.toUTCString(),
      'Cache-Control': 'private, no-cache',
    };
    if (notModified(request, source)) {
      begin(304, common);
      response.end();
      return;
    }
    const body = plan(request, source, type);
    begin(body.status, { ...common, ...body.headers });
    if (request.method === 'HEAD' || source.size === 0) response.end();
    else await sendBody(response, source, body, gone.signal);
    if (!response.closed && !response.destroyed)
      await once(response, 'close', { signal: gone.signal }).catch(() => undefined);
  } finally {
    request.socket.off('close', leave);
    await source.close();
  }
}
