import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { directEgress, type Egress } from './egress.js';
import { FetchRefused } from './fetch-refused.js';
import { guardedConnection } from './guarded-connection.js';
import type { Resolve } from './guarded-lookup.js';
import { readBody } from './read-body.js';

export interface GuardedFetchOptions {
  /** Of the body, after decompression. */
  readonly maxBytes: number;
  /** For everything: names, redirects, the body. */
  readonly timeoutMs: number;
  /** Hosts (`prowlarr`, `192.168.1.5`, `host:port`) that may have a private address; `*` lets all through. */
  readonly allowPrivateHosts?: readonly string[];
  /** `Accept` of the request, and media types of which the answer must be one (`text/*` fits its family). */
  readonly accept?: readonly string[];
  /** To another host than the first, where a redirect leads, only those go along that tell no secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST, as JSON; where a redirect leads is asked by GET, unless it says that the method stays. */
  readonly json?: unknown;
  readonly egress?: Egress;
  readonly signal?: AbortSignal;
  /** Whether an address may be asked: the one that was given, and each that it leads to. */
  readonly permits?: (url: URL) => boolean;
  /** Asks for a name's addresses; left out: the system. */
  readonly resolve?: Resolve;
}

export interface Fetched {
  /** After redirects. */
  readonly url: string;
  /** 200–299 */
  readonly status: number;
  /** Without parameters, in lower case. */
  readonly contentType: string | null;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

const MOST_REDIRECTS = 5;

/** Header fields that may go to whoever a redirect names; any other may be a key. */
const HARMLESS_FIELDS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'range', 'user-agent']);

/** Ports of mail, names, files, shells and the like, as browsers refuse them (https://fetch.spec.whatwg.org/#port-blocking). */
const OTHER_SERVICES: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
]); // prettier-ignore

/**
 * Fetches an http(s) address that somebody else chose: only from addresses of the public (or hosts that were named), through
 * the way out that was chosen, within bounds of size and time. Nothing of ours goes along: no cookies, no credentials.
 * @throws FetchRefused
 */
export async function guardedFetch(url: string, options: GuardedFetchOptions): Promise<Fetched> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  try {
    return await follow(url, options, signal);
  } catch (error) {
    if (error instanceof FetchRefused) throw error;
    if (timeout.aborted) throw new FetchRefused('timeout', 'There was no answer in time.');
    if (signal.aborted) throw new FetchRefused('aborted', 'Nobody waits for it any more.');
    throw new FetchRefused('unreachable', reachError(error));
  }
}

const reachError = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? `The host could not be reached (${error.code}).`
    : 'The host could not be reached.';

async function follow(start: string, options: GuardedFetchOptions, signal: AbortSignal): Promise<Fetched> {
  const { url, response, close } = await guardedAnswer(start, options, signal);
  try {
    return await answer(url, response, options);
  } finally {
    close();
  }
}

/** Bounds of a body are for who reads it. */
export type GuardedAnswerOptions = Omit<GuardedFetchOptions, 'maxBytes' | 'timeoutMs' | 'signal'>;

export interface GuardedAnswer {
  /** After redirects. */
  readonly url: URL;
  /** Its body is not read yet. */
  readonly response: IncomingMessage;
  /** Hangs up. */
  readonly close: () => void;
}

/** The answer behind all redirects, each of which is checked like the first address. @throws FetchRefused, or the socket's error */
export async function guardedAnswer(
  start: string,
  options: GuardedAnswerOptions,
  signal: AbortSignal,
): Promise<GuardedAnswer> {
  let url = httpUrl(start);
  let asked: GuardedAnswerOptions = options;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (options.permits?.(url) === false)
      throw new FetchRefused('other-host', 'This host is none that it may ask.');
    const { response, close } = await get(url, asked, signal);
    let isThere = false;
    try {
      const next = redirectOf(response, url);
      isThere = next === null;
      if (next === null) return { url, response, close };
      const from = url;
      url = httpUrl(next);
      asked = redirected(asked, response.statusCode, url.origin === from.origin);
    } finally {
      if (!isThere) close();
    }
  }
  throw new FetchRefused('too-many-redirects', 'It leads on and on.');
}

/** RFC 9110 section 15.4: only 307 and 308 keep the method. */
function redirected(
  { json, headers = {}, ...options }: GuardedAnswerOptions,
  status: number | undefined,
  isSameOrigin: boolean,
): GuardedAnswerOptions {
  const kept = Object.entries(headers).filter(
    ([name]) => isSameOrigin || HARMLESS_FIELDS.has(name.toLowerCase()),
  );
  const keepsMethod = isSameOrigin && (status === 307 || status === 308);
  return { ...options, headers: Object.fromEntries(kept), ...(keepsMethod && { json }) };
}

