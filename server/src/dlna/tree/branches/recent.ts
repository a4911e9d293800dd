import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { type Branch, folder, objectId, type Path, wanted } from '../branch.js';
import { TitleShelf } from '../title-shelf.js';
import { VideoItems } from '../video-items.js';

const key = 'recent';
const mostShown = 200;
const newest = { sort: 'added', order: 'desc' } as const;

/** The newest films and series, whatever sort is asked for: that is what this list is. */
@Injectable()
export class RecentBranch implements Branch {
  readonly key = key;

  constructor(
    private readonly shelf: TitleShelf,
    private readonly items: VideoItems,
  ) {}

  async object(path: Path, guest: Guest): Promise<MediaObject | undefined> {
    const [titleId, ...rest] = path;
    if (rest.length > 0) return undefined;
    if (titleId !== undefined) {
      const place = { titleId, episodeId: null, id: objectId(key, path), parentId: objectId(key) };
      return (await this.items.at([place], guest))[0];
    }
    const childCount = Math.min(mostShown, await this.shelf.total({}, guest));
    return childCount > 0 ? folder(key, [], 'Recently added', { childCount }) : undefined;
  }

  async children(path: Path, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    if (path.length > 0) return undefined;
    const count = Math.max(0, Math.min(wanted(request), mostShown - request.start));
    const total = Math.min(mostShown, await this.shelf.total({}, guest));
    if (count === 0) return { objects: [], total };
    const at = { key, path, natural: newest };
    const { objects } = await this.shelf.page({}, at, { start: request.start, count, sort: [] }, guest);
    return { objects, total };
  }
}
