import http, { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

/** Everything a device is asked must be answered within this. A hung television would hold its callers for ever (F2). */
const deviceTimeout = 8_000;

/** Bytes. The largest description seen is 30 KB; SCPDs reach 60 KB. */
const largestAnswer = 512 * 1024;

export interface DeviceAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Our address, as this device sees it. */
  readonly localAddress: string;
}

export interface DeviceQuestion {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Milliseconds for the whole exchange. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** A device that did not answer, or not like HTTP. */
export class DeviceUnreachable extends Error {
  constructor(
    readonly reason: 'timeout' | 'too-large' | 'connection' | 'aborted',
    detail: string,
  ) {
    super(detail);
    this.name = 'DeviceUnreachable';
  }
}

// libupnp closes after each answer; a kept connection makes every second call a "socket hang up" (F1).
const agent = new http.Agent({ keepAlive: false, maxSockets: Infinity });

/**
 * One request to a device: no kept connections, no redirects, lenient about header syntax, one deadline for all of it.
 * @param url with an IP address as host: checked by `deviceUrl`
 * @throws DeviceUnreachable
 */
export async function askDevice(url: URL, question: DeviceQuestion = {}): Promise<DeviceAnswer> {
  const { timeout = deviceTimeout, signal } = question;
  if (signal?.aborted) throw new DeviceUnreachable('aborted', `${url.host}: given up`);
  const request = http.request(url, {
    agent,
    method: question.method ?? 'GET',
    insecureHTTPParser: true,
    headers: headersOf(question),
  });
  const giveUp = (reason: 'timeout' | 'aborted', words: string) => (): void =>
    void request.destroy(new DeviceUnreachable(reason, `${url.host}: ${words}`));
  const abort = giveUp('aborted', 'given up');
  const deadline = setTimeout(giveUp('timeout', `no answer within ${timeout} ms`), timeout);
  signal?.addEventListener('abort', abort);
  try {
    return await exchange(request, question.body);
  } catch (error) {
    throw asUnreachable(error, url);
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', abort);
    request.destroy();
  }
}

const headersOf = ({ headers, body }: DeviceQuestion): Record<string, string> => ({
  ...headers,
  Connection: 'close',
  // Of bytes: the library counted characters, and cut off whatever was not English (F3).
  ...(body ? { 'Content-Length': String(body.byteLength) } : {}),
});

function exchange(request: ClientRequest, body: Buffer | undefined): Promise<DeviceAnswer> {
  return new Promise((resolve, reject) => {
    // A request that is given up in mid-answer fails on the request; the answer only says that it was cut off.
    request.on('error', reject);
    request.on('response', (response) => {
      const localAddress = response.socket.localAddress ?? '';
      collect(response, largestAnswer).then((answer) => resolve({ ...answer, localAddress }), reject);
    });
    request.end(body);
  });
}

async function collect(
  response: IncomingMessage,
  most: number,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    if (!(chunk instanceof Buffer)) continue;
    size += chunk.byteLength;
    if (size > most) throw new DeviceUnreachable('too-large', `an answer of more than ${most} bytes`);
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
}

const asUnreachable = (error: unknown, url: URL): DeviceUnreachable =>
  error instanceof DeviceUnreachable
    ? error
    : new DeviceUnreachable(
        'connection',
        `${url.host}: ${error instanceof Error ? error.message : 'broke off'}`,
      );
