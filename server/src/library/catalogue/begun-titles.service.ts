import { startedSeconds, startedShare, watchedShare } from '@hearth/contract/resume';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import type { WatchItem } from './watch-cards.service.js';

/** Newest play states read to find those that were begun and not finished. */
const statesRead = 5000;
/** `resumePosition(…) > 0` in SQL. */
const isUnderWay =
  'r.position_seconds > 0' +
  ` AND (r.duration_seconds <= 0 OR r.position_seconds < r.duration_seconds * ${watchedShare})` +
  ` AND (r.position_seconds >= ${startedSeconds} OR r.position_seconds >= r.duration_seconds * ${startedShare})`;

/** What people are in the middle of. */
@Injectable()
export class BegunTitlesService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
  ) {}

  /** What was begun and not finished, newest first; of a series only the newest episode. */
  async of(accountId: string, most: number): Promise<WatchItem[]> {
    const recent = this.database.read
      .createQueryBuilder()
      .select('*')
      .from('play_state', 'p')
      .where('p.account_id = :accountId')
      .orderBy('p.updated_at', 'DESC')
      .limit(statesRead);
    const begun = this.database.read
      .createQueryBuilder()
      .select('r.title_id', 'title_id')
      .addSelect('r.episode_id', 'episode_id')
      .from(`(${recent.getQuery()})`, 'r')
      .innerJoin('title', 't', 't.id = r.title_id')
      .where(`t.available = :true AND ${isUnderWay}`, { true: true, accountId })
      .orderBy('r.updated_at', 'DESC')
      .limit(most * 3);
    const rows = await (
      await this.audiences.narrowTitles(begun, accountId)
    ).getRawMany<{ title_id: string; episode_id: string | null }>();
    const newest = new Map<string, WatchItem>();
    for (const { title_id: titleId, episode_id: episodeId } of rows)
      if (!newest.has(titleId)) newest.set(titleId, { titleId, episodeId });
    return [...newest.values()].slice(0, most);
  }
}
