import { type TitleType, titleType } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import type { TitlePosition } from './title-cursor.js';
import { isNoTorrent } from '../torrent/torrent-ids.js';
import {
  applyTitleFilter,
  hasColumnFilter,
  isLetterAlone,
  isNarrow,
  isSelective,
  type TitleFilter,
} from './title-filter.js';
import { type Order, type TitleSort, titleSorts } from './title-sort.js';
import { watchedSet } from './watched-condition.js';

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

/** Places of a page, and how many titles match in all. */
export interface CountedPlaces {
  total: number;
  places: TitlePlace[];
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
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
  ) {}

  /** Exactly how many titles match that the account sees. */
  async count(filter: TitleFilter, accountId: string): Promise<number> {
    return this.counted(await this.seen(filter, accountId), accountId);
  }

  private async seen(filter: TitleFilter, accountId: string): Promise<TitleFilter> {
    const audience = await this.audiences.of(accountId);
    return audience ? { ...filter, audience } : filter;
  }

  private async counted(filter: TitleFilter, accountId: string): Promise<number> {
    const { watched, type, ...rest } = filter;
    if (watched === 'no' && !isNarrow(rest)) {
      // What is watched can be read as a set; what is not could only be tested title by title.
      const all = await this.counted({ ...rest, type }, accountId);
      return all - (await this.counted({ ...rest, type, watched: 'yes' }, accountId));
    }
    const others: unknown[] = Object.values(rest);
    if (watched && watched !== 'no' && others.every((value) => value === undefined))
      return this.countWatched(type ? [type] : titleType.options, watched, accountId);
    if (watched && watched !== 'no' && !type && rest.audience) {
      // Each type by itself reads one set; PostgreSQL takes many times as long for both in one.
      const counts = titleType.options.map((one) => this.counted({ ...filter, type: one }, accountId));
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    }
    if (rest.genre?.length && others.filter((value) => value !== undefined).length === 1)
      return this.countGenres(rest.genre, type);
    const query = this.database.read.createQueryBuilder().select('COUNT(*)', 'total').from('title', 't');
    const row = await applyTitleFilter(query, filter, accountId).getRawOne<{ total: number }>();
    return row?.total ?? 0;
  }

  /** Without other filters the titles themselves need not be read: play states only exist for titles that do. */
  private async countWatched(
    types: readonly TitleType[],
    watched: 'yes' | 'started',
    accountId: string,
  ): Promise<number> {
    let total = 0;
    for (const type of types) {
      const row = await this.database.read
        .createQueryBuilder()
        .select('COUNT(*)', 'total')
        .from(`(${watchedSet(watched, type)})`, 'w')
        .setParameters({ accountId, true: true, false: false })
        .getRawOne<{ total: number }>();
      total += row?.total ?? 0;
    }
    return total;
  }

  /** Nor need they for genres: the genres' rows belong to titles, and know the type. */
  private async countGenres(genre: readonly string[], type: TitleType | undefined): Promise<number> {
    const titles = this.database.read
      .createQueryBuilder()
      .select('g.title_id', 'id')
      .distinct(genre.length > 1)
      .from('title_genre', 'g')
      .where('g.genre IN (:...genre)', { genre });
    if (type) titles.andWhere('g.type = :type', { type });
    const query = this.database.read.createQueryBuilder().select('COUNT(*)', 'total');
    const row = await query
      .from(`(${titles.getQuery()})`, 'g')
      .setParameters(titles.getParameters())
      .getRawOne<{ total: number }>();
    return row?.total ?? 0;
  }

  /** The first places and how many titles match: from one statement where finding the matches is what costs. */
  async firstPage(given: Omit<PageRequest, 'after' | 'total'>): Promise<CountedPlaces> {
    const request = { ...given, filter: await this.seen(given.filter, given.accountId) };
    const { filter, accountId, order, limit } = request;
    // What a genre has unwatched is counted from two indices, and mostly too much to be sorted.
    const isCounted = filter.watched === 'no' && filter.genre?.length && !hasColumnFilter(filter);
    const isCostly =
      filter.watched === 'started' ||
      filter.ids !== undefined ||
      (isSelective(filter) && !filter.genre?.length) ||
      (filter.watched !== undefined && !isCounted && isNarrow(filter));
    if (!isCostly) {
      const total = await this.counted(filter, accountId);
      return { total, places: await this.ofPage({ ...request, after: undefined, total }) };
    }
    const { builder, id, key } = this.collected(request, true);
    const direction = order === 'asc' ? 'ASC' : 'DESC';
    const rows = await builder
      .addSelect('m.total', 'total')
      .orderBy(`CASE WHEN ${key} IS NULL THEN 1 ELSE 0 END`, 'ASC')
      .addOrderBy(key, direction)
      .addOrderBy(id, direction)
      .limit(limit)
      .getRawMany<TitlePlace & { total: number }>();
    const total = rows[0]?.total ?? 0;
    if (total > collectAtMost)
      return { total, places: await this.ofPage({ ...request, after: undefined, total }) };
    return { total, places: rows.map((row) => ({ id: row.id, key: row.key })) };
  }

  /** At most `limit` places in order, from one statement, or two where the titles without a sort value begin. */
  async page(request: PageRequest): Promise<TitlePlace[]> {
    return this.ofPage({ ...request, filter: await this.seen(request.filter, request.accountId) });
  }

  private async ofPage(request: PageRequest): Promise<TitlePlace[]> {
    const { sort, after, limit } = request;
    if (request.total === 0) return [];
    if (!titleSorts[sort].nullable) return this.part(request, 'known', after, limit);
    if (after?.key === null) return this.part(request, 'unknown', after, limit);
    const known = await this.part(request, 'known', after, limit);
    if (known.length === limit) return known;
    return [...known, ...(await this.part(request, 'unknown', undefined, limit - known.length))];
  }

  /** Sorts without an index over both types are walked type by type and merged; their keys are numbers. */
  private async part(
    request: PageRequest,
    part: Part,
    after: TitlePosition | undefined,
    limit: number,
  ): Promise<TitlePlace[]> {
    const { filter, sort, order, total } = request;
    if (filter.type || titleSorts[sort].acrossTypes || total <= collectAtMost)
      return this.ordered(request, part, after, limit);
    const places: TitlePlace[] = [];
    for (const type of titleType.options)
      places.push(...(await this.ordered({ ...request, filter: { ...filter, type } }, part, after, limit)));
    const sign = order === 'asc' ? 1 : -1;
    return places.sort((a, b) => sign * comparePlaces(a, b)).slice(0, limit);
  }

  private ordered(
    request: PageRequest,
    part: Part,
    after: TitlePosition | undefined,
    limit: number,
  ): Promise<TitlePlace[]> {
    const isFew = request.total <= collectAtMost && !isInOrder(request);
    const query = isFew ? this.collected(request) : this.walked(request);
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
    const key = `t.${titleSorts[sort].column}`;
    const builder = this.select('t.id', key).from('title', 't');
    applyTitleFilter(builder, filter, accountId, 'each');
    // Types leave those of torrents out; by id that is seen in the index of the sort, too.
    if (!filter.type) builder.andWhere(isNoTorrent('t.id'));
    // Letters follow the order of names: without the index of both, all names before the letter would be walked.
    if (sort === 'name' && filter.letter) builder.andWhere('t.letter = :letter');
    return { builder, id: 't.id', key };
  }

  /**
   * The inner limit keeps both databases from merging the two levels, and so from walking an index after all.
   * The sort values are looked up for the matches, for reading them along would leave ix_title_filter; except on
   * PostgreSQL where that index is not needed: it would sooner read all sort values than look some thousand up.
   */
  private collected(
    { filter, accountId, sort }: Pick<PageRequest, 'filter' | 'accountId' | 'sort'>,
    counted = false,
  ) {
    const { column } = titleSorts[sort];
    const isRead = this.database.dialect === 'postgres' && !hasColumnFilter(filter);
    const matches = (query: SelectQueryBuilder<ObjectLiteral>) => {
      query.select('t.id', 'id').from('title', 't');
      if (isRead) query.addSelect(`t.${column}`, 'key');
      if (counted) query.addSelect('COUNT(*) OVER ()', 'total');
      return applyTitleFilter(query, filter, accountId).limit(collectAtMost + 1);
    };
    // Not a join: PostgreSQL would read the sort values of all titles for those of some thousand.
    const keyed = (query: SelectQueryBuilder<ObjectLiteral>) => {
      query.select('f.id', 'id').addSelect(`(SELECT s.${column} FROM title s WHERE s.id = f.id)`, 'key');
      if (counted) query.addSelect('f.total', 'total');
      return query.from(matches, 'f').limit(collectAtMost + 1);
    };
    const builder = this.select('m.id', 'm.key').from(isRead ? matches : keyed, 'm');
    return { builder, id: 'm.id', key: 'm.key' };
  }

  private select(id: string, key: string) {
    return this.database.read.createQueryBuilder().select(id, 'id').addSelect(key, 'key');
  }
}

/** The index of names has the titles of a letter side by side, in order. */
const isInOrder = ({ filter, sort }: Pick<PageRequest, 'filter' | 'sort'>): boolean =>
  sort === 'name' && isLetterAlone(filter);

const comparePlaces = (a: TitlePlace, b: TitlePlace): number =>
  Number(a.key) - Number(b.key) || (a.id < b.id ? -1 : 1);
