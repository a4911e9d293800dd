import { startedSeconds, startedShare, watchedShare } from '@hearth/contract/resume';
import type { Home } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { GenreRowsService } from './genre-rows.service.js';
import { NextUpService } from './next-up.service.js';
import { TitleCardsService } from './title-cards.service.js';
import { TitlePagesService } from './title-pages.service.js';
import { type WatchItem, WatchCardsService } from './watch-cards.service.js';

const rowLength = 20;
/** Newest play states read to find those that were begun and not finished. */
const statesRead = 5000;
/** `resumePosition(…) > 0` in SQL. */
const isUnderWay =
  'r.position_seconds > 0' +
  ` AND (r.duration_seconds <= 0 OR r.position_seconds < r.duration_seconds * ${watchedShare})` +
  ` AND (r.position_seconds >= ${startedSeconds} OR r.position_seconds >= r.duration_seconds * ${startedShare})`;

/** Everything the home screen shows, in a number of statements that does not grow with the library. */
@Injectable()
export class HomeService {
  constructor(
    private readonly database: Database,
    private readonly cards: TitleCardsService,
    private readonly watchCards: WatchCardsService,
    private readonly nextUp: NextUpService,
    private readonly pages: TitlePagesService,
    private readonly genreRows: GenreRowsService,
    private readonly audiences: AudienceService,
  ) {}

  async home(accountId: string): Promise<Home> {
    // Side by side: PostgreSQL answers what does not depend on each other over several connections.
    const [begun, followed, recent, genres] = await Promise.all([
      this.underWay(accountId),
      this.nextUp.followed(accountId, rowLength),
      this.recentlyAdded(accountId),
      this.genreRows.rows(accountId, rowLength),
    ]);
    const begunTitles = new Set(begun.map((item) => item.titleId));
    const next = [...followed].flatMap(([titleId, episodeId]) =>
      begunTitles.has(titleId) ? [] : { titleId, episodeId },
    );
    const ids = [...recent, ...genres.flatMap((row) => row.ids)];
    const [watch, titles] = await Promise.all([
      this.watchCards.of([...begun, ...next], accountId),
      this.cards.byId([...new Set(ids)], accountId),
    ]);
    const pick = (wanted: readonly string[]) => wanted.flatMap((id) => titles.get(id) ?? []);
    return {
      continueWatching: begun.flatMap(watch),
      nextUp: next.flatMap(watch),
      recentlyAdded: pick(recent),
      genres: genres.map((row) => ({ genre: row.genre, items: pick(row.ids) })),
    };
  }

  /** What was begun and not finished, newest first; of a series only the newest episode. */
  async underWay(accountId: string): Promise<WatchItem[]> {
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
      .limit(rowLength * 3);
    const rows = await (
      await this.audiences.narrowTitles(begun, accountId)
    ).getRawMany<{ title_id: string; episode_id: string | null }>();
    const newest = new Map<string, WatchItem>();
    for (const { title_id: titleId, episode_id: episodeId } of rows)
      if (!newest.has(titleId)) newest.set(titleId, { titleId, episodeId });
    return [...newest.values()].slice(0, rowLength);
  }

  private async recentlyAdded(accountId: string): Promise<string[]> {
    const places = await this.pages.page({
      filter: { available: true },
      sort: 'added',
      order: 'desc',
      limit: rowLength,
      after: undefined,
      total: Infinity,
      accountId,
    });
    return places.map((place) => place.id);
  }
}
