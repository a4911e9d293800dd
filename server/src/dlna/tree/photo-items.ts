import type { Guest } from '@hearth/dlna/guest';
import type { ArtSize, MediaContainer, MediaItem, Offer } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import type { PhotoAlbumsService } from '../../library/photos/photo-albums.service.js';
import type { PhotosService } from '../../library/photos/photos.service.js';
import { fitInto } from '../source/art-boxes.js';
import { type Grant, ResourceIds } from '../source/resource-ids.js';
import { folder, objectId } from './branch.js';

export type PhotoAlbumFacts = Awaited<ReturnType<PhotoAlbumsService['byIds']>>[number];
export type PhotoFacts = Awaited<ReturnType<PhotosService['byIds']>>[number];

/** Where a photo is at home: in its folder. */
export const photoHome = ({ id, albumId }: PhotoFacts): string => objectId('photos', ['f', albumId, id]);

/** Smaller ones beside the photo itself, for screens that decode in their own good time. */
const sizes: readonly ArtSize[] = ['lrg', 'med'];

/** Photos as a guest is shown them. */
@Injectable()
export class PhotoItems {
  constructor(private readonly ids: ResourceIds) {}

  /** @param grant of who sends it to a screen: what can be fetched of it is lent by them */
  item(
    photo: PhotoFacts,
    { id, parentId }: { id: string; parentId: string },
    { profile }: Pick<Guest, 'profile'>,
    grant?: Grant,
  ): MediaItem {
    const home = photoHome(photo);
    const original = this.original(photo, grant);
    const converted = sizes.map((size) => this.smaller(photo, size, grant));
    const { images } = profile.plays;
    // Who shows everything shows pictures: sensor data is none.
    const plays =
      images.includes(photo.format) || (images.includes('*') && !['raw', 'heic'].includes(photo.format));
    return {
      type: 'item',
      class: 'object.item.imageItem.photo',
      ...{ id, parentId, title: photo.name, date: photo.takenAt },
      ...(id !== home && { refId: home }),
      offers: plays ? [original, ...converted] : converted,
      art: { resourceId: this.ids.write('photo', photo.id, '', grant) },
    };
  }

  /** @param way `f` for a folder, `m` for a month, whose name says which */
  albumFolder(way: 'f' | 'm', { id, name, photoCount, coverId, lastAt }: PhotoAlbumFacts): MediaContainer {
    return folder('photos', [way, way === 'f' ? id : name], name, {
      class: 'object.container.album.photoAlbum',
      childCount: photoCount,
      date: lastAt,
      ...(coverId !== null && { art: { resourceId: this.ids.write('photo', coverId) } }),
    });
  }

  private original({ id, width, height, format, size }: PhotoFacts, grant?: Grant): Offer {
    const resourceId = this.ids.write('original', id, '', grant);
    return {
      resourceId,
      kind: 'original',
      format: { container: format },
      size,
      ...(width > 0 && { width, height }),
    };
  }

  private smaller(photo: PhotoFacts, size: ArtSize, grant?: Grant): Offer {
    const resourceId = this.ids.write('photo', photo.id, size, grant);
    const box = photo.width > 0 ? fitInto(photo, size) : {};
    return { resourceId, kind: 'converted', format: { container: 'jpeg' }, ...box };
  }
}
