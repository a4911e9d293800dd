import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { readTimeCursor, writeTimeCursor } from '../common/time-cursor.js';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { FavoriteEntity } from './favorite.entity.js';

export interface FavoritePage {
  titleIds: string[];
  total: number;
  nextCursor: string | null;
}

/** The titles a person likes. */
@Injectable()
export class FavoriteService {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
  ) {}

  has(accountId: string, titleId: string): Promise<boolean> {
    return this.database.read.existsBy(FavoriteEntity, { accountId, titleId });
  }

  /** Newest first. @param narrow leaves out rows, as `f`, that the account does not see: which, the library knows */
  async list(
    accountId: string,
    limit: number,
    cursor: string | undefined,
    narrow: (query: SelectQueryBuilder<FavoriteEntity>) => Promise<unknown>,
  ): Promise<FavoritePage> {
    const query = this.database.read
      .createQueryBuilder(FavoriteEntity, 'f')
      .where('f.accountId = :accountId', { accountId });
    await narrow(query);
    const total = await query.getCount();
    if (cursor !== undefined) {
      query.andWhere(
        '(f.createdAt < :time OR (f.createdAt = :time AND f.titleId < :id))',
        readTimeCursor(cursor),
      );
    }
    const rows = await query
      .orderBy('f.createdAt', 'DESC')
      .addOrderBy('f.titleId', 'DESC')
      .limit(limit + 1)
      .getMany();
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      titleIds: shown.map((row) => row.titleId),
      total,
      nextCursor: last ? writeTimeCursor({ time: last.createdAt, id: last.titleId }) : null,
    };
  }

  /** Saying it twice changes nothing. The title must exist. */
  async set(accountId: string, titleId: string, favorite: boolean): Promise<void> {
    await this.database.write(async (manager) => {
      if (favorite) {
        const row = { accountId, titleId, createdAt: Date.now() };
        await manager.createQueryBuilder().insert().into(FavoriteEntity).values(row).orIgnore().execute();
      } else {
        await manager.delete(FavoriteEntity, { accountId, titleId });
      }
      this.events.publish('favorites.changed', { titleId, favorite }, accountId);
    });
  }
}
