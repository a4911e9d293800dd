import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { flag, parseList } from '../catalogue/raw-row.js';
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
import type { AlbumFacts } from './music-facts.js';

export type AlbumSort = 'name' | 'artist' | 'added' | 'year';

export interface AlbumFilter {
  /** Their own albums, and those they appear on. */
  readonly artistId?: string;
  readonly genre?: string;
  readonly year?: number;
  /** Words, as in the search. */
  readonly q?: string;
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
export class AlbumsService {
  constructor(
    private readonly database: Database,
    private readonly lists: KeysetLists,
    private readonly audiences: AudienceService,
    private readonly seenSearch: SeenSearch,
  ) {}

  /** By number. */
  async slice(filter: AlbumFilter, window: Window, accountId: string): Promise<Page<AlbumFacts>> {
    return this.lists.slice(await this.list(filter, accountId), window, (ids) => this.byIds(ids));
  }

  /** By key. @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async page(
    filter: AlbumFilter,
    request: PageRequest,
    accountId: string,
  ): Promise<Page<AlbumFacts> & { nextCursor: string | null }> {
    const list = await this.list(filter, accountId);
    return this.lists.page(list, `albums by ${list.column}`, request, (ids) => this.byIds(ids));
  }

  /** Undefined where there is none, or it is hidden. */
  async one(id: string, accountId: string): Promise<AlbumFacts | undefined> {
    const [album] = await this.byIds([id]);
    return album && (await this.audiences.seesLibrary(album.libraryId, accountId)) ? album : undefined;
  }

  /** In the order of `ids`; whether they are hidden is not asked. */
  async byIds(ids: readonly string[]): Promise<AlbumFacts[]> {
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

  private async list(filter: AlbumFilter, accountId: string): Promise<OrderedList> {
    const { sort = 'name', descending = sort === 'added' || sort === 'year' } = filter;
    const where = [
      ...(await this.audiences.libraryConditions(accountId, 'x.library_id')),
      ...(await this.conditions(filter, accountId)),
    ];
    return { table: 'album', column: columns[sort], descending, where };
  }

  private async conditions(
    { artistId, genre, year, q }: AlbumFilter,
    accountId: string,
  ): Promise<Condition[]> {
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
    where.push(...(await wordsCondition(this.seenSearch, 'album', q, accountId)));
    return where;
  }
}

const toFacts = ({ artistId, artistName, ...row }: AlbumRow): AlbumFacts => ({
  ...row,
  artist: artistId !== null && artistName !== null ? { id: artistId, name: artistName } : null,
  compilation: flag(row.compilation),
  genres: parseList(row.genres),
  available: flag(row.available),
});
