import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaItem, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { BegunTitlesService } from '../../../library/catalogue/begun-titles.service.js';
import { NextUpService } from '../../../library/catalogue/next-up.service.js';
import type { WatchItem } from '../../../library/catalogue/watch-cards.service.js';
import { type Branch, folder, objectId, pageOf, type Path } from '../branch.js';
import { VideoItems, type VideoPlace } from '../video-items.js';

const mostListed = 20;

/** A short list of what to watch, each a reference to where it is at home. Its items' ids are `t` or `e` and their own. */
abstract class WatchingBranch implements Branch {
  abstract readonly key: string;
  protected abstract readonly title: string;

  constructor(private readonly items: VideoItems) {}

  protected abstract list(accountId: string): Promise<WatchItem[]>;

  async object(path: Path, guest: Guest): Promise<MediaObject | undefined> {
    const [part, ...rest] = path;
    if (rest.length > 0) return undefined;
    const items = await this.shown(guest);
    if (part !== undefined) return items.find(({ id }) => id === objectId(this.key, path));
    return items.length > 0 ? folder(this.key, [], this.title, { childCount: items.length }) : undefined;
  }

  async children(path: Path, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    return path.length === 0 ? pageOf(await this.shown(guest), request) : undefined;
  }

  private async shown(guest: Guest): Promise<MediaItem[]> {
    const list = await this.list(guest.viewerId);
    const parentId = objectId(this.key);
    const places = list.map(({ titleId, episodeId }): VideoPlace => {
      const part = episodeId === null ? `t${titleId}` : `e${episodeId}`;
      return { titleId, episodeId, id: objectId(this.key, [part]), parentId, alone: true };
    });
    return this.items.at(places, guest);
  }
}

@Injectable()
export class ContinueBranch extends WatchingBranch {
  readonly key = 'continue';
  protected readonly title = 'Continue watching';

  constructor(
    items: VideoItems,
    private readonly begun: BegunTitlesService,
  ) {
    super(items);
  }

  protected list(accountId: string): Promise<WatchItem[]> {
    return this.begun.of(accountId, mostListed);
  }
}

@Injectable()
export class NextUpBranch extends WatchingBranch {
  readonly key = 'next';
  protected readonly title = 'Next up';

  constructor(
    items: VideoItems,
    private readonly begun: BegunTitlesService,
    private readonly nextUp: NextUpService,
  ) {
    super(items);
  }

  /** As on the home screen: what is begun is continued, not next. */
  protected async list(accountId: string): Promise<WatchItem[]> {
    const begun = new Set((await this.begun.of(accountId, mostListed)).map(({ titleId }) => titleId));
    const followed = await this.nextUp.followed(accountId, mostListed);
    return [...followed].flatMap(([titleId, episodeId]) =>
      begun.has(titleId) ? [] : { titleId, episodeId },
    );
  }
}
