import { Injectable } from '@nestjs/common';

/** Files of torrents at addresses that ffmpeg and worker threads can read, on this machine only. */
@Injectable()
export class TorrentDoor {
  /** Listens; called by itself with the first address. */
  start(): Promise<void> {
    return Promise.reject(new Error('The door is not there yet'));
  }

  /** `http://127.0.0.1:<port>/<secret>/<infohash>/<index>`: HEAD, GET and ranges. */
  address(_infoHash: string, _fileIndex: number): Promise<string> {
    return Promise.reject(new Error('The door is not there yet'));
  }
}
