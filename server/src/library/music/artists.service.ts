import { Injectable } from '@nestjs/common';
import { flag } from '../catalogue/raw-row.js';
import { inOrder } from '../lists/in-order.js';
import { type ObjectFilter, ObjectList, type SearchedList } from '../lists/object-list.js';
import type { ArtistFacts } from './music-facts.js';

export interface ArtistFilter extends ObjectFilter {
  /** Only those with an album of their own. */
  readonly withAlbums?: boolean;
  readonly descending?: boolean;
}

/** Artists by name, as one account sees them. */
@Injectable()
export class ArtistsService extends ObjectList<ArtistFilter, ArtistFacts> {
  /** In the order of `ids`; whether they are hidden is not asked. */
  override async byIds(ids: readonly string[]): Promise<ArtistFacts[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.read.sql<
      (Omit<ArtistFacts, 'available'> & { available: boolean | number })[]
    >`SELECT id, library_id AS "libraryId", name, album_count AS "albumCount", track_count AS "trackCount",
      available, (SELECT album.cover_id FROM album WHERE album.artist_id = artist.id
        AND album.cover_id IS NOT NULL ORDER BY album.sort_year DESC, album.id DESC LIMIT 1) AS "coverId"
      FROM artist WHERE id IN (${() => [...ids]})`;
    return inOrder(ids, rows).map((row) => ({ ...row, available: flag(row.available) }));
  }

  protected override list({ withAlbums, descending = false }: ArtistFilter): SearchedList {
    const ownAlbum = { sql: 'EXISTS (SELECT 1 FROM album WHERE album.artist_id = x.id)', parameters: {} };
    return { table: 'artist', column: 'sort_name', descending, where: withAlbums ? [ownAlbum] : [] };
  }
}
