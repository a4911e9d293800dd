import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ByteDoor } from '../../common/bytes/byte-door.js';
import { Logger } from '../../common/log/logger.js';
import { EngineError } from '../engine/torrent-engine.js';
import { TorrentBytes } from '../manage/torrent-bytes.service.js';

/** `<infohash>/<index>`, with `/present` for who only takes what is here. */
export const torrentNames = /^[0-9a-f]{40}\/\d{1,7}(\/present)?$/;

/** Files of torrents at loopback addresses. */
@Injectable()
export class TorrentDoor implements OnApplicationShutdown {
  private readonly door: ByteDoor;

  constructor(@Inject(TorrentBytes) bytes: Pick<TorrentBytes, 'open' | 'openPresent'>, logger: Logger) {
    const scoped = logger.scoped('torrent');
    this.door = new ByteDoor({
      names: torrentNames,
      open: (name) => {
        const [infoHash = '', index, only] = name.split('/');
        return only ? bytes.openPresent(infoHash, Number(index)) : bytes.open(infoHash, Number(index));
      },
      onError: (error) => {
        const isAnswer = error instanceof EngineError && error.code === 'absent';
        if (!isAnswer) scoped.error('The door of torrents', { error });
      },
    });
  }

  start(): Promise<void> {
    return this.door.start();
  }

  /** Good as long as the process lives. */
  address(infoHash: string, fileIndex: number): Promise<string> {
    return this.door.address(`${infoHash}/${fileIndex}`);
  }

  /** The same for who only takes what is here: a connection that breaks off is the answer where something is not. */
  async presentAddress(infoHash: string, fileIndex: number): Promise<string> {
    return `${await this.address(infoHash, fileIndex)}/present`;
  }

  /** Whoever still reads is cut off. */
  onApplicationShutdown(): Promise<void> {
    return this.door.close();
  }
}
