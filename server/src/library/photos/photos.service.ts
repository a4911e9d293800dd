import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { flag } from '../catalogue/raw-row.js';
import { AudienceService } from '../audience/audience.service.js';
import { inOrder } from '../lists/in-order.js';
import {
  type Condition,
  KeysetLists,
  type OrderedList,
  type Page,
  type PageRequest,
  type Window,
} from '../lists/keyset-lists.service.js';
import { wordsCondition } from '../lists/words-condition.js';
import { SeenSearch } from '../search/seen-search.service.js';
import { extensionOf, isRawPhoto } from '../sidecar/file-kind.js';
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
    private readonly audiences: AudienceService,
    private readonly seenSearch: SeenSearch,
  ) {}

  /** By number. */
  async slice(filter: PhotoFilter, window: Window, accountId: string): Promise<Page<PhotoFacts>> {
    return this.lists.slice(await this.list(filter, accountId), window, (ids) => this.byIds(ids));
  }

  /** By key. @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async page(
    filter: PhotoFilter,
    request: PageRequest,
    accountId: string,
  ): Promise<Page<PhotoFacts> & { nextCursor: string | null }> {
    const list = await this.list(filter, accountId);
    return this.lists.page(
      list,
      `photos by ${list.column}${list.descending ? ' down' : ''}`,
      request,
      (ids) => this.byIds(ids),
    );
  }

  /** Undefined where there is none, or it is hidden. */
  async one(id: string, accountId: string): Promise<PhotoFacts | undefined> {
    const [photo] = await this.byIds([id]);
    return photo && (await this.audiences.seesLibrary(photo.libraryId, accountId)) ? photo : undefined;
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
    const where: Condition[] = await this.audiences.libraryConditions(accountId, 'x.library_id');
    const month = albumId === undefined ? undefined : monthOf(albumId);
    if (month !== undefined) where.push({ sql: 'x.month = :month', parameters: { month } });
    else if (albumId !== undefined) where.push({ sql: 'x.album_id = :albumId', parameters: { albumId } });
    where.push(...(await wordsCondition(this.seenSearch, 'photo', q, accountId)));
    return { table: 'photo', column: sort === 'taken' ? 'taken_at' : 'added_at', descending, where };
  }
}

const formats: Readonly<Record<string, string>> = { jpg: 'jpeg', jpe: 'jpeg', jfif: 'jpeg', tif: 'tiff' };

function formatOf(path: string): string {
  if (isRawPhoto(path)) return 'raw';
  const extension = extensionOf(path);
  return formats[extension] ?? extension;
}
