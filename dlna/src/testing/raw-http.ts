import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** As they came, in their order. */
  readonly head: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** What stood on the wire, taken apart. */
export function parseAnswer(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, end < 0 ? bytes.length : end).toString('latin1');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return {
    status: Number(statusLine.split(' ')[1] ?? 0),
    head,
    headers,
    body: end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4),
  };
}

/** @param localAddress whose the connection is: any of 127.0.0.0/8 */
export async function connected(port: number, localAddress?: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  return socket;
}

/** Everything until the server closes. */
export async function untilClosed(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks);
}

/** Sends bytes as they are and reads until the server closes: add `Connection: close` where it would not. */
export async function exchange(port: number, request: string | Buffer): Promise<RawAnswer> {
  const socket = await connected(port);
  const answer = untilClosed(socket);
  socket.write(request);
  return parseAnswer(await answer);
}

/** `METHOD path` with headers, closing afterwards. */
export function ask(
  port: number,
  line: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<RawAnswer> {
  const all = Object.entries({ Host: `127.0.0.1:${port}`, Connection: 'close', ...headers });
  if (body) all.push(['Content-Length', String(Buffer.byteLength(body))]);
  const head = all.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return exchange(port, `${line} HTTP/1.1\r\n${head}\r\n${body}`);
}
