import { Injectable } from '@nestjs/common';
import type { Condition } from '../lists/keyset-lists.service.js';
import { type ObjectFilter, ObjectList, type SearchedList } from '../lists/object-list.js';
import type { TrackFacts } from './music-facts.js';
import { readTracks } from './track-rows.js';

/** `album`: by disc and number, of one album. */
export type TrackSort = 'name' | 'added' | 'album';

export interface TrackFilter extends ObjectFilter {
  readonly albumId?: string;
  readonly artistId?: string;
  /** Of the albums of this genre. */
  readonly genre?: string;
  readonly year?: number;
  /** By default `album` with an album, else `name`. */
  readonly sort?: TrackSort;
  /** By default names rise, and what is newest comes first. */
  readonly descending?: boolean;
}

const columns: Readonly<Record<TrackSort, string>> = {
  name: 'sort_name',
  added: 'added_at',
  album: 'position',
};

/** Tracks, as one account sees them. */
@Injectable()
export class TracksService extends ObjectList<TrackFilter, TrackFacts> {
  /** All tracks of an album, in order. */
  async ofAlbum(albumId: string, accountId: string): Promise<readonly TrackFacts[]> {
    return (await this.slice({ albumId }, { start: 0, count: 0 }, accountId)).items;
  }

  /** In the order of `ids`, in two statements; whether they are hidden is not asked. */
  override byIds(ids: readonly string[]): Promise<TrackFacts[]> {
    return readTracks(this.database.read, ids);
  }

  protected override list(filter: TrackFilter): SearchedList {
    const { sort = filter.albumId === undefined ? 'name' : 'album', descending = sort === 'added' } = filter;
    return { table: 'track', column: columns[sort], descending, where: conditions(filter) };
  }
}

function conditions({ albumId, artistId, genre, year }: TrackFilter): Condition[] {
  const where: Condition[] = [];
  if (albumId !== undefined) where.push({ sql: 'x.album_id = :albumId', parameters: { albumId } });
  if (artistId !== undefined)
    where.push({
      sql: 'x.id IN (SELECT track_id FROM track_artist WHERE artist_id = :artistId)',
      parameters: { artistId },
    });
  if (genre !== undefined)
    where.push({
      sql: 'x.album_id IN (SELECT album_id FROM album_genre WHERE genre = :genre)',
      parameters: { genre },
    });
  if (year !== undefined)
    where.push({
      sql: 'x.album_id IN (SELECT id FROM album WHERE sort_year = :year)',
      parameters: { year },
    });
  return where;
}
