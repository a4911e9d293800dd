import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaContainer, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { TitleGroupsService } from '../../../library/catalogue/title-groups.service.js';
import type { SearchScope } from '../../search/search-scope.js';
import { type Branch, folder, objectId, pageOf, type Path } from '../branch.js';
import { nameKey } from '../name-key.js';
import { type ShelfFilter, TitleShelf } from '../title-shelf.js';
import { VideoItems } from '../video-items.js';

const key = 'movies';
const byName = { sort: 'name', order: 'asc' } as const;

/** Ways to look at films: the folders of each, by what they are called in an id. */
interface Grouping {
  title: string;
  class?: MediaContainer['class'];
  /** Parts of ids, titles and filters of the groups there are, in order. */
  groups(guest: Guest): Promise<{ part: string; title: string; filter: ShelfFilter; count: number }[]>;
}

/** Films: all, by genre, by year, by letter. */
@Injectable()
export class MoviesBranch implements Branch {
  readonly key = key;
  private readonly groupings: ReadonlyMap<string, Grouping>;

  constructor(
    private readonly shelf: TitleShelf,
    private readonly items: VideoItems,
    private readonly groups: TitleGroupsService,
  ) {
    this.groupings = new Map<string, Grouping>([
      ['genre', { title: 'By genre', class: 'object.container.genre.movieGenre', groups: (guest) => this.genres(guest) }],
      ['year', { title: 'By year', groups: (guest) => this.years(guest) }],
      ['az', { title: 'A–Z', groups: (guest) => this.letters(guest) }],
    ]); // prettier-ignore
  }

  async object(path: Path, guest: Guest): Promise<MediaObject | undefined> {
    const [way, group, titleId, ...rest] = path;
    if (rest.length > 0) return undefined;
    if (way === undefined) return this.top(guest);
    if (way === 'all') {
      if (titleId !== undefined) return undefined;
      return group === undefined ? this.all(guest) : this.film(path, group, guest);
    }
    const grouping = this.groupings.get(way);
    if (!grouping || group === undefined) return grouping && folder(key, [way], grouping.title);
    if (titleId !== undefined) return this.film(path, titleId, guest);
    return (await this.folders(way, grouping, guest)).find(({ id }) => id === objectId(key, path));
  }

  async children(path: Path, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    const [way, group, ...rest] = path;
    if (rest.length > 0) return undefined;
    if (way === undefined) {
      const ways = [...this.groupings].map(([part, { title }]) => folder(key, [part], title));
      return pageOf([await this.all(guest), ...ways], request);
    }
    if (way === 'all' && group === undefined) return this.films({}, path, request, guest);
    const grouping = this.groupings.get(way);
    if (!grouping) return undefined;
    if (group === undefined) return pageOf(await this.folders(way, grouping, guest), request);
    const found = (await grouping.groups(guest)).find(({ part }) => part === group);
    return found && this.films(found.filter, path, request, guest);
  }

  async scope([way, group, ...rest]: Path, guest: Guest): Promise<SearchScope | undefined> {
    if (rest.length > 0) return undefined;
    if (group === undefined) return { movie: {} };
    const groups = await this.groupings.get(way ?? '')?.groups(guest);
    const found = groups?.find(({ part }) => part === group);
    return found && { movie: { titles: found.filter } };
  }

  private async top(guest: Guest): Promise<MediaContainer | undefined> {
    const isEmpty = (await this.shelf.total({ type: 'movie' }, guest)) === 0;
    return isEmpty ? undefined : folder(key, [], 'Movies', { childCount: 1 + this.groupings.size });
  }

  private async all(guest: Guest): Promise<MediaContainer> {
    const childCount = await this.shelf.total({ type: 'movie' }, guest);
    return folder(key, ['all'], 'All movies', { childCount });
  }

  private films(filter: ShelfFilter, path: Path, request: ListRequest, guest: Guest): Promise<Listing> {
    return this.shelf.page({ ...filter, type: 'movie' }, { key, path, natural: byName }, request, guest);
  }

  private async film(path: Path, titleId: string, guest: Guest): Promise<MediaObject | undefined> {
    const place = {
      titleId,
      episodeId: null,
      id: objectId(key, path),
      parentId: objectId(key, path.slice(0, -1)),
    };
    return (await this.items.at([place], guest))[0];
  }

  private async folders(way: string, grouping: Grouping, guest: Guest): Promise<MediaContainer[]> {
    const groups = await grouping.groups(guest);
    return groups.map(({ part, title, count }) =>
      folder(key, [way, part], title, {
        childCount: count,
        ...(grouping.class && { class: grouping.class, genre: title }),
      }),
    );
  }

  private async genres({ viewerId }: Guest) {
    const genres = await this.groups.genres('movie', viewerId);
    return genres.map(({ value, count }) => ({
      ...{ part: nameKey(value), title: value, count },
      filter: { genre: [value] },
    }));
  }

  private async years({ viewerId }: Guest) {
    const years = await this.groups.years('movie', viewerId);
    return years.map(({ value, count }) => ({ part: value, title: value, count, filter: { year: value } }));
  }

  private async letters({ viewerId }: Guest) {
    const letters = await this.groups.letters('movie', viewerId);
    return letters.map(({ value, count }) => ({
      ...{ part: nameKey(value), title: value, count },
      filter: { letter: value },
    }));
  }
}
