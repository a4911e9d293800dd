import type { HistoryEntry } from '@hearth/contract/playback';
import type { TitleCard } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem-error.js';
import { readTimeCursor, writeTimeCursor } from '../common/time-cursor.js';
import { Database } from '../database/database.js';
import { AudienceService } from '../library/audience/audience.service.js';
import { TitleCardsService } from '../library/catalogue/title-cards.service.js';
import { WatchCardsService } from '../library/catalogue/watch-cards.service.js';
import { isNoTorrent } from '../library/torrent/torrent-places.service.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';

export interface Page<T> {
  items: T[];
  total: number;
  nextCursor: string | null;
}

const popularDays = 90;

/** What was watched: by one person, and by the household. */
@Injectable()
export class HistoryService {
  constructor(
    private readonly database: Database,
    private readonly cards: TitleCardsService,
    private readonly watchCards: WatchCardsService,
    private readonly audiences: AudienceService,
  ) {}

  /** Newest first; only sittings in which something was actually watched, of what the account still sees. */
  async list(accountId: string, limit: number, cursor: string | undefined): Promise<Page<HistoryEntry>> {
    const query = this.database.read
      .createQueryBuilder(PlaybackSessionEntity, 's')
      .where('s.accountId = :accountId AND s.hidden = :no AND s.positionSeconds > 0', {
        accountId,
        no: false,
      });
    await this.audiences.narrowByTitle(query, accountId, 's.titleId');
    const total = await query.getCount();
    if (cursor !== undefined) {
      query.andWhere('(s.updatedAt < :time OR (s.updatedAt = :time AND s.id < :id))', readTimeCursor(cursor));
    }
    const rows = await query
      .orderBy('s.updatedAt', 'DESC')
      .addOrderBy('s.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: await this.entries(shown, accountId),
      total,
      nextCursor: last ? writeTimeCursor({ time: last.updatedAt, id: last.id }) : null,
    };
  }

  /** @throws ProblemError NOT_FOUND */
  async remove(accountId: string, id: string): Promise<void> {
    const entry = await this.database.read.findOneBy(PlaybackSessionEntity, { id, accountId, hidden: false });
    if (!entry || !(await this.audiences.seesTitle(entry.titleId, accountId)))
      throw notFound('history entry');
    const { affected } = await this.database.write((manager) =>
      manager.update(PlaybackSessionEntity, { id, accountId, hidden: false }, { hidden: true }),
    );
    if (!affected) throw notFound('history entry');
  }

  /** By how many people, then by how many sittings. Says nothing of who. */
  async popular(accountId: string, limit: number): Promise<TitleCard[]> {
    const query = this.database.read
      .createQueryBuilder(PlaybackSessionEntity, 's')
      .select('s.titleId', 'titleId')
      .where(`s.updatedAt > :since AND s.positionSeconds > 0 AND ${isNoTorrent('s.titleId')}`, {
        since: Date.now() - popularDays * 86_400_000,
      })
      .groupBy('s.titleId')
      .orderBy('COUNT(DISTINCT s.accountId)', 'DESC')
      .addOrderBy('COUNT(*)', 'DESC')
      .addOrderBy('s.titleId', 'DESC')
      .limit(limit);
    await this.audiences.narrowByTitle(query, accountId, 's.titleId');
    const rows = await query.getRawMany<{ titleId: string }>();
    return this.cards.list(
      rows.map((row) => row.titleId),
      accountId,
    );
  }

  private async entries(rows: PlaybackSessionEntity[], accountId: string): Promise<HistoryEntry[]> {
    const cardOf = await this.watchCards.of(rows, accountId);
    return rows.flatMap((row) =>
      cardOf(row).map((card) => ({
        ...card,
        id: row.id,
        watchedAt: new Date(row.updatedAt).toISOString(),
        positionSeconds: row.positionSeconds,
        durationSeconds: row.durationSeconds,
        completed: row.completed,
        deviceName: row.deviceName,
      })),
    );
  }
}
