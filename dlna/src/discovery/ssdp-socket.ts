import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import nodeSsdp from 'node-ssdp';
import { errorCode } from './error-code.js';

export const SSDP_GROUP = '239.255.255.250';
export const SSDP_PORT = 1900;

/** Four routers far: what minidlna sends with (UDA asks for 2 at least). */
const TTL = 4;

/** A datagram that came in; whoever sent it may be lying about everything but its network. */
export interface Datagram {
  readonly bytes: Buffer;
  readonly address: string;
  readonly port: number;
}

/** One interface's way to everybody who speaks SSDP. */
export interface SsdpSocket {
  /** Sends to one address, or to all. @throws what the system says: ENETUNREACH, EPERM (a firewall) … */
  send(text: string, to?: { readonly address: string; readonly port: number }): Promise<void>;
  /**
   * Joins the group again where the kernel has forgotten: a network card that was away for a moment comes back with its
   * address and without its groups. Costs one system call. @returns whether it had to
   */
  rejoin(): boolean;
  close(): void;
}

export interface SsdpSocketOptions {
  /** Ours: what is sent leaves through the interface that has it. */
  readonly address: string;
  /** `listen` hears everything that is said to the group; `search` has a port of its own, for answers. */
  readonly purpose: 'listen' | 'search';
  receive(datagram: Datagram): void;
  /** The socket has died, or never hears the group. */
  fail(error: Error): void;
}

/** @throws what the system says where the socket can't be had (EADDRINUSE: somebody has port 1900 for himself) */
export type OpenSsdpSocket = (options: SsdpSocketOptions) => Promise<SsdpSocket>;

/**
 * node-ssdp's server for one address (dlna.md §5). It would open one socket per address of each interface and send
 * everything on all of them (S1), leave by the default route only (S2), answer without delay and without looking at
 * MAN (S5), announce by itself every 10 s (S6), close before its byebye is out (S4), retry ENODEV by throwing where
 * nobody catches (S8), and never tell that a port is taken. Here it opens, joins and sends; words are ours.
 */
class OneAddress extends nodeSsdp.Server {
  constructor(private readonly options: SsdpSocketOptions) {
    super({ location: 'unused', ssdpTtl: TTL });
    if (options.purpose === 'search') this._sourcePort = 0;
  }

  /** Resolves when the socket hears and sends. */
  async open(): Promise<void> {
    const socket = this.makeSocket();
    this.sockets = { [this.options.address]: socket };
    const failed = new Promise<never>((_, reject) => socket.once('error', reject));
    failed.catch(() => undefined);
    try {
      await Promise.race([this.start(), failed]);
      socket.setMulticastInterface(this.options.address);
    } catch (error) {
      this.close();
      throw error;
    }
    socket.on('error', (error) => this.options.fail(error));
  }

  send(text: string, address: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.sockets) return resolve();
      this._send(Buffer.from(text, 'utf8'), address, port, (error) => (error ? reject(error) : resolve()));
    });
  }

  rejoin(): boolean {
    const socket = this.sockets?.[this.options.address];
    if (!socket) return false;
    try {
      socket.addMembership(SSDP_GROUP, this.options.address);
    } catch (error) {
      // Still a member: the answer of every day.
      if (errorCode(error) === 'EADDRINUSE') return false;
      throw error;
    }
    socket.setMulticastInterface(this.options.address);
    return true;
  }

  close(): void {
    const socket = this.sockets?.[this.options.address];
    this.sockets = null;
    socket?.close();
  }

  /** Joining throws inside an event of node-ssdp's, and ENODEV once more five seconds later: both would end the process. */
  private makeSocket(): Socket {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    const join = socket.addMembership.bind(socket);
    let bound = false;
    socket.addMembership = (group, address) => {
      if (this.options.purpose === 'search') return;
      if (bound) return join(group, address);
      bound = true;
      try {
        join(group, address);
      } catch (error) {
        socket.emit('error', error);
      }
    };
    return socket;
  }

  protected override _createSockets(): void {
    // `open` has made the one there is.
  }

  protected override _initAdLoop(): void {
    // The advertiser knows when.
  }

  /** Its own parser takes lines apart with expressions and answers at once; ours gets the bytes. */
  protected override _parseMessage(bytes: Buffer, { address, port }: RemoteInfo): void {
    if (this.sockets) this.options.receive({ bytes, address, port });
  }
}

/** Opens a socket on this machine. */
export const openSsdpSocket: OpenSsdpSocket = async (options) => {
  const one = new OneAddress(options);
  await one.open();
  return {
    send: (text, to = { address: SSDP_GROUP, port: SSDP_PORT }) => one.send(text, to.address, to.port),
    rejoin: () => one.rejoin(),
    close: () => one.close(),
  };
};
