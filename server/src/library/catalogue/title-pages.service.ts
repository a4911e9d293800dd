import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Database } from '../../database/database.js';
import type { TitlePosition } from './title-cursor.js';
import { applyTitleFilter, type TitleFilter } from './title-filter.js';
import { type Order, type TitleSort, titleSorts } from './title-sort.js';

export interface PageRequest {
  filter: TitleFilter;
  sort: TitleSort;
  order: Order;
  limit: number;
  /** Where the page before ended. */
  after: TitlePosition | undefined;
  /** How many titles match in all, as `count` said. */
  total: number;
  accountId: string;
}

/** A title's place in a list. */
export interface TitlePlace {
  id: string;
  key: string | number | null;
}

/** Titles with a sort value come first, then those without, by id. */
type Part = 'known' | 'unknown';

/**
 * Up to this many matches are collected and sorted; of more, the index of the sort is walked until the page is full.
 * Either costs a few milliseconds where the other would read the whole table.
 */
const collectAtMost = 4000;

/** Ids of one page by keyset: neither adding nor removing titles makes a page skip or repeat, and page 1000 costs what page 1 does. */
@Injectable()
export class TitlePagesService {
  constructor(private readonly database: Database) {}

  async count(filter: TitleFilter, accountId: string): Promise<number> {
    const query = this.database.read.createQueryBuilder().select('COUNT(*)', 'total').from('title', 't');
    const row = await applyTitleFilter(query, filter, accountId).getRawOne<{ total: number }>();
    return row?.total ?? 0;
  }

  /** At most `limit` places in order, from one statement, or two where the titles without a sort value begin. */
  async page(request: PageRequest): Promise<TitlePlace[]> {
    const { sort, after, limit } = request;
    if (request.total === 0) return [];
    if (!titleSorts[sort].nullable) return this.part(request, 'known', after, limit);
    if (after?.key === null) return this.part(request, 'unknown', after, limit);
    const known = await this.part(request, 'known', after, limit);
    if (known.length === limit) return known;
    return [...known, ...(await this.part(request, 'unknown', undefined, limit - known.length))];
  }

  private part(
    request: PageRequest,
    part: Part,
    after: TitlePosition | undefined,
    limit: number,
  ): Promise<TitlePlace[]> {
    const query = request.total <= collectAtMost ? this.collected(request) : this.walked(request);
    const { nullable } = titleSorts[request.sort];
    const direction = request.order === 'asc' ? 'ASC' : 'DESC';
    const sign = request.order === 'asc' ? '>' : '<';
    const { key, id } = query;
    if (part === 'unknown') query.builder.andWhere(`${key} IS NULL`);
    else if (nullable) query.builder.andWhere(`${key} IS NOT NULL`);
    if (after) {
      const place = { afterKey: after.key, afterId: after.id };
      const isPast =
        after.key === null ? `${id} ${sign} :afterId` : `(${key}, ${id}) ${sign} (:afterKey, :afterId)`;
      query.builder.andWhere(isPast, place);
    }
    if (part === 'known') query.builder.orderBy(key, direction);
    return query.builder.addOrderBy(id, direction).limit(limit).getRawMany<TitlePlace>();
  }

  private walked({ filter, accountId, sort }: PageRequest) {
    const { column } = titleSorts[sort];
    const builder = this.select(`t.id`, column).from('title', 't');
    return { builder: applyTitleFilter(builder, filter, accountId), id: 't.id', key: column };
  }

  /** The inner limit keeps both databases from merging the two levels, and so from walking an index after all. */
  private collected({ filter, accountId, sort }: PageRequest) {
    const matches = (query: SelectQueryBuilder<ObjectLiteral>) =>
      applyTitleFilter(
        query.select('t.id', 'id').addSelect(titleSorts[sort].column, 'key').from('title', 't'),
        filter,
        accountId,
      ).limit(collectAtMost + 1);
    return { builder: this.select('m.id', 'm.key').from(matches, 'm'), id: 'm.id', key: 'm.key' };
  }

  private select(id: string, key: string) {
    return this.database.read.createQueryBuilder().select(id, 'id').addSelect(key, 'key');
  }
}
