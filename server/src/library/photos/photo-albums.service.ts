import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { inOrder } from '../lists/in-order.js';
import {
  KeysetLists,
  type OrderedList,
  type Page,
  type PageRequest,
  type Window,
} from '../lists/keyset-lists.service.js';
import { readListCursor, writeListCursor } from '../lists/list-cursor.js';
import type { PhotoAlbumFacts } from './photo-facts.js';

export type PhotoAlbumKind = PhotoAlbumFacts['kind'];
export type PhotoAlbumSort = 'latest' | 'name';

interface MonthRow {
  month: string;
  photoCount: number | string;
  coverId: string | null;
  firstAt: string;
  lastAt: string;
}

const prefix = 'month-';
export const monthOf = (albumId: string): string | undefined =>
  albumId.startsWith(prefix) ? albumId.slice(prefix.length) : undefined;

const columns: Readonly<Record<PhotoAlbumSort, string>> = { latest: 'last_at', name: 'sort_name' };

/** Folders of photos, and months of them, as one account sees them. */
@Injectable()
export class PhotoAlbumsService {
  constructor(
    private readonly database: Database,
    private readonly lists: KeysetLists,
    private readonly audiences: AudienceService,
  ) {}

  /** By number; folders by name or, as months are, the latest first. */
  async slice(
    kind: PhotoAlbumKind,
    { start, count }: Window,
    accountId: string,
    sort: PhotoAlbumSort = 'latest',
  ): Promise<Page<PhotoAlbumFacts>> {
    if (kind === 'month') {
      const all = await this.months(accountId);
      return { items: all.slice(start, count === 0 ? undefined : start + count), total: all.length };
    }
    return this.lists.slice(await this.list(sort, accountId), { start, count }, (ids) => this.byIds(ids));
  }

  /** The latest first, by key. @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async page(
    kind: PhotoAlbumKind,
    { limit, cursor }: PageRequest,
    accountId: string,
  ): Promise<Page<PhotoAlbumFacts> & { nextCursor: string | null }> {
    const after = cursor === undefined ? undefined : readListCursor(`photos by ${kind}`, cursor);
    const list = await this.list('latest', accountId);
    const months = kind === 'month' ? await this.months(accountId) : [];
    const places =
      kind === 'folder'
        ? await this.lists.places(list, after, limit + 1)
        : months
            .map(({ id }) => ({ id, key: id }))
            .filter(({ id }) => after === undefined || id < after.id)
            .slice(0, limit + 1);
    const ids = places.slice(0, limit).map(({ id }) => id);
    const last = places.length > limit ? places[limit - 1] : undefined;
    return {
      items: kind === 'folder' ? await this.byIds(ids) : inOrder(ids, months),
      total: kind === 'folder' ? await this.lists.count(list) : months.length,
      nextCursor: last ? writeListCursor(`photos by ${kind}`, last) : null,
    };
  }

  /** Undefined where there is none, or it is hidden. */
  async one(id: string, accountId: string): Promise<PhotoAlbumFacts | undefined> {
    if (monthOf(id) !== undefined) return (await this.months(accountId)).find((month) => month.id === id);
    const [row] = await this.database.read.sql<
      { libraryId: string }[]
    >`SELECT library_id AS "libraryId" FROM photo_album WHERE id = ${id}`;
    const isSeen = row && (await this.audiences.seesLibrary(row.libraryId, accountId));
    return isSeen ? (await this.byIds([id]))[0] : undefined;
  }

  /** Folders in the order of `ids`; whether they are hidden is not asked. */
  async byIds(ids: readonly string[]): Promise<PhotoAlbumFacts[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.read.sql<Omit<PhotoAlbumFacts, 'kind'>[]>`SELECT id, name,
      photo_count AS "photoCount", cover_id AS "coverId", first_at AS "firstAt", last_at AS "lastAt"
      FROM photo_album WHERE id IN (${() => [...ids]})`;
    return inOrder(ids, rows).map((row) => ({ ...row, kind: 'folder' }));
  }

  /** Some hundreds at most: a household of fifty years has six hundred months. */
  private async months(accountId: string): Promise<PhotoAlbumFacts[]> {
    const query = this.database.read
      .createQueryBuilder()
      .select('x.month', 'month')
      .addSelect('SUM(x.photo_count)', 'photoCount')
      .addSelect('MIN(x.first_at)', 'firstAt')
      .addSelect('MAX(x.last_at)', 'lastAt')
      .addSelect('MAX(x.cover_id)', 'coverId')
      .from('photo_month', 'x')
      .groupBy('x.month')
      .orderBy('x.month', 'DESC');
    await this.audiences.narrowLibraries(query, accountId, 'x.library_id');
    return (await query.getRawMany<MonthRow>()).map(({ month, photoCount, ...row }) => ({
      ...row,
      id: `${prefix}${month}`,
      kind: 'month',
      name: month,
      photoCount: Number(photoCount),
    }));
  }

  private async list(sort: PhotoAlbumSort, accountId: string): Promise<OrderedList> {
    return {
      table: 'photo_album',
      column: columns[sort],
      descending: sort === 'latest',
      where: await this.audiences.libraryConditions(accountId, 'x.library_id'),
    };
  }
}
