import { guardedFetch } from '../../../common/fetch/guarded-fetch.js';

/*
 * What this process asks web servers: trackers and web seeds. It is imported before WebTorrent, which takes `fetch` as it
 * finds it: its own use lets a tracker end the process by hanging up within a body, or fill its memory.
 */

export interface WebAnswer {
  readonly status: number;
  /** After redirects. */
  readonly url: string;
  readonly bytes: Uint8Array;
}

interface WebAccess {
  /** `socks5://host:port`; null: none. */
  readonly proxy: string | null;
  readonly bindAddresses: readonly string[];
  readonly allowPrivate: boolean;
}

const nativeFetch = globalThis.fetch;
let access: WebAccess = { proxy: null, bindAddresses: [], allowPrivate: false };

/** From now on. */
export function setWebAccess(next: WebAccess): void {
  access = next;
}

interface WebRequest {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Asks a web server. Sockets are bound and addresses refused below (`egress.ts`), or by the guarded client for a proxy. */
export async function askWeb(url: string, request: WebRequest): Promise<WebAnswer> {
  if (access.proxy !== null) {
    const { maxBytes, timeoutMs, headers, signal } = request;
    const {
      status,
      url: final,
      body,
    } = await guardedFetch(url, {
      ...{ maxBytes, timeoutMs, headers, ...(signal && { signal }) },
      allowPrivateHosts: access.allowPrivate ? ['*'] : [],
      egress: {
        proxy: access.proxy,
        localAddresses: access.bindAddresses.length > 0 ? access.bindAddresses : null,
      },
    });
    return { status, url: final, bytes: body };
  }
  const limit = AbortSignal.timeout(request.timeoutMs);
  const response = await nativeFetch(url, {
    headers: request.headers,
    cache: 'no-store',
    signal: request.signal ? AbortSignal.any([request.signal, limit]) : limit,
  });
  return { status: response.status, url: response.url, bytes: await bounded(response, request.maxBytes) };
}

async function bounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop hangs up.
    if (length > maxBytes) throw new Error('The web server sent too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const pieceTimeoutMs = 60_000;

/** One range of a file that a web seed has. @throws unless exactly it is sent */
export async function fetchRange(
  url: string,
  start: number,
  end: number,
): Promise<{ bytes: Uint8Array; url: string }> {
  const length = end - start + 1;
  const answer = await askWeb(url, {
    maxBytes: length,
    timeoutMs: pieceTimeoutMs,
    headers: { range: `bytes=${start}-${end}` },
  });
  // Whole files, from servers without ranges, are too long unless they are what was asked for.
  if (answer.status !== 206 && answer.status !== 200)
    throw new Error(`The web seed answers ${answer.status}`);
  return { bytes: answer.bytes, url: answer.url };
}

const tracker = { maxBytes: 2 * 1024 * 1024, timeoutMs: 15_000 };

/** WebTorrent takes these for text, and ends the process when they are not. */
const wrongText = /(?:14:failure reason|15:warning message)(?!\d)/;

/** What WebTorrent's trackers use in place of `fetch`: the body is here before they get the answer. */
async function trackerFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const url = input instanceof Request ? input.url : input.toString();
  try {
    const { status, bytes } = await askWeb(url, {
      ...tracker,
      headers: Object.fromEntries(new Headers(init?.headers)),
      ...(init?.signal && { signal: init.signal }),
    });
    if (wrongText.test(Buffer.from(bytes).toString('latin1')))
      throw new Error('The tracker answers nonsense');
    const hasBody = bytes.length > 0 && status !== 204 && status !== 304;
    return new Response(hasBody ? Uint8Array.from(bytes) : null, { status: status < 200 ? 502 : status });
  } catch (error) {
    const { cause = error } = error instanceof Error ? error : {};
    const why = cause instanceof Error ? cause.message : String(cause);
    // Whose it is: WebTorrent's own words do not say.
    const [address = url] = url.split(/[?&]info_hash=/);
    throw new Error(`${why} (${address})`, { cause: error });
  }
}

globalThis.fetch = trackerFetch;
