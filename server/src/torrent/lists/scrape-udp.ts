import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Egress, localAddress } from '../../common/fetch/egress.js';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import { checkedAddresses, type Resolve } from '../../common/fetch/guarded-lookup.js';

/** BEP 15. */
const PROTOCOL = 0x417_2710_1980n;
const CONNECT = 0;
const SCRAPE = 2;
const FAILURE = 3;

/** BEP 15 waits 15 s before it asks again; somebody looks at a page here. */
const AGAIN_AFTER_MS = 3000;

export interface UdpScrapeOptions {
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  readonly egress: Egress;
  readonly signal?: AbortSignal;
  readonly resolve?: Resolve;
  readonly againAfterMs?: number;
}

/** @throws FetchRefused */
export async function scrapeUdp(
  to: { hostname: string; port: number },
  hash: Uint8Array,
  options: UdpScrapeOptions,
): Promise<{ seeders: number; leechers: number; completed: number }> {
  if (options.egress.proxy !== null) {
    throw new FetchRefused('unreachable', 'UDP trackers cannot be asked through the proxy.');
  }
  const [found] = await checkedAddresses(to.hostname, options);
  if (!found) throw new FetchRefused('unreachable', 'The tracker has no address.');
  const family = found.family === 6 ? 6 : 4;
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    await connected(
      socket,
      { address: found.address, port: to.port },
      localAddress(options.egress, family),
      signal,
    );
    const timing = { signal, againAfterMs: options.againAfterMs ?? AGAIN_AFTER_MS };
    const connection = (await ask(socket, CONNECT, connectRequest, timing)).subarray(8, 16);
    const answer = await ask(socket, SCRAPE, (id) => scrapeRequest(connection, id, hash), timing);
    return {
      seeders: answer.readUInt32BE(8),
      completed: answer.readUInt32BE(12),
      leechers: answer.readUInt32BE(16),
    };
  } catch (error) {
    if (error instanceof FetchRefused) throw error;
    throw new FetchRefused(timeout.aborted ? 'timeout' : 'unreachable', 'The tracker does not answer.');
  } finally {
    socket.close();
  }
}

async function connected(
  socket: Socket,
  to: { address: string; port: number },
  local: string | undefined | null,
  signal: AbortSignal,
): Promise<void> {
  if (local === null) throw new FetchRefused('held', 'The network interface is away.');
  socket.bind({ port: 0, ...(local !== undefined && { address: local }) });
  await once(socket, 'listening', { signal });
  // Whatever else comes to this port, the system throws away.
  socket.connect(to.port, to.address);
  await once(socket, 'connect', { signal });
}

function connectRequest(id: Buffer): Buffer {
  const packet = Buffer.alloc(16);
  packet.writeBigUInt64BE(PROTOCOL, 0);
  packet.writeUInt32BE(CONNECT, 8);
  id.copy(packet, 12);
  return packet;
}

function scrapeRequest(connection: Uint8Array, id: Buffer, hash: Uint8Array): Buffer {
  return Buffer.concat([connection, Buffer.from([0, 0, 0, SCRAPE]), id, hash]);
}

const SHORTEST = { [CONNECT]: 16, [SCRAPE]: 20 } as const;

/** Sends until its answer comes; others' answers and short ones are passed over. */
async function ask(
  socket: Socket,
  action: typeof CONNECT | typeof SCRAPE,
  packet: (id: Buffer) => Buffer,
  { signal, againAfterMs }: { signal: AbortSignal; againAfterMs: number },
): Promise<Buffer> {
  const id = randomBytes(4);
  const send = (): void => socket.send(packet(id));
  const again = setInterval(send, againAfterMs);
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const hear = (message: Buffer): void => {
        if (message.length < 8 || !message.subarray(4, 8).equals(id)) return;
        const said = message.readUInt32BE(0);
        if (said === FAILURE) reject(new FetchRefused('status', 'The tracker refused to say.'));
        else if (said === action && message.length >= SHORTEST[action]) resolve(message);
      };
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      socket.on('message', hear).on('error', reject);
      send();
    });
  } finally {
    clearInterval(again);
    socket
      .removeAllListeners('message')
      .removeAllListeners('error')
      .on('error', () => undefined);
  }
}
