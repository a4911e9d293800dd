import { isIP, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where a SOCKS5 proxy is, and who we are to it. */
export interface SocksProxy {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** `socks5h`: names go to the proxy as they are. */
  readonly resolvesNames: boolean;
}

/** @returns null for what is no `socks5://` or `socks5h://` address */
export function parseSocksProxy(text: string): SocksProxy | null {
  const [, resolves] = /^socks5(h?):\/\//iu.exec(text) ?? [];
  const url = resolves === undefined ? null : URL.parse(text.replace(/^socks5h?:/iu, 'ftp:'));
  if (!url || url.hostname === '' || (url.pathname !== '/' && url.pathname !== '')) return null;
  try {
    return {
      host: url.hostname.replace(/^\[(.*)\]$/u, '$1'),
      port: url.port === '' ? (/:21\/?$/u.test(text) ? 21 : 1080) : Number(url.port),
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      resolvesNames: resolves !== '',
    };
  } catch {
    return null;
  }
}

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USERNAME = 2;
const CONNECT = 1;

/** RFC 1928 section 6. */
const REPLIES: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  6: 'time to live expired',
  7: 'command not supported',
  8: 'address type not supported',
};

/**
 * Asks a proxy, over a socket that is connected to it, for a connection (RFC 1928, RFC 1929). Afterwards the socket is the
 * connection; nothing of it has been read.
 * @param target a name only where the proxy resolves names
 */
export async function socksConnect(
  socket: Socket,
  proxy: SocksProxy,
  target: { host: string; port: number },
): Promise<void> {
  const reader = new ExactReader(socket);
  try {
    const method = proxy.username === '' ? NO_AUTHENTICATION : USERNAME;
    socket.write(Buffer.from([VERSION, 1, method]));
    const [version, chosen] = await reader.read(2);
    if (version !== VERSION || chosen !== method)
      throw new Error('The proxy wants another way of signing in.');
    if (method === USERNAME) await signIn(socket, reader, proxy);
    socket.write(request(target));
    const [, reply = 1, , type] = await reader.read(4);
    if (reply !== 0) throw new Error(`The proxy could not connect: ${REPLIES[reply] ?? `error ${reply}`}.`);
    // Its own address, which is of no use, and a port.
    const length = type === 1 ? 4 : type === 4 ? 16 : ((await reader.read(1))[0] ?? 0);
    await reader.read(length + 2);
  } finally {
    reader.release();
  }
}

async function signIn(
  socket: Socket,
  reader: ExactReader,
  { username, password }: SocksProxy,
): Promise<void> {
  const [name, secret] = [Buffer.from(username), Buffer.from(password)];
  if (name.length > 255 || secret.length > 255)
    throw new Error('The name or password for the proxy is too long.');
  socket.write(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret]));
  const [, status] = await reader.read(2);
  if (status !== 0) throw new Error('The proxy does not know this name and password.');
}

function request({ host, port }: { host: string; port: number }): Buffer {
  const head = [VERSION, CONNECT, 0];
  const name = Buffer.from(host, 'latin1');
  const address =
    isIP(host) === 0
      ? [3, name.length, ...name]
      : [isIP(host) === 4 ? 1 : 4, ...ipaddr.parse(host).toByteArray()];
  return Buffer.from([...head, ...address, port >> 8, port & 0xff]);
}

/** Reads so many bytes from a paused socket, and not one more. */
class ExactReader {
  private wake: () => void = () => undefined;
  private failure: Error | null = null;
  private readonly onReadable = (): void => this.wake();
  private readonly onError = (error: Error): void => this.fail(error);
  private readonly onClose = (): void => this.fail(new Error('The proxy hung up.'));

  constructor(private readonly socket: Socket) {
    socket
      .on('readable', this.onReadable)
      .on('error', this.onError)
      .on('end', this.onClose)
      .on('close', this.onClose);
  }

  async read(length: number): Promise<Buffer> {
    for (;;) {
      const chunk: unknown = this.socket.read(length);
      if (chunk instanceof Buffer && chunk.length === length) return chunk;
      if (this.failure || chunk !== null) throw this.failure ?? new Error('The proxy hung up.');
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  release(): void {
    this.socket.off('readable', this.onReadable).off('error', this.onError);
    this.socket.off('end', this.onClose).off('close', this.onClose);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }
}
