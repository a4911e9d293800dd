import type { Listing, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { type Branch, pageOf } from '../branch.js';

/** Where the files of torrents will hang. Nothing is in it yet, so it is not shown. */
@Injectable()
export class TorrentsBranch implements Branch {
  readonly key = 'torrents';

  object(): Promise<MediaObject | undefined> {
    return Promise.resolve(undefined);
  }

  children(): Promise<Listing | undefined> {
    return Promise.resolve(pageOf([], { start: 0, count: 0, sort: [] }));
  }
}
