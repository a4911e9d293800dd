import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { Database } from '../../database/database.js';
import { Episode } from '../entities/episode.entity.js';
import { Title } from '../entities/title.entity.js';

/** What a person would like to play, and no file of it is there. */
export interface WantedTitle {
  readonly accountId: string;
  readonly titleId: string;
  readonly episodeId: string | undefined;
}

/** Seen or chosen so lately, ms. */
const latelyMs = 30 * 24 * 60 * 60_000;
/** Of each of the lists. */
const mostLooked = 200;

interface Row {
  account_id: string;
  title_id: string;
}

/** Titles that people like or follow but that lack a file. */
@Injectable()
export class WantedTitles {
  constructor(private readonly database: Database) {}

  /** Favourites and what was watched lately, the latest first; of persons that providers are asked for. @param now ms since the epoch */
  async ofHousehold(now: number): Promise<WantedTitle[]> {
    const liked = this.people('favorite', 'created_at', 0);
    const watched = this.people('play_state', 'updated_at', now - latelyMs);
    const rows = [...(await liked), ...(await watched)];
    const wanted: WantedTitle[] = [];
    for (const [accountId, titles] of Map.groupBy(rows, (row) => row.account_id))
      wanted.push(...(await this.lacking([...new Set(titles.map((row) => row.title_id))], accountId)));
    return wanted;
  }

  /** Those of some titles that lack a file; of a series what comes next. */
  async lacking(titleIds: readonly string[], accountId: string): Promise<WantedTitle[]> {
    const rows = await this.database.read.findBy(Title, { id: In([...titleIds]) });
    const titles = rows.toSorted((a, b) => titleIds.indexOf(a.id) - titleIds.indexOf(b.id));
    const wanted: WantedTitle[] = [];
    for (const { id: titleId, type, available } of titles) {
      if (type === 'movie' && !available) wanted.push({ accountId, titleId, episodeId: undefined });
      if (type !== 'series') continue;
      const next = await this.next(titleId, accountId);
      if (next && !next.available) wanted.push({ accountId, titleId, episodeId: next.id });
    }
    return wanted;
  }

  /** The episode after the last one that was watched, there or not. */
  private async next(titleId: string, accountId: string): Promise<Episode | undefined> {
    const order = { seasonNumber: 'ASC', number: 'ASC' } as const;
    const where = { titleId, seasonNumber: MoreThan(0) };
    const episodes = await this.database.read.find(Episode, { where, order });
    const rows = await this.database.read
      .createQueryBuilder()
      .select('p.episode_id', 'episode_id')
      .from('play_state', 'p')
      .where('p.account_id = :accountId AND p.title_id = :titleId', { accountId, titleId })
      .andWhere('p.watched = :yes', { yes: true })
      .getRawMany<{ episode_id: string | null }>();
    const watched = new Set(rows.map((row) => row.episode_id));
    return episodes[episodes.findLastIndex(({ id }) => watched.has(id)) + 1];
  }

  private people(table: 'favorite' | 'play_state', time: string, since: number): Promise<Row[]> {
    return this.database.read
      .createQueryBuilder()
      .select('l.account_id', 'account_id')
      .addSelect('l.title_id', 'title_id')
      .from(table, 'l')
      .innerJoin('account', 'a', 'a.id = l.account_id')
      .where(`l.${time} >= :since`, { since })
      .andWhere("a.max_age IS NULL AND a.role <> 'child' AND a.disabled = :no", { no: false })
      .orderBy(`l.${time}`, 'DESC')
      .limit(mostLooked)
      .getRawMany<Row>();
  }
}
