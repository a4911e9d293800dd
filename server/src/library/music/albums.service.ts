import { Injectable } from '@nestjs/common';
import { flag, parseList } from '../catalogue/raw-row.js';
import { inOrder } from '../lists/in-order.js';
import type { Condition } from '../lists/keyset-lists.service.js';
import { type ObjectFilter, ObjectList, type SearchedList } from '../lists/object-list.js';
import type { AlbumFacts } from './music-facts.js';

export type AlbumSort = 'name' | 'artist' | 'added' | 'year';

export interface AlbumFilter extends ObjectFilter {
  /** Their own albums, and those they appear on. */
  readonly artistId?: string;
  readonly genre?: string;
  readonly year?: number;
  readonly sort?: AlbumSort;
  /** By default names rise, and what is newest comes first. */
  readonly descending?: boolean;
}

interface AlbumRow {
  id: string;
  libraryId: string;
  name: string;
  artistId: string | null;
  artistName: string | null;
  compilation: boolean | number;
  year: number | null;
  genres: string;
  coverId: string | null;
  discCount: number;
  trackCount: number;
  durationSeconds: number;
  available: boolean | number;
  addedAt: number;
}

const columns: Readonly<Record<AlbumSort, string>> = {
  name: 'sort_name',
  artist: 'by_artist',
  added: 'added_at',
  year: 'sort_year',
};

/** Albums, as one account sees them. */
@Injectable()
export class AlbumsService extends ObjectList<AlbumFilter, AlbumFacts> {
  /** In the order of `ids`; whether they are hidden is not asked. */
  override async byIds(ids: readonly string[]): Promise<AlbumFacts[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.read.sql<AlbumRow[]>`SELECT album.id, album.library_id AS "libraryId",
      album.name, album.artist_id AS "artistId", artist.name AS "artistName", album.compilation, album.year,
      album.genres, album.cover_id AS "coverId", album.disc_count AS "discCount",
      album.track_count AS "trackCount", album.duration_seconds AS "durationSeconds", album.available,
      album.added_at AS "addedAt"
      FROM album LEFT JOIN artist ON artist.id = album.artist_id WHERE album.id IN (${() => [...ids]})`;
    return inOrder(ids, rows).map(toFacts);
  }

  /** Genres in order, with the number of albums in each. */
  async genres(accountId: string): Promise<{ genre: string; albumCount: number }[]> {
    const rows = await this.grouped('album_genre', 'genre', accountId);
    return rows
      .map(({ value, count }) => ({ genre: value, albumCount: Number(count) }))
      .sort((a, b) => a.genre.localeCompare(b.genre));
  }

  /** Years with albums, latest first. */
  async years(accountId: string): Promise<{ year: number; albumCount: number }[]> {
    const rows = await this.grouped('album', 'sort_year', accountId);
    return rows
      .map(({ value, count }) => ({ year: Number(value), albumCount: Number(count) }))
      .filter(({ year }) => year > 0)
      .sort((a, b) => b.year - a.year);
  }

  private async grouped(
    table: string,
    column: string,
    accountId: string,
  ): Promise<{ value: string; count: number | string }[]> {
    const query = this.database.read
      .createQueryBuilder()
      .select(`x.${column}`, 'value')
      .addSelect('COUNT(*)', 'count')
      .from(table, 'x')
      .groupBy(`x.${column}`);
    await this.audiences.narrowLibraries(query, accountId, 'x.library_id');
    return query.getRawMany();
  }

  protected override list(filter: AlbumFilter): SearchedList {
    const { sort = 'name', descending = sort === 'added' || sort === 'year' } = filter;
    return { table: 'album', column: columns[sort], descending, where: conditions(filter) };
  }
}

function conditions({ artistId, genre, year }: AlbumFilter): Condition[] {
  const where: Condition[] = [];
  if (artistId !== undefined)
    where.push({
      sql: `x.id IN (SELECT id FROM album WHERE artist_id = :artistId
        UNION SELECT album_id FROM track_artist WHERE artist_id = :artistId)`,
      parameters: { artistId },
    });
  if (genre !== undefined)
    where.push({
      sql: 'x.id IN (SELECT album_id FROM album_genre WHERE genre = :genre)',
      parameters: { genre },
    });
  if (year !== undefined) where.push({ sql: 'x.sort_year = :year', parameters: { year } });
  return where;
}

const toFacts = ({ artistId, artistName, ...row }: AlbumRow): AlbumFacts => ({
  ...row,
  artist: artistId !== null && artistName !== null ? { id: artistId, name: artistName } : null,
  compilation: flag(row.compilation),
  genres: parseList(row.genres),
  available: flag(row.available),
});
