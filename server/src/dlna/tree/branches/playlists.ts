import type { Listing, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { type Branch, pageOf } from '../branch.js';

/** Where playlists will hang, once a household can have some. Not shown at the root while there are none. */
@Injectable()
export class PlaylistsBranch implements Branch {
  readonly key = 'playlists';

  object(): Promise<MediaObject | undefined> {
    return Promise.resolve(undefined);
  }

  children(): Promise<Listing | undefined> {
    return Promise.resolve(pageOf([], { start: 0, count: 0, sort: [] }));
  }
}
