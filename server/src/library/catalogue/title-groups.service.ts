import type { TitleFacets, TitleType } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { RecentMap } from '../../common/recent-map.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { AudienceService } from '../audience/audience.service.js';
import { applyTitleFilter } from './title-filter.js';
import { TitleFacetsService } from './title-facets.service.js';

type Counts = TitleFacets['genres'];

/** Changes by another process (a worker's scan) are not heard of here. */
const lifetimeMs = 60_000;
const mostEntries = 100;

/** What titles can be grouped by into folders, with how many each account finds in each: genres, years, letters. */
@Injectable()
export class TitleGroupsService {
  private readonly known = new RecentMap<string, { counts: Promise<Counts>; until: number }>(mostEntries);

  constructor(
    private readonly database: Database,
    private readonly facets: TitleFacetsService,
    private readonly audiences: AudienceService,
    events: EventBus,
  ) {
    events.listen(({ name }) => {
      if (name === 'library.changed' || name === 'limits.changed') this.known.clear();
    });
  }

  /** By name. */
  async genres(type: TitleType, accountId: string): Promise<Counts> {
    const { genres } = await this.facets.facets({ type, available: true }, accountId);
    return genres.toSorted((a, b) => (a.value < b.value ? -1 : 1));
  }

  /** `A` to `Z`, `#` for the rest. */
  async letters(type: TitleType, accountId: string): Promise<Counts> {
    return (await this.facets.facets({ type, available: true }, accountId)).letters;
  }

  /** The latest first. */
  years(type: TitleType, accountId: string): Promise<Counts> {
    const name = `${type} ${accountId}`;
    const known = this.known.get(name);
    if (known && known.until > Date.now()) return known.counts;
    const entry = { counts: this.countYears(type, accountId), until: Date.now() + lifetimeMs };
    this.known.set(name, entry);
    entry.counts.catch(() => this.known.get(name) === entry && this.known.delete(name));
    return entry.counts;
  }

  private async countYears(type: TitleType, accountId: string): Promise<Counts> {
    const query = this.database.read
      .createQueryBuilder()
      .select('t.year', 'value')
      .addSelect('COUNT(*)', 'count')
      .from('title', 't')
      .where('t.year IS NOT NULL');
    const audience = await this.audiences.of(accountId);
    applyTitleFilter(query, { type, available: true, audience }, accountId);
    const rows = await query
      .groupBy('t.year')
      .orderBy('t.year', 'DESC')
      .getRawMany<{ value: number; count: number }>();
    return rows.map(({ value, count }) => ({ value: String(value), count }));
  }
}
