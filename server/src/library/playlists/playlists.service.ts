import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Database } from '../../database/database.js';
import type { AudienceCondition } from '../audience/audience.js';
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
    return inOrder(ids, await this.read(accountId, ids));
  }

  /** Whose names have a word that begins with each that was typed. */
  async find(text: string, limit: number, accountId: string): Promise<PlaylistFacts[]> {
    const typed = queryWords(text);
    if (typed.length === 0) return [];
    const begins = ({ name }: { name: string }): boolean => {
      const words = wordsOf(name);
      return typed.every((beginning) => words.some((word) => word.startsWith(beginning)));
    };
    const names = await (await this.seen(accountId)).getRawMany<{ id: string; name: string }>();
    const found = names.filter(begins).slice(0, limit);
    return this.byIds(
      found.map(({ id }) => id),
      accountId,
    );
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

  /** Ids and names, by name. */
  private async seen(accountId: string): Promise<SelectQueryBuilder<ObjectLiteral>> {
    const library = inLibrary(await this.audiences.libraryConditions(accountId, 'p.library_id'));
    return this.database.read
      .createQueryBuilder()
      .select('p.id', 'id')
      .addSelect('p.name', 'name')
      .from('playlist', 'p')
      .where(`(p.account_id = :accountId OR (p.library_id IS NOT NULL${library.sql}))`)
      .setParameters({ ...library.parameters, accountId })
      .orderBy('p.sort_name')
      .addOrderBy('p.id');
  }

  private async read(accountId: string, ids?: readonly string[]): Promise<PlaylistFacts[]> {
    const track = inLibrary(await this.audiences.libraryConditions(accountId, 't.library_id'));
    const cover = inLibrary(await this.audiences.libraryConditions(accountId, 'ct.library_id'));
    const query = (await this.seen(accountId))
      .addSelect('p.account_id', 'accountId')
      .addSelect('p.updated_at', 'updatedAt')
      .addSelect('COUNT(t.id)', 'trackCount')
      .addSelect('COALESCE(SUM(t.duration_seconds), 0)', 'durationSeconds')
      .addSelect(
        `(SELECT ca.cover_id FROM playlist_entry ce JOIN track ct ON ct.id = ce.track_id
          JOIN album ca ON ca.id = ct.album_id WHERE ce.playlist_id = p.id AND ca.cover_id IS NOT NULL
          ${cover.sql} ORDER BY ce.position LIMIT 1)`,
        'coverId',
      )
      .leftJoin('playlist_entry', 'e', 'e.playlist_id = p.id')
      .leftJoin('track', 't', `t.id = e.track_id AND t.available = :yes${track.sql}`)
      .setParameters({ ...track.parameters, ...cover.parameters, yes: true })
      .groupBy('p.id');
    if (ids) query.andWhere('p.id IN (:...ids)', { ids });
    return (await query.getRawMany<Row>()).map(({ accountId: owner, ...row }) => ({
      ...row,
      own: owner !== null,
      trackCount: Number(row.trackCount),
      durationSeconds: Number(row.durationSeconds),
      updatedAt: Number(row.updatedAt),
    }));
  }
}

/** What narrows a join or a part of a condition, to stand behind something else. */
const inLibrary = (conditions: readonly AudienceCondition[]): { sql: string; parameters: ObjectLiteral } => ({
  sql: conditions.map(({ sql }) => ` AND ${sql}`).join(''),
  parameters: Object.assign({}, ...conditions.map(({ parameters }) => parameters)) as ObjectLiteral,
});
