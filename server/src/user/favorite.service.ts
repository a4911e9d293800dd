import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { FavoriteEntity } from './favorite.entity.js';

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
