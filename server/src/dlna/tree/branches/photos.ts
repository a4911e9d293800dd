import type { Guest } from '@hearth/dlna/guest';
import type { ListRequest, Listing, MediaContainer, MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { PhotoAlbumsService } from '../../../library/photos/photo-albums.service.js';
import { PhotosService } from '../../../library/photos/photos.service.js';
import type { SearchScope } from '../../search/search-scope.js';
import { type Branch, folder, objectId, pageOf, type Path, wanted } from '../branch.js';
import { PhotoItems } from '../photo-items.js';

const key = 'photos';
const month = /^\d{4}-\d{2}$/;
const titles = { f: 'By folder', m: 'By month', a: 'All photos' } as const;
type Way = keyof typeof titles;

const isWay = (text: string | undefined): text is Way => text !== undefined && Object.hasOwn(titles, text);

/** The album of a folder's or a month's part of an id. */
const albumId = (way: Way, part: string): string | undefined => {
  if (way === 'f') return part;
  return way === 'm' && month.test(part) ? `month-${part}` : undefined;
};

/** Photos: by folder, by month, all by the time they were taken. */
@Injectable()
export class PhotosBranch implements Branch {
  readonly key = key;

  constructor(
    private readonly albums: PhotoAlbumsService,
    private readonly photos: PhotosService,
    private readonly items: PhotoItems,
  ) {}

  async object(path: Path, guest: Guest): Promise<MediaObject | undefined> {
    const [way, group, photoId, ...rest] = path;
    if (way === undefined) return this.top(guest);
    if (!isWay(way) || rest.length > 0) return undefined;
    if (group === undefined) return folder(key, [way], titles[way]);
    if (way === 'a') return photoId === undefined ? this.photo(group, path, guest) : undefined;
    if (photoId !== undefined) return this.photo(photoId, path, guest);
    const id = albumId(way, group);
    const album = id === undefined ? undefined : await this.albums.one(id, guest.viewerId);
    return album && this.items.albumFolder(way, album);
  }

  async children(path: Path, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    const [way, group, ...rest] = path;
    if (way === undefined) {
      const ways: Way[] = ['f', 'm', 'a'];
      return pageOf(ways.map((one) => folder(key, [one], titles[one])), request); // prettier-ignore
    }
    if (!isWay(way) || rest.length > 0) return undefined;
    if (way === 'a') return group === undefined ? this.list({}, path, request, guest) : undefined;
    if (group === undefined) return this.folders(way, request, guest);
    const id = albumId(way, group);
    const album = id === undefined ? undefined : await this.albums.one(id, guest.viewerId);
    return album && this.list({ albumId: album.id }, path, request, guest);
  }

  scope([way, group, ...rest]: Path): Promise<SearchScope | undefined> {
    if (rest.length > 0) return Promise.resolve(undefined);
    if (group === undefined) return Promise.resolve({ 'photo-album': {}, photo: {} });
    return Promise.resolve({ photo: way === 'm' ? { month: group } : { photoAlbumId: group } });
  }

  private async top({ viewerId }: Guest): Promise<MediaContainer | undefined> {
    const { total } = await this.photos.slice({}, { start: 0, count: 1 }, viewerId);
    return total > 0 ? folder(key, [], 'Photos', { childCount: 3 }) : undefined;
  }

  private async folders(way: 'f' | 'm', request: ListRequest, { viewerId }: Guest): Promise<Listing> {
    const window = { start: request.start, count: wanted(request) };
    const { items, total } = await this.albums.slice(
      way === 'f' ? 'folder' : 'month',
      window,
      viewerId,
      'name',
    );
    return { objects: items.map((album) => this.items.albumFolder(way, album)), total };
  }

  private async list(
    filter: Parameters<PhotosService['slice']>[0],
    path: Path,
    request: ListRequest,
    guest: Guest,
  ): Promise<Listing> {
    const parentId = objectId(key, path);
    const window = { start: request.start, count: wanted(request) };
    const descending = request.sort.find(({ property }) => property === 'dc:date')?.descending ?? false;
    const { items, total } = await this.photos.slice({ ...filter, descending }, window, guest.viewerId);
    const objects = items.map((photo) =>
      this.items.item(photo, { id: objectId(key, [...path, photo.id]), parentId }, guest),
    );
    return { objects, total };
  }

  private async photo(id: string, path: Path, guest: Guest): Promise<MediaObject | undefined> {
    const photo = await this.photos.one(id, guest.viewerId);
    if (!photo || (path[0] === 'f' && path[1] !== photo.albumId)) return undefined;
    if (path[0] === 'm' && path[1] !== photo.takenAt.slice(0, 7)) return undefined;
    return this.items.item(
      photo,
      { id: objectId(key, path), parentId: objectId(key, path.slice(0, -1)) },
      guest,
    );
  }
}
