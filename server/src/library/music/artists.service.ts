import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { flag } from '../catalogue/raw-row.js';
import { AudienceService } from '../audience/audience.service.js';
import { inOrder } from '../lists/in-order.js';
import {
  KeysetLists,
  type OrderedList,
  type Page,
  type PageRequest,
  type Window,
} from '../lists/keyset-lists.service.js';
import { wordsCondition } from '../lists/words-condition.js';
import { SeenSearch } from '../search/seen-search.service.js';
import type { ArtistFacts } from './music-facts.js';

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
    private readonly audiences: AudienceService,
    private readonly seenSearch: SeenSearch,
  ) {}

  /** By number. */
  async slice(filter: ArtistFilter, window: Window, accountId: string): Promise<Page<ArtistFacts>> {
    return this.lists.slice(await this.list(filter, accountId), window, (ids) => this.byIds(ids));
  }

  /** By key. @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async page(
    filter: ArtistFilter,
    request: PageRequest,
    accountId: string,
  ): Promise<Page<ArtistFacts> & { nextCursor: string | null }> {
    const list = await this.list(filter, accountId);
    return this.lists.page(list, cursorOf, request, (ids) => this.byIds(ids));
  }

  /** Undefined where there is none, or it is hidden. */
  async one(id: string, accountId: string): Promise<ArtistFacts | undefined> {
    const [artist] = await this.byIds([id]);
    return artist && (await this.audiences.seesLibrary(artist.libraryId, accountId)) ? artist : undefined;
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
    const where = await this.audiences.libraryConditions(accountId, 'x.library_id');
    if (withAlbums)
      where.push({ sql: 'EXISTS (SELECT 1 FROM album WHERE album.artist_id = x.id)', parameters: {} });
    where.push(...(await wordsCondition(this.seenSearch, 'artist', q, accountId)));
    return { table: 'artist', column: 'sort_name', descending, where } satisfies OrderedList;
  }
}
