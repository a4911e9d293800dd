import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Database } from '../../database/database.js';
import { type Audience, AudienceService } from '../audience/audience.service.js';
import { applyTitleFilter, type TitleFilter } from '../catalogue/title-filter.js';
import type { Window } from './keyset-lists.service.js';
import { kindTables } from './object-columns.js';
import { always, type ObjectCondition, type ObjectKind } from './object-condition.js';
import { objectSql } from './object-sql.js';

export {
  always,
  junction,
  never,
  type ObjectCondition,
  type ObjectField,
  type ObjectKind,
  objectKinds,
  type ObjectOperator,
} from './object-condition.js';

/** What is searched: everything of a kind, or what belongs to something. */
export interface ObjectScope {
  readonly titles?: Omit<TitleFilter, 'type' | 'available'>;
  readonly titleId?: string;
  readonly seasonNumber?: number;
  readonly albumId?: string;
  readonly artistId?: string;
  readonly genre?: string;
  readonly photoAlbumId?: string;
  readonly month?: string;
  readonly playlistId?: string;
}

export interface ObjectQuery {
  readonly kind: ObjectKind;
  readonly condition: ObjectCondition;
  readonly scope: ObjectScope;
  readonly sort?: { readonly by: 'name' | 'date'; readonly descending: boolean };
}

/** Finds things by conditions as televisions put them, for one account. */
@Injectable()
export class ObjectSearchService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
  ) {}

  async count(query: ObjectQuery, accountId: string): Promise<number> {
    if (query.condition.kind === 'constant' && !query.condition.value) return 0;
    const builder = await this.matching(query, accountId);
    return (await builder.select('COUNT(*)', 'total').getRawOne<{ total: number }>())?.total ?? 0;
  }

  /** Ids by number, in the order that is asked for. */
  async window(query: ObjectQuery, { start, count }: Window, accountId: string): Promise<string[]> {
    const builder = (await this.matching(query, accountId)).select('x.id', 'id');
    const { by, descending } = query.sort ?? { by: 'name', descending: false };
    for (const column of kindTables[query.kind].order[by])
      builder.addOrderBy(column, descending ? 'DESC' : 'ASC');
    const rows = await builder.offset(start).limit(count).getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  private async matching(
    { kind, condition, scope }: ObjectQuery,
    accountId: string,
  ): Promise<SelectQueryBuilder<ObjectLiteral>> {
    const [table = '', alias = ''] = kindTables[kind].table.split(' ');
    const builder = this.database.read.createQueryBuilder().from(table, alias);
    if (kind === 'movie' || kind === 'episode')
      limitTitles(builder, kind, scope, { accountId, audience: await this.audiences.of(accountId) });
    else if (kind === 'playlist') await this.limitPlaylists(builder, accountId);
    else await this.audiences.narrowLibraries(builder, accountId, 'x.library_id');
    for (const { sql, parameters } of scopeConditions(kind, scope)) builder.andWhere(sql, parameters);
    if (condition !== always) {
      const { sql, parameters } = objectSql(kind, condition);
      builder.andWhere(sql, parameters);
    }
    return builder;
  }

  /** Of libraries the account sees, and its own. */
  private async limitPlaylists(builder: SelectQueryBuilder<ObjectLiteral>, accountId: string): Promise<void> {
    const limits = await this.audiences.libraryConditions(accountId, 'x.library_id');
    const seen = ['x.library_id IS NOT NULL', ...limits.map(({ sql }) => sql)].join(' AND ');
    builder.andWhere(`(x.account_id = :ownerId OR (${seen}))`, { ownerId: accountId });
    for (const { parameters } of limits) builder.setParameters(parameters);
  }
}

/** Titles are `t`, as filters know them; a film is its own. */
function limitTitles(
  builder: SelectQueryBuilder<ObjectLiteral>,
  kind: 'movie' | 'episode',
  { titles }: ObjectScope,
  { accountId, audience }: { accountId: string; audience: Audience | undefined },
): void {
  builder.innerJoin('title', 't', kind === 'movie' ? 't.id = x.id' : 't.id = x.title_id');
  const type = kind === 'movie' ? 'movie' : 'series';
  applyTitleFilter(builder, { ...titles, type, available: true, audience }, accountId, 'each');
  if (kind === 'episode') builder.andWhere('x.available = :thereNow', { thereNow: true });
}

function scopeConditions(kind: ObjectKind, scope: ObjectScope): { sql: string; parameters: ObjectLiteral }[] {
  const { titleId, seasonNumber, albumId, artistId, genre, photoAlbumId, month, playlistId } = scope;
  const album = kind === 'album' ? 'x.id' : 'x.album_id';
  return [
    titleId !== undefined && { sql: 'x.title_id = :titleId', parameters: { titleId } },
    seasonNumber !== undefined && { sql: 'x.season_number = :seasonNumber', parameters: { seasonNumber } },
    albumId !== undefined && { sql: `${album} = :albumId`, parameters: { albumId } },
    artistId !== undefined && {
      sql: `${album} IN (SELECT id FROM album WHERE artist_id = :artistId
        UNION SELECT album_id FROM track_artist WHERE artist_id = :artistId)`,
      parameters: { artistId },
    },
    genre !== undefined && {
      sql: `${album} IN (SELECT album_id FROM album_genre WHERE genre = :inGenre)`,
      parameters: { inGenre: genre },
    },
    photoAlbumId !== undefined && { sql: 'x.album_id = :photoAlbumId', parameters: { photoAlbumId } },
    month !== undefined && { sql: 'x.month = :month', parameters: { month } },
    playlistId !== undefined && {
      sql: 'x.id IN (SELECT track_id FROM playlist_entry WHERE playlist_id = :playlistId)',
      parameters: { playlistId },
    },
  ].filter((condition) => typeof condition === 'object');
}
