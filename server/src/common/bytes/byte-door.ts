import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type DoorOptions, openDoor } from './door-server.js';

/**
 * Bytes at addresses that ffmpeg and worker threads read like any other (ADR 0020): on this machine only, under a path that
 * nobody guesses. Opens with the first address that is asked for.
 */
export class ByteDoor {
  private readonly secret = randomBytes(16).toString('hex');
  private opening: Promise<Server> | null = null;
  private isClosed = false;

  constructor(private readonly options: Omit<DoorOptions, 'secret'>) {}

  async start(): Promise<void> {
    await this.server();
  }

  /** `http://127.0.0.1:<port>/<secret>/<name>`: HEAD, GET and ranges; good as long as the process lives. */
  async address(name: string): Promise<string> {
    const address = (await this.server()).address();
    if (address === null || typeof address === 'string') throw new Error('The door has no port');
    return `http://127.0.0.1:${address.port}/${this.secret}/${name}`;
  }

  /** Whoever still reads is cut off. */
  async close(): Promise<void> {
    this.isClosed = true;
    const server = await this.opening?.catch(() => null);
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  private server(): Promise<Server> {
    if (this.isClosed) return Promise.reject(new Error('The server is stopping'));
    this.opening ??= this.open();
    return this.opening;
  }

  private async open(): Promise<Server> {
    try {
      return await openDoor({ ...this.options, secret: this.secret });
    } catch (error) {
      this.opening = null; // the next one may try again
      throw error;
    }
  }
}