/** @throws FetchRefused `bad-url`, `other-scheme` */
function httpUrl(text: string): URL {
  const url = text.length <= 16_384 ? URL.parse(text) : null;
  if (!url) throw new FetchRefused('bad-url', 'This is no address.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchRefused('other-scheme', 'This is no http address.', { location: text });
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchRefused('bad-url', 'An address with a password in it is not fetched.');
  }
  if (OTHER_SERVICES.has(portOf(url)))
    throw new FetchRefused('bad-url', 'This port belongs to another service.');
  return url;
}

const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);

function mayBePrivate(url: URL, hosts: readonly string[] = []): boolean {
  const host = url.hostname.replace(/^\[(.*)\]$/u, '$1');
  const names = ['*', host, url.hostname, `${url.hostname}:${portOf(url)}`];
  return hosts.some((allowed) => names.includes(allowed.trim().toLowerCase()));
}

async function get(
  url: URL,
  options: GuardedAnswerOptions,
  signal: AbortSignal,
): Promise<{ response: IncomingMessage; close: () => void }> {
  const socket = await guardedConnection(
    { hostname: url.hostname, port: portOf(url), secure: url.protocol === 'https:' },
    {
      egress: options.egress ?? directEgress,
      allowPrivate: mayBePrivate(url, options.allowPrivateHosts),
      ...(options.resolve && { resolve: options.resolve }),
    },
    signal,
  );
  const sent = send(url, socket, options, signal);
  try {
    return { response: await responseTo(sent), close: () => void sent.destroy() };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function send(url: URL, socket: Socket, options: GuardedAnswerOptions, signal: AbortSignal): ClientRequest {
  const body = options.json === undefined ? undefined : JSON.stringify(options.json);
  const sent = request({
    createConnection: () => socket,
    method: body === undefined ? 'GET' : 'POST',
    path: url.pathname + url.search,
    // 16 KiB of header fields at most is what Node reads by itself; a hostile server gains nothing by more.
    headers: {
      host: url.host,
      'user-agent': 'Hearth',
      accept: options.accept?.join(', ') ?? '*/*',
      'accept-encoding': 'gzip, deflate, br',
      connection: 'close',
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      }),
      ...options.headers,
    },
    signal,
  });
  sent.end(body);
  return sent;
}

function responseTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Stays: a socket may fail once more after its answer was thrown away.
    sent.on('error', reject);
    sent.once('response', resolve);
    sent.once('close', () => reject(new Error('The host hung up.')));
  });
}

function redirectOf(response: IncomingMessage, from: URL): string | null {
  const { statusCode = 0, headers } = response;
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return null;
  // Not by `from.href` alone: a magnet link is its own base.
  const next = URL.parse(headers.location, from.href);
  if (!next) throw new FetchRefused('bad-url', 'It leads to what is no address.');
  return /^(?:magnet|stream-magnet):/iu.test(headers.location) ? headers.location : next.href;
}

async function answer(url: URL, response: IncomingMessage, options: GuardedFetchOptions): Promise<Fetched> {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) {
    const retryAfterSeconds = retryAfter(response.headers['retry-after']);
    throw new FetchRefused('status', `The host answered with ${status}.`, {
      status,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
  const contentType = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? null;
  if (!accepts(contentType, options.accept)) {
    throw new FetchRefused('content-type', 'The host answered with something else than was asked for.');
  }
  const body = await readBody(response, options.maxBytes);
  return { url: url.href, status, contentType: contentType || null, headers: response.headers, body };
}

/** Seconds; said as such or as a date (RFC 9110 section 10.2.3). */
function retryAfter(field: string | undefined): number | undefined {
  if (field === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(field.trim())
    ? Number(field)
    : Math.ceil((Date.parse(field) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

/** Answers that do not say what they are pass, and so does what only says that it is bytes. */
function accepts(contentType: string | null, accept: readonly string[] | undefined): boolean {
  if (!accept || !contentType || contentType === 'application/octet-stream') return true;
  return accept.some(
    (wanted) =>
      wanted === '*/*' ||
      wanted === contentType ||
      (wanted.endsWith('/*') && contentType.startsWith(wanted.slice(0, -1))),
  );
}
