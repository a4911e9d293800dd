import { isWatched } from '@hearth/contract/resume';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { PlayStateEntity } from './play-state.entity.js';

/** What is watched: a film, or one episode of a series. */
export interface PlayItem {
  titleId: string;
  episodeId: string | null;
}

/** Where each person is in everything they watch. */
@Injectable()
export class PlayStateService {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
  ) {}

  find(accountId: string, item: PlayItem): Promise<PlayStateEntity | null> {
    const itemId = item.episodeId ?? item.titleId;
    return this.database.read.findOneBy(PlayStateEntity, { accountId, itemId });
  }

  /** Saves a position; durable when it returns. Reaching 90 % marks as watched, once per sitting. */
  async save(
    accountId: string,
    item: PlayItem,
    positionSeconds: number,
    durationSeconds: number,
  ): Promise<boolean> {
    return this.database.write(async (manager) => {
      const state = await this.load(manager, accountId, item);
      const finished = isWatched(positionSeconds, durationSeconds);
      const finishedBefore = isWatched(state.positionSeconds, state.durationSeconds);
      if (finished && !finishedBefore) state.playCount += 1;
      Object.assign(state, { positionSeconds, durationSeconds, watched: state.watched || finished });
      await this.store(manager, state);
      return finished;
    });
  }

  /** Marks by hand; unmarking also forgets the position. */
  async mark(accountId: string, items: readonly PlayItem[], watched: boolean): Promise<void> {
    await this.database.write(async (manager) => {
      for (const item of items) {
        const state = await this.load(manager, accountId, item);
        if (watched && !state.watched) state.playCount += 1;
        Object.assign(state, { watched, positionSeconds: 0 });
        await this.store(manager, state);
      }
    });
  }

  private async load(manager: EntityManager, accountId: string, item: PlayItem): Promise<PlayStateEntity> {
    const itemId = item.episodeId ?? item.titleId;
    const known = await manager.findOneBy(PlayStateEntity, { accountId, itemId });
    const fresh = { positionSeconds: 0, durationSeconds: 0, watched: false, playCount: 0, updatedAt: 0 };
    return known ?? manager.create(PlayStateEntity, { accountId, itemId, ...item, ...fresh });
  }

  private async store(manager: EntityManager, state: PlayStateEntity): Promise<void> {
    state.updatedAt = Date.now();
    await manager.upsert(PlayStateEntity, state, ['accountId', 'itemId']);
    const { titleId, episodeId, positionSeconds, watched } = state;
    this.events.publish(
      'playstate.changed',
      { titleId, episodeId, positionSeconds, watched },
      state.accountId,
    );
  }
}
