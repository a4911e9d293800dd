import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { TorrentBytes } from '../manage/torrent-bytes.service.js';
import { openDoor } from './door-server.js';

/**
 * Files of torrents at addresses that ffmpeg and worker threads read like any other (ADR 0020): on this machine only, under
 * a path that nobody guesses. Opens with the first address that is asked for.
 */
@Injectable()
export class TorrentDoor implements OnApplicationShutdown {
  private readonly secret = randomBytes(16).toString('hex');
  private readonly logger: Logger;
  private opening: Promise<Server> | null = null;
  private isClosed = false;

  constructor(
    @Inject(TorrentBytes) private readonly bytes: Pick<TorrentBytes, 'open'>,
    logger: Logger,
  ) {
    this.logger = logger.scoped('torrent');
  }

  async start(): Promise<void> {
    await this.server();
  }

  /** `http://127.0.0.1:<port>/<secret>/<infohash>/<index>`: HEAD, GET and ranges; good as long as the process lives. */
  async address(infoHash: string, fileIndex: number): Promise<string> {
    const address = (await this.server()).address();
    if (address === null || typeof address === 'string') throw new Error('The door of torrents has no port');
    return `http://127.0.0.1:${address.port}/${this.secret}/${infoHash}/${fileIndex}`;
  }

  /** Whoever still reads is cut off. */
  async onApplicationShutdown(): Promise<void> {
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
      return await openDoor({
        secret: this.secret,
        open: (infoHash, fileIndex) => this.bytes.open(infoHash, fileIndex),
        onError: (error) => this.logger.error('The door of torrents', { error }),
      });
    } catch (error) {
      this.opening = null; // the next one may try again
      throw error;
    }
  }
}
