import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaContainer, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { AlbumsService } from '../../../library/music/albums.service.js';
import { ArtistsService } from '../../../library/music/artists.service.js';
import { TracksService } from '../../../library/music/tracks.service.js';
import type { SearchScope } from '../../search/search-scope.js';
import { type Branch, folder, objectId, pageOf, type Path, wanted } from '../branch.js';
import { musicSorting } from '../music-sorting.js';
import { nameKey } from '../name-key.js';
import { TrackItems } from '../track-items.js';

const key = 'music';
const nothing = { start: 0, count: 1 };

/** One way to look at music: `list` is its folder, `[group]` one of what is in it. */
interface Shelf {
  readonly title: string;
  list(request: ListRequest, guest: Guest): Promise<Listing>;
  group(part: string, guest: Guest): Promise<MediaObject | undefined>;
  inGroup(part: string, request: ListRequest, guest: Guest): Promise<Listing | undefined>;
}

/** Music: artists and their albums, albums, genres, all tracks. */
@Injectable()
export class MusicBranch implements Branch {
  readonly key = key;
  private readonly shelves: ReadonlyMap<string, Shelf>;

  constructor(
    private readonly artists: ArtistsService,
    private readonly albums: AlbumsService,
    private readonly tracks: TracksService,
    private readonly items: TrackItems,
  ) {
    this.shelves = new Map([
      ['ar', this.artistShelf()],
      ['al', this.albumShelf()],
      ['ge', this.genreShelf()],
      ['tr', this.trackShelf()],
    ]);
  }

  async object(path: Path, guest: Guest): Promise<MediaObject | undefined> {
    const [way, group, trackId, ...rest] = path;
    if (way === undefined) return this.top(guest);
    const shelf = this.shelves.get(way);
    if (!shelf || rest.length > 0) return undefined;
    if (group === undefined) return folder(key, [way], shelf.title);
    if (trackId === undefined) return shelf.group(group, guest);
    return way === 'al' ? this.track(trackId, path, guest) : undefined;
  }

  async children(path: Path, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    const [way, group, ...rest] = path;
    if (rest.length > 0) return undefined;
    if (way === undefined)
      return pageOf(
        [...this.shelves].map(([part, { title }]) => folder(key, [part], title)),
        request,
      );
    const shelf = this.shelves.get(way);
    return group === undefined ? shelf?.list(request, guest) : shelf?.inGroup(group, request, guest);
  }

  async scope([way, group, ...rest]: Path, { viewerId }: Guest): Promise<SearchScope | undefined> {
    if (rest.length > 0) return undefined;
    if (group === undefined) return way === 'tr' ? { track: {} } : { artist: {}, album: {}, track: {} };
    if (way === 'ar') return { album: { artistId: group }, track: { artistId: group } };
    if (way === 'al') return { track: { albumId: group } };
    const found = (await this.albums.genres(viewerId)).find(({ genre }) => nameKey(genre) === group);
    return found && { album: { genre: found.genre }, track: { genre: found.genre } };
  }

  private async top({ viewerId }: Guest): Promise<MediaContainer | undefined> {
    const { total } = await this.tracks.slice({}, nothing, viewerId);
    return total > 0 ? folder(key, [], 'Music', { childCount: this.shelves.size }) : undefined;
  }

  private artistShelf(): Shelf {
    return {
      title: 'Artists',
      list: async (request, { viewerId }) => {
        const filter = { withAlbums: true, descending: musicSorting(request.sort).descending };
        const { items, total } = await this.artists.slice(filter, windowOf(request), viewerId);
        return { objects: items.map((artist) => this.items.artistFolder(artist)), total };
      },
      group: async (id, { viewerId }) => {
        const artist = await this.artists.one(id, viewerId);
        return artist && this.items.artistFolder(artist);
      },
      inGroup: async (artistId, request, guest) =>
        (await this.artists.one(artistId, guest.viewerId)) &&
        this.albumsOf({ artistId, sort: 'year', descending: false }, ['ar', artistId], request, guest),
    };
  }

  private albumShelf(): Shelf {
    return {
      title: 'Albums',
      list: (request, guest) => this.albumsOf(musicSorting(request.sort), ['al'], request, guest),
      group: async (id, { viewerId }) => {
        const album = await this.albums.one(id, viewerId);
        return album && this.items.albumFolder(album);
      },
      inGroup: async (albumId, request, guest) => {
        if (!(await this.albums.one(albumId, guest.viewerId))) return undefined;
        const parentId = objectId(key, ['al', albumId]);
        const at = ({ id }: { id: string }) => ({ id: objectId(key, ['al', albumId, id]), parentId });
        const { items, total } = await this.tracks.slice({ albumId }, windowOf(request), guest.viewerId);
        return { objects: await this.items.of(items, at, guest), total };
      },
    };
  }

  private genreShelf(): Shelf {
    const find = async (part: string, accountId: string) =>
      (await this.albums.genres(accountId)).find(({ genre }) => nameKey(genre) === part);
    const genreFolder = ({ genre, albumCount }: { genre: string; albumCount: number }) =>
      folder(key, ['ge', nameKey(genre)], genre, {
        ...{ class: 'object.container.genre.musicGenre', childCount: albumCount, genre },
      });
    return {
      title: 'Genres',
      list: async (request, { viewerId }) =>
        pageOf((await this.albums.genres(viewerId)).map(genreFolder), request),
      group: async (part, { viewerId }) => {
        const found = await find(part, viewerId);
        return found && genreFolder(found);
      },
      inGroup: async (part, request, guest) => {
        const found = await find(part, guest.viewerId);
        return found && this.albumsOf({ genre: found.genre }, ['ge', part], request, guest);
      },
    };
  }

  private trackShelf(): Shelf {
    return {
      title: 'All tracks',
      list: async (request, guest) => {
        const parentId = objectId(key, ['tr']);
        const at = ({ id }: { id: string }) => ({ id: objectId(key, ['tr', id]), parentId });
        const { sort, descending } = musicSorting(request.sort);
        const filter = { sort: sort === 'added' ? sort : 'name', descending } as const;
        const { items, total } = await this.tracks.slice(filter, windowOf(request), guest.viewerId);
        return { objects: await this.items.of(items, at, guest), total };
      },
      group: (id, guest) => this.track(id, ['tr', id], guest),
      inGroup: () => Promise.resolve(undefined),
    };
  }

  private async albumsOf(
    filter: Parameters<AlbumsService['slice']>[0],
    path: Path,
    request: ListRequest,
    { viewerId }: Guest,
  ): Promise<Listing> {
    const { items, total } = await this.albums.slice(filter, windowOf(request), viewerId);
    return { objects: items.map((album) => this.items.albumFolder(album, objectId(key, path))), total };
  }

  private async track(id: string, path: Path, guest: Guest): Promise<MediaObject | undefined> {
    const track = await this.tracks.one(id, guest.viewerId);
    if (!track || (path[0] === 'al' && path[1] !== track.album.id)) return undefined;
    const at = { id: objectId(key, path), parentId: objectId(key, path.slice(0, -1)) };
    return (await this.items.of([track], () => at, guest))[0];
  }
}

const windowOf = (request: ListRequest) => ({ start: request.start, count: wanted(request) });
