import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Database } from '../../database/database.js';
import { type Place, readListCursor, writeListCursor } from './list-cursor.js';

/** SQL over the listed table, which is called `x`; parameters by names of their own. */
export interface Condition {
  readonly sql: string;
  readonly parameters: ObjectLiteral;
}

/** Rows of a table in the order of `column` and id. There is an index of both, so that no row is read to be left out. */
export interface OrderedList {
  readonly table: 'album' | 'artist' | 'track' | 'photo' | 'photo_album';
  readonly column: string;
  readonly descending: boolean;
  readonly where: readonly Condition[];
}

/** Part of a list by number: `count` rows from the `start`-th on. */
export interface Window {
  readonly start: number;
  readonly count: number;
}

/** What a list asks of a page of it, and how its ids become what they stand for, in their order. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}
type Read<T> = (ids: readonly string[]) => Promise<T[]>;

export interface Page<T> {
  readonly items: readonly T[];
  /** Of the whole list. */
  readonly total: number;
}

/** Most rows one window holds. */
const widest = 5000;

/** Parts of a list: by key, as pages of ours go, or by number, as televisions ask. */
@Injectable()
export class KeysetLists {
  constructor(private readonly database: Database) {}

  async count(list: OrderedList): Promise<number> {
    const query = this.select(list).select('COUNT(*)', 'total');
    return Number((await query.getRawOne<{ total: number | string }>())?.total ?? 0);
  }

  /** By number. */
  async slice<T>(list: OrderedList, window: Window, read: Read<T>): Promise<Page<T>> {
    const total = await this.count(list);
    return { items: await read(await this.window(list, window, total)), total };
  }

  /** By key. @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async page<T>(
    list: OrderedList,
    { limit, cursor }: PageRequest,
    read: Read<T>,
  ): Promise<Page<T> & { nextCursor: string | null }> {
    const name = `${list.table} by ${list.column}${list.descending ? ' down' : ''}`;
    const after = cursor === undefined ? undefined : readListCursor(name, cursor);
    const places = await this.places(list, after, limit + 1);
    const shown = places.slice(0, limit);
    const last = places.length > limit ? shown.at(-1) : undefined;
    return {
      items: await read(shown.map(({ id }) => id)),
      total: await this.count(list),
      nextCursor: last ? writeListCursor(name, last) : null,
    };
  }

  /** At most `limit` places after the given one. */
  places(list: OrderedList, after: Place | undefined, limit: number): Promise<Place[]> {
    const query = this.select(list);
    if (after) {
      const sign = list.descending ? '<' : '>';
      query.andWhere(`(x.${list.column}, x.id) ${sign} (:afterKey, :afterId)`, {
        afterKey: after.key,
        afterId: after.id,
      });
    }
    return this.ordered(query, list, list.descending).limit(limit).getRawMany<Place>();
  }

  /** Ids by number. What lies nearer to the end is counted from there. @param total as `count` said */
  async window(list: OrderedList, { start, count }: Window, total: number): Promise<string[]> {
    const size = Math.min(count === 0 ? widest : count, widest, total - start);
    if (size <= 0) return [];
    const isFromEnd = start > total / 2;
    const query = this.ordered(this.select(list), list, list.descending !== isFromEnd)
      .offset(isFromEnd ? total - start - size : start)
      .limit(size);
    const ids = (await query.getRawMany<Place>()).map(({ id }) => id);
    return isFromEnd ? ids.reverse() : ids;
  }

  private select({ table, column, where }: OrderedList): SelectQueryBuilder<ObjectLiteral> {
    const query = this.database.read
      .createQueryBuilder()
      .select('x.id', 'id')
      .addSelect(`x.${column}`, 'key')
      .from(table, 'x');
    for (const { sql, parameters } of where) query.andWhere(sql, parameters);
    return query;
  }

  private ordered(
    query: SelectQueryBuilder<ObjectLiteral>,
    { column }: OrderedList,
    descending: boolean,
  ): SelectQueryBuilder<ObjectLiteral> {
    const direction = descending ? 'DESC' : 'ASC';
    return query.orderBy(`x.${column}`, direction).addOrderBy('x.id', direction);
  }
}
