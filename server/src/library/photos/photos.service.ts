import { Injectable } from '@nestjs/common';
import { flag } from '../catalogue/raw-row.js';
import { inOrder } from '../lists/in-order.js';
import type { Condition } from '../lists/keyset-lists.service.js';
import { type ObjectFilter, ObjectList, type SearchedList } from '../lists/object-list.js';
import { extensionOf, isHeic, isRawPhoto } from '../sidecar/file-kind.js';
import { inChunks } from '../store/chunks.js';
import { monthOf } from './photo-albums.service.js';
import type { PhotoFacts } from './photo-facts.js';

export interface PhotoFilter extends ObjectFilter {
  /** A folder, or a month (`month-YYYY-MM`). */
  readonly albumId?: string;
  /** By the time they were taken unless said otherwise. */
  readonly sort?: 'taken' | 'added';
  readonly descending?: boolean;
}

interface PhotoRow extends Omit<PhotoFacts, 'available' | 'format'> {
  available: boolean | number;
  path: string;
}

/** Photos, as one account sees them. */
@Injectable()
export class PhotosService extends ObjectList<PhotoFilter, PhotoFacts> {
  /** In the order of `ids`; whether they are hidden is not asked. */
  override async byIds(ids: readonly string[]): Promise<PhotoFacts[]> {
    const rows = await inChunks(
      ids,
      (slice) => this.database.read.sql<PhotoRow[]>`SELECT photo.id, photo.library_id AS "libraryId",
      photo.album_id AS "albumId", photo.name, photo.taken_at AS "takenAt", photo.camera, photo.width,
      photo.height, media_file.size, media_file.relative_path AS path, photo.available,
      photo.added_at AS "addedAt"
      FROM photo JOIN media_file ON media_file.id = photo.id WHERE photo.id IN (${() => slice})`,
    );
    return inOrder(ids, rows).map(({ path, ...row }) => ({
      ...row,
      format: formatOf(path),
      available: flag(row.available),
    }));
  }

  protected override list({
    sort = 'taken',
    descending = sort === 'added',
    albumId,
  }: PhotoFilter): SearchedList {
    const where = albumId === undefined ? [] : [inAlbum(albumId)];
    return { table: 'photo', column: sort === 'taken' ? 'taken_at' : 'added_at', descending, where };
  }
}

function inAlbum(albumId: string): Condition {
  const month = monthOf(albumId);
  return month === undefined
    ? { sql: 'x.album_id = :albumId', parameters: { albumId } }
    : { sql: 'x.month = :month', parameters: { month } };
}

const formats: Readonly<Record<string, string>> = { jpg: 'jpeg', jpe: 'jpeg', jfif: 'jpeg', tif: 'tiff' };

function formatOf(path: string): string {
  if (isRawPhoto(path)) return 'raw';
  if (isHeic(path)) return 'heic';
  const extension = extensionOf(path);
  return formats[extension] ?? extension;
}
