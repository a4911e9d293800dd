import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaContainer, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { type SeasonFacts, TitleFactsService } from '../../../library/catalogue/title-facts.service.js';
import { ResourceIds } from '../../source/resource-ids.js';
import type { SearchScope } from '../../search/search-scope.js';
import { type Branch, folder, mostObjects, objectId, pageOf, type Path } from '../branch.js';
import { TitleShelf } from '../title-shelf.js';
import { VideoItems } from '../video-items.js';

const key = 'tv';
const byName = { sort: 'name', order: 'asc' } as const;

const seasonName = ({ number, name }: SeasonFacts): string =>
  name ?? (number === 0 ? 'Specials' : `Season ${number}`);

/** Series, their seasons, their episodes. Short key: an episode's id holds those of its series and of itself. */
@Injectable()
export class SeriesBranch implements Branch {
  readonly key = key;

  constructor(
    private readonly shelf: TitleShelf,
    private readonly items: VideoItems,
    private readonly facts: TitleFactsService,
    private readonly ids: ResourceIds,
  ) {}

  async object(path: Path, guest: Guest): Promise<MediaObject | undefined> {
    const [titleId, season, episodeId, ...rest] = path;
    if (rest.length > 0) return undefined;
    if (titleId === undefined) {
      const childCount = await this.shelf.total({ type: 'series' }, guest);
      return childCount === 0 ? undefined : folder(key, [], 'Series', { childCount });
    }
    if (season === undefined) {
      const title = (await this.facts.titles([titleId], guest.viewerId)).get(titleId);
      return title?.type === 'series' ? this.shelf.seriesFolder(title) : undefined;
    }
    if (episodeId !== undefined) return this.episode(path, titleId, episodeId, guest);
    const folders = await this.seasons(titleId, guest);
    return folders.find(({ id }) => id === objectId(key, path));
  }

  async children(path: Path, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    const [titleId, season, ...rest] = path;
    if (titleId === undefined)
      return this.shelf.page({ type: 'series' }, { key, path, natural: byName }, request, guest);
    if (season === undefined) {
      const seasons = await this.seasons(titleId, guest);
      return seasons.length > 0 ? pageOf(seasons, request) : undefined;
    }
    if (rest.length > 0 || !/^\d{1,4}$/.test(season)) return undefined;
    return this.episodes(titleId, season, request, guest);
  }

  scope([titleId, season, ...rest]: Path): Promise<SearchScope | undefined> {
    if (rest.length > 0) return Promise.resolve(undefined);
    const inSeason = season !== undefined && { seasonNumber: Number(season) };
    return Promise.resolve({ episode: titleId === undefined ? {} : { titleId, ...inSeason } });
  }

  private async seasons(titleId: string, { viewerId }: Guest): Promise<MediaContainer[]> {
    const seasons = await this.facts.seasons(titleId, viewerId);
    return seasons.map((season) =>
      folder(key, [titleId, String(season.number)], seasonName(season), {
        childCount: season.episodeCount,
        ...(season.posterId !== null && { art: { resourceId: this.ids.write('art', season.posterId) } }),
      }),
    );
  }

  /** Only the page is made into items; a season has a few hundred rows at most. */
  private async episodes(
    titleId: string,
    season: string,
    { start, count }: ListRequest,
    guest: Guest,
  ): Promise<Listing | undefined> {
    const all = await this.facts.season(titleId, Number(season), guest.viewerId);
    if (all.length === 0) return undefined;
    const parentId = objectId(key, [titleId, season]);
    const shown = all.slice(start, start + (count || mostObjects));
    const places = shown.map(({ id }) => ({
      ...{ titleId, episodeId: id, parentId },
      id: objectId(key, [titleId, season, id]),
    }));
    return { objects: await this.items.at(places, guest), total: all.length };
  }

  private async episode(
    path: Path,
    titleId: string,
    episodeId: string,
    guest: Guest,
  ): Promise<MediaObject | undefined> {
    const parentId = objectId(key, path.slice(0, -1));
    const place = { titleId, episodeId, id: objectId(key, path), parentId };
    const [item] = await this.items.at([place], guest);
    return item && item.refId === undefined ? item : undefined;
  }
}
