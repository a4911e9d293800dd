import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaContainer, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { type TitleFacts, TitleFactsService } from '../../library/catalogue/title-facts.service.js';
import { type TitleList, TitleOffsetsService } from '../../library/catalogue/title-offsets.service.js';
import { ResourceIds } from '../source/resource-ids.js';
import { folder, objectId, type Path, wanted } from './branch.js';
import { type TitleSorting, titleSorting } from './title-sorting.js';
import { VideoItems } from './video-items.js';

export type ShelfFilter = TitleList['filter'];

/** Pages of films (items) and series (folders), however long the list is. */
@Injectable()
export class TitleShelf {
  constructor(
    private readonly offsets: TitleOffsetsService,
    private readonly facts: TitleFactsService,
    private readonly items: VideoItems,
    private readonly resourceIds: ResourceIds,
  ) {}

  /** @param at key and path of the folder that is listed @param natural its order where none is asked for */
  async page(
    filter: ShelfFilter,
    at: { key: string; path: Path; natural: TitleSorting },
    request: ListRequest,
    guest: Guest,
  ): Promise<Listing> {
    const { key, path, natural } = at;
    const sorting = titleSorting(request.sort, natural);
    const list = { filter: { ...filter, available: true }, ...sorting, accountId: guest.viewerId };
    const { ids, total } = await this.offsets.page(list, request.start, wanted(request));
    return { objects: await this.objects(ids, filter.type, key, path, guest), total };
  }

  /** A part of the list by number. */
  async ids(
    filter: ShelfFilter,
    sort: { by: 'name' | 'date'; descending: boolean } = { by: 'name', descending: false },
    { start, count }: { start: number; count: number },
    { viewerId }: Guest,
  ): Promise<string[]> {
    const list = {
      filter: { ...filter, available: true },
      sort: sort.by === 'name' ? 'name' : 'year',
      order: sort.descending ? 'desc' : 'asc',
    } as const;
    return (await this.offsets.page({ ...list, accountId: viewerId }, start, count)).ids;
  }

  /** How many there are. */
  total(filter: ShelfFilter, { viewerId }: Guest): Promise<number> {
    const list = { filter: { ...filter, available: true }, sort: 'name', order: 'asc' } as const;
    return this.offsets.total({ ...list, accountId: viewerId });
  }

  seriesFolder({ id, name, year, genres, posterId }: TitleFacts, parentId?: string): MediaContainer {
    return folder('tv', [id], name, {
      ...(parentId !== undefined && { parentId }),
      ...(year !== null && { date: `${year}-01-01` }),
      ...(genres[0] !== undefined && { genre: genres[0] }),
      ...(posterId !== null && { art: { resourceId: this.resourceIds.write('art', posterId) } }),
    });
  }

  private async objects(
    ids: readonly string[],
    type: ShelfFilter['type'],
    key: string,
    path: Path,
    guest: Guest,
  ): Promise<MediaObject[]> {
    const parentId = objectId(key, path);
    const titles = type === 'movie' ? null : await this.facts.titles(ids, guest.viewerId);
    const films = titles ? ids.filter((id) => titles.get(id)?.type === 'movie') : ids;
    const places = films.map((titleId) => ({
      ...{ titleId, episodeId: null, parentId },
      id: objectId(key, [...path, titleId]),
    }));
    const items = await this.items.at(places, guest);
    if (!titles) return items;
    const byId = new Map(items.map((item) => [item.id, item]));
    return ids.flatMap((id): MediaObject[] => {
      const title = titles.get(id);
      if (title?.type === 'series') return [this.seriesFolder(title, parentId)];
      const film = byId.get(objectId(key, [...path, id]));
      return film ? [film] : [];
    });
  }
}
