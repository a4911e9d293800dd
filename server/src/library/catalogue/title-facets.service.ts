import { resolution, type titleFilter, type TitleFacets } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Database } from '../../database/database.js';
import { type Audience, AudienceService } from '../audience/audience.service.js';
import { FacetCacheService } from './facet-cache.service.js';
import { applyTitleFilter, resolutionHeights, type TitleFilter } from './title-filter.js';
import { TitleListService } from './title-list.service.js';

interface GroupRow {
  decade: number | null;
  resolution: string | null;
  content_rating: string | null;
  letter: string;
  titles: number;
}

type Counts = TitleFacets['genres'];

const resolutionCase = `CASE ${resolution.options
  .map(
    (name) =>
      `WHEN t.max_height >= ${resolutionHeights[name][0]} AND t.max_height < ${resolutionHeights[name][1]} THEN '${name}'`,
  )
  .join(' ')} END`;
/** Whole division truncates alike on both databases. */
const decade = '(t.year / 10) * 10';

/** What a list could be narrowed by, with counts over what the filter lets through now. */
@Injectable()
export class TitleFacetsService {
  constructor(
    private readonly database: Database,
    private readonly lists: TitleListService,
    private readonly cache: FacetCacheService,
    private readonly audiences: AudienceService,
  ) {}

  async facets(query: z.output<typeof titleFilter>, accountId: string): Promise<TitleFacets> {
    const audience = await this.audiences.of(accountId);
    const isPersonal = query.watched !== undefined || query.favorite !== undefined;
    const whose = isPersonal ? accountId : undefined;
    return this.cache.facets(JSON.stringify([query, audience]), whose, () =>
      this.count(query, audience, accountId),
    );
  }

  /** One pass over the titles for all facets that are columns, one for genres. */
  private async count(
    query: z.output<typeof titleFilter>,
    audience: Audience | undefined,
    accountId: string,
  ): Promise<TitleFacets> {
    const filter = { ...(await this.lists.resolve(query, accountId)), audience };
    const groups = await this.groups(filter, accountId);
    const count = (value: (row: GroupRow) => string | number | null) => tally(groups, value);
    return {
      genres: await this.genres(filter, accountId),
      decades: count((row) => row.decade).sort((a, b) => Number(b.value) - Number(a.value)),
      resolutions: count((row) => row.resolution).sort((a, b) => rankOf(b.value) - rankOf(a.value)),
      contentRatings: count((row) => row.content_rating).sort(byCount),
      letters: count((row) => row.letter).sort((a, b) => (a.value < b.value ? -1 : 1)),
    };
  }

  private groups(filter: TitleFilter, accountId: string): Promise<GroupRow[]> {
    const query = this.database.read
      .createQueryBuilder()
      .select(decade, 'decade')
      .addSelect(resolutionCase, 'resolution')
      .addSelect('t.content_rating', 'content_rating')
      .addSelect('t.letter', 'letter')
      .addSelect('COUNT(*)', 'titles')
      .from('title', 't');
    applyTitleFilter(query, filter, accountId);
    const keys = [decade, resolutionCase, 't.content_rating', 't.letter'];
    for (const key of keys) query.addGroupBy(key);
    return query.getRawMany<GroupRow>();
  }

  private async genres(filter: TitleFilter, accountId: string): Promise<Counts> {
    const query = this.database.read
      .createQueryBuilder()
      .select('tg.genre', 'value')
      .addSelect('COUNT(*)', 'count')
      .from('title_genre', 'tg')
      .groupBy('tg.genre');
    const { type, ...others } = filter;
    if (Object.values<unknown>(others).some((value) => value !== undefined))
      applyTitleFilter(query.innerJoin('title', 't', 't.id = tg.title_id'), filter, accountId);
    else if (type) query.where('tg.type = :type', { type });
    return (await query.getRawMany<{ value: string; count: number }>()).sort(byCount);
  }
}

const rankOf = (value: string): number => resolution.options.findIndex((name) => name === value);

const byCount = (a: Counts[number], b: Counts[number]): number =>
  b.count - a.count || (a.value < b.value ? -1 : 1);

function tally(rows: readonly GroupRow[], valueOf: (row: GroupRow) => string | number | null): Counts {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = valueOf(row);
    if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + row.titles);
  }
  return [...counts].map(([value, count]) => ({ value, count }));
}
