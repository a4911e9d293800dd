import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { inOrder } from '../lists/in-order.js';
import type { Page, Window } from '../lists/keyset-lists.service.js';
import { queryWords, wordsOf } from '../search/search-text.js';

export interface PlaylistFacts {
  readonly id: string;
  readonly name: string;
  /** Of the account that asks; else it is a file's. */
  readonly own: boolean;
  readonly coverId: string | null;
  /** Of what the account sees and what is there. */
  readonly trackCount: number;
  readonly durationSeconds: number;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}

export interface EntryFacts {
  readonly id: string;
  readonly name: string;
  readonly durationSeconds: number | null;
  /** Null where it is missing. */
  readonly trackId: string | null;
}

/** Sums are text in PostgreSQL. */
type Row = Pick<PlaylistFacts, 'id' | 'name' | 'coverId'> & {
  accountId: string | null;
  trackCount: number | string;
  durationSeconds: number | string;
  updatedAt: number | string;
};

/** More in one answer than any playlist holds. */
const mostEntries = 10_000;

/**
 * Playlists, as one account sees them: its own, and the files in libraries that are not hidden from it. Tracks of
 * hidden libraries are not in them. There are few: lists are whole.
 */
@Injectable()
export class PlaylistsService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
  ) {}

  /** By name. */
  list(accountId: string): Promise<PlaylistFacts[]> {
    return this.read(accountId);
  }

  /** Undefined where there is none, or it is somebody else's or hidden. */
  async one(id: string, accountId: string): Promise<PlaylistFacts | undefined> {
    return (await this.byIds([id], accountId))[0];
  }

  /** In the order of `ids`, without those the account does not see. */
  async byIds(ids: readonly string[], accountId: string): Promise<PlaylistFacts[]> {
    if (ids.length === 0) return [];
    return inOrder(ids, await this.read(accountId, { sql: 'p.id IN (:...ids)', parameters: { ids } }));
  }

  /** Whose names have a word that begins with each that was typed. */
  async find(text: string, limit: number, accountId: string): Promise<PlaylistFacts[]> {
    const typed = queryWords(text);
    if (typed.length === 0) return [];
    const begins = (name: string): boolean => {
      const words = wordsOf(name);
      return typed.every((beginning) => words.some((word) => word.startsWith(beginning)));
    };
    return (await this.list(accountId)).filter(({ name }) => begins(name)).slice(0, limit);
  }

  /** What is in one that the account may see, in order. */
  async entries(id: string, accountId: string): Promise<EntryFacts[]> {
    const query = this.entriesOf(id).leftJoin('track', 't', 't.id = e.track_id');
    for (const { sql, parameters } of await this.audiences.libraryConditions(accountId, 't.library_id'))
      query.andWhere(`(t.id IS NULL OR ${sql})`, parameters);
    return query.getRawMany();
  }

  /** The same by number, without what is missing. */
  async playable(id: string, { start, count }: Window, accountId: string): Promise<Page<EntryFacts>> {
    const query = this.entriesOf(id).innerJoin('track', 't', 't.id = e.track_id');
    query.andWhere('t.available = :yes', { yes: true });
    await this.audiences.narrowLibraries(query, accountId, 't.library_id');
    const total = await query.getCount();
    return {
      items: await query
        .offset(start)
        .limit(count || mostEntries)
        .getRawMany(),
      total,
    };
  }

  private entriesOf(playlistId: string): SelectQueryBuilder<ObjectLiteral> {
    return this.database.read
      .createQueryBuilder()
      .select('e.id', 'id')
      .addSelect('e.name', 'name')
      .addSelect('e.duration_seconds', 'durationSeconds')
      .addSelect('e.track_id', 'trackId')
      .from('playlist_entry', 'e')
      .where('e.playlist_id = :playlistId', { playlistId })
      .orderBy('e.position');
  }

  private async read(
    accountId: string,
    narrow?: { sql: string; parameters: ObjectLiteral },
  ): Promise<PlaylistFacts[]> {
    const conditions = async (column: string) => this.audiences.libraryConditions(accountId, column);
    const seen = async (column: string): Promise<string> =>
      (await conditions(column)).map(({ sql }) => ` AND ${sql}`).join('');
    const query = this.database.read
      .createQueryBuilder()
      .select('p.id', 'id')
      .addSelect('p.name', 'name')
      .addSelect('p.account_id', 'accountId')
      .addSelect('p.updated_at', 'updatedAt')
      .addSelect('COUNT(t.id)', 'trackCount')
      .addSelect('COALESCE(SUM(t.duration_seconds), 0)', 'durationSeconds')
      .addSelect(
        `(SELECT ca.cover_id FROM playlist_entry ce JOIN track ct ON ct.id = ce.track_id
          JOIN album ca ON ca.id = ct.album_id WHERE ce.playlist_id = p.id AND ca.cover_id IS NOT NULL
          ${await seen('ct.library_id')} ORDER BY ce.position LIMIT 1)`,
        'coverId',
      )
      .from('playlist', 'p')
      .leftJoin('playlist_entry', 'e', 'e.playlist_id = p.id')
      .leftJoin('track', 't', `t.id = e.track_id AND t.available = :yes${await seen('t.library_id')}`)
      .where(`(p.account_id = :accountId OR (p.library_id IS NOT NULL${await seen('p.library_id')}))`)
      .setParameters({ accountId, yes: true })
      .groupBy('p.id')
      .orderBy('p.sort_name')
      .addOrderBy('p.id');
    for (const { parameters } of await conditions('p.library_id')) query.setParameters(parameters);
    if (narrow) query.andWhere(narrow.sql, narrow.parameters);
    return (await query.getRawMany<Row>()).map(({ accountId: owner, ...row }) => ({
      ...row,
      own: owner !== null,
      trackCount: Number(row.trackCount),
      durationSeconds: Number(row.durationSeconds),
      updatedAt: Number(row.updatedAt),
    }));
  }
}
