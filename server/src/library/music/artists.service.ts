import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { flag } from '../catalogue/raw-row.js';
import { HiddenLibraries } from '../lists/hidden-libraries.service.js';
import { inOrder } from '../lists/in-order.js';
import { KeysetLists, type OrderedList, type Window } from '../lists/keyset-lists.service.js';
import { readListCursor, writeListCursor } from '../lists/list-cursor.js';
import { SeenSearch } from '../search/seen-search.service.js';
import { textMatches } from './albums.service.js';
import type { ArtistFacts, Page } from './music-facts.js';

export interface ArtistFilter {
  /** Words, as in the search. */
  readonly q?: string;
  /** Only those with an album of their own. */
  readonly withAlbums?: boolean;
  readonly descending?: boolean;
}

const cursorOf = 'artists by name';

/** Artists by name, as one account sees them. */
@Injectable()
export class ArtistsService {
  constructor(
    private readonly database: Database,
    private readonly lists: KeysetLists,
    private readonly hidden: HiddenLibraries,
    private readonly seenSearch: SeenSearch,
  ) {}

  /** By number. */
  async slice(filter: ArtistFilter, window: Window, accountId: string): Promise<Page<ArtistFacts>> {
    const list = await this.list(filter, accountId);
    const total = await this.lists.count(list);
    return { items: await this.byIds(await this.lists.window(list, window, total)), total };
  }

  /** By key. @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async page(
    filter: ArtistFilter,
    { limit, cursor }: { limit: number; cursor?: string },
    accountId: string,
  ): Promise<Page<ArtistFacts> & { nextCursor: string | null }> {
    const list = await this.list(filter, accountId);
    const after = cursor === undefined ? undefined : readListCursor(cursorOf, cursor);
    const places = await this.lists.places(list, after, limit + 1);
    const shown = places.slice(0, limit);
    const last = places.length > limit ? shown.at(-1) : undefined;
    return {
      items: await this.byIds(shown.map(({ id }) => id)),
      total: await this.lists.count(list),
      nextCursor: last ? writeListCursor(cursorOf, last) : null,
    };
  }

  /** Undefined where there is none, or it is hidden. */
  async one(id: string, accountId: string): Promise<ArtistFacts | undefined> {
    const [artist] = await this.byIds([id]);
    return artist && !(await this.hidden.of(accountId)).includes(artist.libraryId) ? artist : undefined;
  }

  /** In the order of `ids`; whether they are hidden is not asked. */
  async byIds(ids: readonly string[]): Promise<ArtistFacts[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.read.sql<
      (Omit<ArtistFacts, 'available'> & { available: boolean | number })[]
    >`SELECT id, library_id AS "libraryId", name, album_count AS "albumCount", track_count AS "trackCount",
      available, (SELECT album.cover_id FROM album WHERE album.artist_id = artist.id
        AND album.cover_id IS NOT NULL ORDER BY album.sort_year DESC, album.id DESC LIMIT 1) AS "coverId"
      FROM artist WHERE id IN (${() => [...ids]})`;
    return inOrder(ids, rows).map((row) => ({ ...row, available: flag(row.available) }));
  }

  private async list({ q, withAlbums, descending = false }: ArtistFilter, accountId: string) {
    const where = await this.hidden.condition(accountId);
    if (withAlbums)
      where.push({ sql: 'EXISTS (SELECT 1 FROM album WHERE album.artist_id = x.id)', parameters: {} });
    if (q !== undefined && q !== '') {
      const found = (await this.seenSearch.find(q, ['artist'], textMatches, accountId)).map(({ id }) => id);
      where.push({ sql: 'x.id IN (:...found)', parameters: { found: found.length > 0 ? found : [''] } });
    }
    return { table: 'artist', column: 'sort_name', descending, where } satisfies OrderedList;
  }
}
