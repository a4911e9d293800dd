import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import {
  type Condition,
  KeysetLists,
  type OrderedList,
  type Page,
  type Window,
} from '../lists/keyset-lists.service.js';
import { wordsCondition } from '../lists/words-condition.js';
import { SeenSearch } from '../search/seen-search.service.js';
import type { TrackFacts } from './music-facts.js';
import { readTracks } from './track-rows.js';

/** `album`: by disc and number, of one album. */
export type TrackSort = 'name' | 'added' | 'album';

export interface TrackFilter {
  readonly albumId?: string;
  readonly artistId?: string;
  /** Of the albums of this genre. */
  readonly genre?: string;
  readonly year?: number;
  /** Words, as in the search. */
  readonly q?: string;
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
export class TracksService {
  constructor(
    private readonly database: Database,
    private readonly lists: KeysetLists,
    private readonly audiences: AudienceService,
    private readonly seenSearch: SeenSearch,
  ) {}

  /** By number. */
  async slice(filter: TrackFilter, window: Window, accountId: string): Promise<Page<TrackFacts>> {
    return this.lists.slice(await this.list(filter, accountId), window, (ids) => this.byIds(ids));
  }

  /** All tracks of an album, in order. */
  async ofAlbum(albumId: string, accountId: string): Promise<readonly TrackFacts[]> {
    return (await this.slice({ albumId }, { start: 0, count: 0 }, accountId)).items;
  }

  /** Undefined where there is none, or it is hidden. */
  async one(id: string, accountId: string): Promise<TrackFacts | undefined> {
    const [track] = await this.byIds([id]);
    return track && (await this.audiences.seesLibrary(track.libraryId, accountId)) ? track : undefined;
  }

  /** In the order of `ids`, in two statements; whether they are hidden is not asked. */
  byIds(ids: readonly string[]): Promise<TrackFacts[]> {
    return readTracks(this.database.read, ids);
  }

  private async list(filter: TrackFilter, accountId: string): Promise<OrderedList> {
    const { sort = filter.albumId === undefined ? 'name' : 'album', descending = sort === 'added' } = filter;
    const where = [
      ...(await this.audiences.libraryConditions(accountId, 'x.library_id')),
      ...(await this.conditions(filter, accountId)),
    ];
    return { table: 'track', column: columns[sort], descending, where };
  }

  private async conditions(
    { albumId, artistId, genre, year, q }: TrackFilter,
    accountId: string,
  ): Promise<Condition[]> {
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
    where.push(...(await wordsCondition(this.seenSearch, 'track', q, accountId)));
    return where;
  }
}
