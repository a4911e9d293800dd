import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ConnectionTable } from './connection-table.js';
import { isNeighbour } from './neighbour.js';
import { plainAddress } from './request-facts.js';

export interface LanHttpSettings {
  /** 0 or left out: any. */
  readonly port?: number;
  /** IPv4; left out: all. */
  readonly host?: string;
  readonly mostConnections?: number;
  readonly mostConnectionsPerPeer?: number;
  /** Until the headers of a request are complete, milliseconds. */
  readonly headersTimeout?: number;
  /** Until a request is complete. Answers may take for ever: a paused television does. */
  readonly requestTimeout?: number;
}

const INTERFACES_FRESH_MS = 5000;
/**
 * Connections that the kernel keeps until they are taken: where it has no room, it forgets new ones, and whoever they are
 * of tries again after 1, 3, 7 and 15 s. Node's 511 is what one neighbour opens in a moment.
 */
const BACKLOG = 4096;

/** Plain HTTP for televisions: lenient towards neighbours, silent towards everybody else. */
export class LanHttpServer {
  readonly #server: Server;
  readonly #settings: LanHttpSettings;
  readonly #connections: ConnectionTable<Socket>;
  #interfaces: { readonly at: number; readonly found: ReturnType<typeof networkInterfaces> } = {
    at: -Infinity,
    found: {},
  };

  constructor(settings: LanHttpSettings, listener: RequestListener) {
    this.#settings = settings;
    this.#connections = new ConnectionTable({
      most: settings.mostConnections ?? 512,
      mostPerPeer: settings.mostConnectionsPerPeer ?? 64,
    });
    this.#server = createServer(
      {
        // LF alone and control characters in values, which strict parsers answer with 400 (dlna.md D).
        insecureHTTPParser: true,
        requireHostHeader: false,
        maxHeaderSize: 16 * 1024,
        headersTimeout: settings.headersTimeout ?? 10_000,
        requestTimeout: settings.requestTimeout ?? 20_000,
        connectionsCheckingInterval: Math.min(5000, settings.headersTimeout ?? 5000),
        // Node's 5 s resets sockets that televisions believe to be theirs.
        keepAliveTimeout: 65_000,
        noDelay: true,
      },
      (request, response) => {
        response.once('close', this.#connections.asked(request.socket));
        listener(request, response);
      },
    );
    this.#server.timeout = 0;
    this.#server.on('connection', (socket) => this.#meet(socket));
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      if (!socket.writable) return void socket.destroy();
      const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`, () =>
        socket.destroy(),
      );
    });
  }

  /** @throws Error of `listen`: the port is taken, the address is not ours */
  listen(): Promise<{ readonly port: number }> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      const { port = 0, host = '0.0.0.0' } = this.#settings;
      this.#server.listen({ port, host, backlog: BACKLOG }, () => {
        this.#server.off('error', reject);
        const bound = this.#server.address();
        resolve({ port: typeof bound === 'object' && bound ? bound.port : 0 });
      });
    });
  }

  /** Ends every connection, films included. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #meet(socket: Socket): void {
    const peer = plainAddress(socket.remoteAddress);
    if (!this.#knows(peer, plainAddress(socket.localAddress))) return void socket.destroy();
    const { admitted, displaced } = this.#connections.add(socket, peer);
    displaced?.destroy();
    if (!admitted) return void socket.destroy();
    socket.once('close', () => this.#connections.remove(socket));
  }

  #knows(peer: string, local: string): boolean {
    const now = performance.now();
    if (now - this.#interfaces.at > INTERFACES_FRESH_MS)
      this.#interfaces = { at: now, found: networkInterfaces() };
    return isNeighbour(peer, local, this.#interfaces.found);
  }
}
