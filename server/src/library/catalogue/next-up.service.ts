import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';

interface WatchedRow {
  title_id: string;
  episode_id: string;
}

/** How far back the watched episodes are read to see what somebody follows. */
const watchedRead = 1000;

/** The states of one series are few, but SQLite would walk all there are for the sake of their order in an index. */
const byTime = 'p.updated_at + 0';

/** An episode is past another when its season is later, or its number in the same season. */
const isPast =
  '(e.season_number > l.season_number OR (e.season_number = l.season_number AND e.number > l.number))';

/** What comes next in the series somebody follows. */
@Injectable()
export class NextUpService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
  ) {}

  /**
   * Next unwatched episode after the one watched last, for each series watched lately, the latest first.
   * @returns episode ids by title id
   */
  async followed(accountId: string, limit: number): Promise<Map<string, string>> {
    const last = new Map<string, string>();
    for (const row of await this.lastWatched(accountId)) {
      if (!last.has(row.title_id)) last.set(row.title_id, row.episode_id);
    }
    // Some series are finished: ask for more than are wanted.
    const candidates = [...last].slice(0, limit * 3);
    const next = await this.after(
      candidates.map(([, episodeId]) => episodeId),
      accountId,
    );
    const found = candidates.flatMap(([titleId]) => {
      const episodeId = next.get(titleId);
      return episodeId === undefined ? [] : [[titleId, episodeId] as const];
    });
    return new Map(found.slice(0, limit));
  }

  /** The first episode after the last one watched of one series, or its first unwatched one; null when all is seen. */
  async ofTitle(titleId: string, accountId: string): Promise<string | null> {
    const [last] = await this.lastWatched(accountId, titleId);
    const next = last && (await this.after([last.episode_id], accountId)).get(titleId);
    if (next) return next;
    const unwatched = await this.unwatched(accountId);
    const first = await unwatched
      .select('e.id', 'id')
      .andWhere('e.title_id = :titleId', { titleId })
      .orderBy('CASE WHEN e.season_number = 0 THEN 1 ELSE 0 END', 'ASC')
      .addOrderBy('e.season_number', 'ASC')
      .addOrderBy('e.number', 'ASC')
      .limit(1)
      .getRawOne<{ id: string }>();
    return first?.id ?? null;
  }

  private async after(episodeIds: readonly string[], accountId: string): Promise<Map<string, string>> {
    if (episodeIds.length === 0) return new Map();
    const unwatched = await this.unwatched(accountId);
    const ranked = unwatched
      .select('e.id', 'id')
      .addSelect('e.title_id', 'title_id')
      .addSelect('ROW_NUMBER() OVER (PARTITION BY e.title_id ORDER BY e.season_number, e.number)', 'place')
      .innerJoin('episode', 'l', `l.title_id = e.title_id AND ${isPast}`)
      .andWhere('l.id IN (:...episodeIds) AND e.season_number > 0', { episodeIds });
    const rows = await this.database.read
      .createQueryBuilder()
      .select('n.id', 'id')
      .addSelect('n.title_id', 'title_id')
      .from(`(${ranked.getQuery()})`, 'n')
      .where('n.place = 1')
      .setParameters(ranked.getParameters())
      .getRawMany<{ id: string; title_id: string }>();
    return new Map(rows.map((row) => [row.title_id, row.id]));
  }

  private async unwatched(accountId: string) {
    const query = this.database.read
      .createQueryBuilder()
      .from('episode', 'e')
      .leftJoin('play_state', 'ps', 'ps.account_id = :accountId AND ps.item_id = e.id AND ps.watched = :true')
      .where('ps.item_id IS NULL AND e.available = :true')
      .setParameters({ accountId, true: true });
    return this.audiences.narrowByTitle(query, accountId, 'e.title_id');
  }

  /** Newest first; of those marked together, the last in the order of the series. */
  private async lastWatched(accountId: string, titleId?: string): Promise<WatchedRow[]> {
    const recent = this.database.read
      .createQueryBuilder()
      .select('p.title_id', 'title_id')
      .addSelect('p.episode_id', 'episode_id')
      .addSelect('p.updated_at', 'updated_at')
      .from('play_state', 'p')
      .where('p.account_id = :accountId AND p.watched = :true AND p.episode_id IS NOT NULL')
      .orderBy(titleId === undefined ? 'p.updated_at' : byTime, 'DESC')
      .limit(watchedRead);
    if (titleId !== undefined) recent.andWhere('p.title_id = :titleId');
    await this.audiences.narrowByTitle(recent, accountId, 'p.title_id');
    return this.database.read
      .createQueryBuilder()
      .select('r.title_id', 'title_id')
      .addSelect('r.episode_id', 'episode_id')
      .from(`(${recent.getQuery()})`, 'r')
      .innerJoin('episode', 'e', 'e.id = r.episode_id')
      .orderBy('r.updated_at', 'DESC')
      .addOrderBy('e.season_number', 'DESC')
      .addOrderBy('e.number', 'DESC')
      .setParameters({ ...recent.getParameters(), accountId, titleId, true: true })
      .getRawMany<WatchedRow>();
  }
}
