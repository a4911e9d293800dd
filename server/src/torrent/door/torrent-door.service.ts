import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ByteDoor } from '../../common/bytes/byte-door.js';
import { Logger } from '../../common/log/logger.js';
import { TorrentBytes } from '../manage/torrent-bytes.service.js';

/** `<infohash>/<index>` */
export const torrentNames = /^[0-9a-f]{40}\/\d{1,7}$/;

/** Files of torrents at loopback addresses. */
@Injectable()
export class TorrentDoor implements OnApplicationShutdown {
  private readonly door: ByteDoor;

  constructor(@Inject(TorrentBytes) bytes: Pick<TorrentBytes, 'open'>, logger: Logger) {
    const scoped = logger.scoped('torrent');
    this.door = new ByteDoor({
      names: torrentNames,
      open: (name) => bytes.open(name.slice(0, 40), Number(name.slice(41))),
      onError: (error) => scoped.error('The door of torrents', { error }),
    });
  }

  start(): Promise<void> {
    return this.door.start();
  }

  /** Good as long as the process lives. */
  address(infoHash: string, fileIndex: number): Promise<string> {
    return this.door.address(`${infoHash}/${fileIndex}`);
  }

  /** Whoever still reads is cut off. */
  onApplicationShutdown(): Promise<void> {
    return this.door.close();
  }
}
