import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaItem, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { TracksService } from '../../../library/music/tracks.service.js';
import { type EntryFacts, PlaylistsService } from '../../../library/playlists/playlists.service.js';
import type { SearchScope } from '../../search/search-scope.js';
import { type Branch, folder, objectId, pageOf, type Path, wanted } from '../branch.js';
import { TrackItems } from '../track-items.js';

const key = 'playlists';

/** Playlists in libraries of music and those of whose eyes the guest sees with; what is in them is at home in its album. */
@Injectable()
export class PlaylistsBranch implements Branch {
  readonly key = key;

  constructor(
    private readonly playlists: PlaylistsService,
    private readonly tracks: TracksService,
    private readonly items: TrackItems,
  ) {}

  async object([id, entryId, ...rest]: Path, guest: Guest): Promise<MediaObject | undefined> {
    if (rest.length > 0) return undefined;
    if (id === undefined) {
      const childCount = (await this.playlists.list(guest.viewerId)).length;
      return childCount > 0 ? folder(key, [], 'Playlists', { childCount }) : undefined;
    }
    const playlist = await this.playlists.one(id, guest.viewerId);
    if (!playlist || entryId === undefined) return playlist && this.items.playlistFolder(playlist);
    const entries = await this.playlists.entries(id, guest.viewerId);
    const [item] = await this.itemsOf(id, entries.filter((entry) => entry.id === entryId), guest); // prettier-ignore
    return item;
  }

  async children([id, ...rest]: Path, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    if (rest.length > 0) return undefined;
    if (id === undefined) {
      const all = await this.playlists.list(guest.viewerId);
      const folders = all.map((playlist) => this.items.playlistFolder(playlist));
      return pageOf(folders, request);
    }
    if (!(await this.playlists.one(id, guest.viewerId))) return undefined;
    const window = { start: request.start, count: wanted(request) };
    const { items, total } = await this.playlists.playable(id, window, guest.viewerId);
    return { objects: await this.itemsOf(id, items, guest), total };
  }

  async scope([id, ...rest]: Path, guest: Guest): Promise<SearchScope | undefined> {
    if (id === undefined) return { playlist: {} };
    const isThere = rest.length === 0 && (await this.playlists.one(id, guest.viewerId));
    return isThere ? { track: { playlistId: id } } : undefined;
  }

  /** The same track may be in it twice, at two places. */
  private async itemsOf(id: string, entries: readonly EntryFacts[], guest: Guest): Promise<MediaItem[]> {
    const facts = await this.tracks.byIds([...new Set(entries.flatMap(({ trackId }) => trackId ?? []))]);
    const byId = new Map(facts.map((track) => [track.id, track]));
    const placed = entries.flatMap((entry) => {
      const track = byId.get(entry.trackId ?? '');
      return track ? [{ ...track, entryId: entry.id }] : [];
    });
    const parentId = objectId(key, [id]);
    return this.items.of(placed, ({ entryId }) => ({ id: objectId(key, [id, entryId]), parentId }), guest);
  }
}
