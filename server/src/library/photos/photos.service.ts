import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { flag } from '../catalogue/raw-row.js';
import { HiddenLibraries } from '../lists/hidden-libraries.service.js';
import { inOrder } from '../lists/in-order.js';
import { type Condition, KeysetLists, type OrderedList, type Window } from '../lists/keyset-lists.service.js';
import { readListCursor, writeListCursor } from '../lists/list-cursor.js';
import type { Page } from '../music/music-facts.js';
import { textMatches } from '../music/albums.service.js';
import { SeenSearch } from '../search/seen-search.service.js';
import { extensionOf } from '../sidecar/file-kind.js';
import { inChunks } from '../store/chunks.js';
import { monthOf } from './photo-albums.service.js';
import type { PhotoFacts } from './photo-facts.js';

export interface PhotoFilter {
  /** A folder, or a month (`month-YYYY-MM`). */
  readonly albumId?: string;
  /** Words, as in the search. */
  readonly q?: string;
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
export class PhotosService {
  constructor(
    private readonly database: Database,
    private readonly lists: KeysetLists,
    private readonly hidden: HiddenLibraries,
    private readonly seenSearch: SeenSearch,
  ) {}

  /** By number. */
  async slice(filter: PhotoFilter, window: Window, accountId: string): Promise<Page<PhotoFacts>> {
    const list = await this.list(filter, accountId);
    const total = await this.lists.count(list);
    return { items: await this.byIds(await this.lists.window(list, window, total)), total };
  }

  /** By key. @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async page(
    filter: PhotoFilter,
    { limit, cursor }: { limit: number; cursor?: string },
    accountId: string,
  ): Promise<Page<PhotoFacts> & { nextCursor: string | null }> {
    const list = await this.list(filter, accountId);
    const name = `photos by ${list.column}${list.descending ? ' down' : ''}`;
    const after = cursor === undefined ? undefined : readListCursor(name, cursor);
    const places = await this.lists.places(list, after, limit + 1);
    const shown = places.slice(0, limit);
    const last = places.length > limit ? shown.at(-1) : undefined;
    return {
      items: await this.byIds(shown.map(({ id }) => id)),
      total: await this.lists.count(list),
      nextCursor: last ? writeListCursor(name, last) : null,
    };
  }

  /** Undefined where there is none, or it is hidden. */
  async one(id: string, accountId: string): Promise<PhotoFacts | undefined> {
    const [photo] = await this.byIds([id]);
    return photo && !(await this.hidden.of(accountId)).includes(photo.libraryId) ? photo : undefined;
  }

  /** In the order of `ids`; whether they are hidden is not asked. */
  async byIds(ids: readonly string[]): Promise<PhotoFacts[]> {
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

  private async list(filter: PhotoFilter, accountId: string): Promise<OrderedList> {
    const { sort = 'taken', descending = sort === 'added', albumId, q } = filter;
    const where: Condition[] = await this.hidden.condition(accountId);
    const month = albumId === undefined ? undefined : monthOf(albumId);
    if (month !== undefined) where.push({ sql: 'x.month = :month', parameters: { month } });
    else if (albumId !== undefined) where.push({ sql: 'x.album_id = :albumId', parameters: { albumId } });
    if (q !== undefined && q !== '') {
      const found = (await this.seenSearch.find(q, ['photo'], textMatches, accountId)).map(({ id }) => id);
      where.push({ sql: 'x.id IN (:...found)', parameters: { found: found.length > 0 ? found : [''] } });
    }
    return { table: 'photo', column: sort === 'taken' ? 'taken_at' : 'added_at', descending, where };
  }
}

const formats: Readonly<Record<string, string>> = { jpg: 'jpeg', jpe: 'jpeg', jfif: 'jpeg', tif: 'tiff' };

function formatOf(path: string): string {
  const extension = extensionOf(path);
  return formats[extension] ?? extension;
}
