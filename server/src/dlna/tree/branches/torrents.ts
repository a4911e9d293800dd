import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaItem, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { type TitleFacts, TitleFactsService } from '../../../library/catalogue/title-facts.service.js';
import { SharedTorrents } from '../../../library/torrent/shared-torrents.service.js';
import { type Branch, folder, objectId, pageOf, type Path } from '../branch.js';
import { idOfPlace, torrentPlace, torrentsKey } from '../torrent-places.js';
import { VideoItems, type VideoPlace } from '../video-items.js';

/**
 * Torrents that were shared with the household: films, and packs with their episodes. Kept ones are among the films and
 * series. What nobody has played yet is looked at when it is listed, and shown once it is known.
 */
@Injectable()
export class TorrentsBranch implements Branch {
  readonly key = torrentsKey;

  constructor(
    private readonly shared: SharedTorrents,
    private readonly facts: TitleFactsService,
    private readonly items: VideoItems,
  ) {}

  async object(path: Path, guest: Guest): Promise<MediaObject | undefined> {
    if (path.length > 2) return undefined;
    if (path.length === 0) {
      const childCount = (await this.shared.titleIds(guest.viewerId)).length;
      return childCount > 0 ? folder(this.key, [], 'Torrents', { childCount }) : undefined;
    }
    const [title] = await this.titles([idOfPlace(path.slice(0, 1))], guest);
    if (!title) return undefined;
    if (path.length === 1) return (await this.objects([title], guest))[0];
    const id = objectId(this.key, path);
    return (await this.episodes(title, guest)).find((item) => item.id === id);
  }

  async children(path: Path, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    if (path.length > 1) return undefined;
    if (path.length === 0) {
      const titles = await this.titles(await this.shared.titleIds(guest.viewerId), guest);
      this.shared.prepareTitles(titles.flatMap(({ id, type }) => (type === 'movie' ? [id] : [])));
      return pageOf(await this.objects(titles, guest), request);
    }
    const [title] = await this.titles([idOfPlace(path)], guest);
    return title?.type === 'series' ? pageOf(await this.episodes(title, guest), request) : undefined;
  }

  private async titles(ids: readonly string[], { viewerId }: Guest): Promise<TitleFacts[]> {
    const found = await this.facts.titles(ids, viewerId);
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  private async objects(titles: readonly TitleFacts[], guest: Guest): Promise<MediaObject[]> {
    const films = titles.filter(({ type }) => type === 'movie');
    const places = films.map(({ id }): VideoPlace => ({ titleId: id, episodeId: null, ...this.at(id) }));
    const items = new Map((await this.items.at(places, guest)).map((item) => [item.id, item]));
    return titles.flatMap((title): MediaObject[] => {
      const { id } = this.at(title.id);
      const item = items.get(id);
      if (title.type === 'movie') return item ? [item] : [];
      return [folder(this.key, id.split('$').slice(1), title.name)];
    });
  }

  private async episodes({ id: titleId }: TitleFacts, guest: Guest): Promise<MediaItem[]> {
    const seasons = await this.facts.seasons(titleId, guest.viewerId);
    const of = ({ number }: { number: number }) => this.facts.season(titleId, number, guest.viewerId);
    const episodes = (await Promise.all(seasons.map(of))).flat();
    this.shared.prepareEpisodes(episodes.map(({ id }) => id));
    const places = episodes.map(({ id }): VideoPlace => ({
      titleId,
      episodeId: id,
      ...this.at(id, titleId),
    }));
    return this.items.at(places, guest);
  }

  private at(id: string, parent?: string): Pick<VideoPlace, 'id' | 'parentId'> {
    const home = objectId(this.key);
    const parentId = parent === undefined ? home : (torrentPlace(parent) ?? home);
    return { id: torrentPlace(id) ?? home, parentId };
  }
}
