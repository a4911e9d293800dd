import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { In, IsNull, LessThan } from 'typeorm';
import { Logger } from '../../common/log/logger.js';
import { Database } from '../../database/database.js';
import { PlaybackSessionEntity } from '../playback-session.entity.js';
import { quietMs } from '../stream-limits.service.js';
import type { LiveSession } from './live-session.js';
import { LiveSessions, longestSessionMs } from './live-sessions.js';

const everyMs = 10_000;

/** Lets go of what nobody watches any more, and keeps the rest alive in the database. */
@Injectable()
export class SessionHousekeeping implements OnModuleInit, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly live: LiveSessions,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.runSafely(), everyMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** One round. @param now ms since the epoch */
  async run(now = Date.now()): Promise<void> {
    const [quiet, busy] = this.split(now);
    // Nobody asked for anything: its encoders go, its segments stay, and its next request takes it up again.
    for (const { facts } of quiet) this.live.close(facts.id);
    await this.database.write(async (manager) => {
      const old = {
        endedAt: IsNull(),
        startedAt: LessThan(now - longestSessionMs),
        updatedAt: LessThan(now - quietMs),
      };
      await manager.update(PlaybackSessionEntity, old, { endedAt: now });
      const streamed = { id: In(busy.map(({ facts }) => facts.id)), endedAt: IsNull() };
      if (busy.length > 0) await manager.update(PlaybackSessionEntity, streamed, { updatedAt: now });
    });
    await this.closeEnded(busy);
  }

  private split(now: number): [quiet: LiveSession[], busy: LiveSession[]] {
    const isQuiet = (session: LiveSession): boolean =>
      session.waiting.length === 0 && session.lastSeenAt < now - quietMs;
    const { all } = this.live;
    return [
      all.filter(isQuiet),
      all.filter((session) => !isQuiet(session) && session.lastSeenAt > now - 2 * everyMs),
    ];
  }

  /** Ended elsewhere: by another process, or with its account. */
  private async closeEnded(busy: readonly LiveSession[]): Promise<void> {
    if (busy.length === 0) return;
    const ids = busy.map(({ facts }) => facts.id);
    const rows = await this.database.read.findBy(PlaybackSessionEntity, { id: In(ids), endedAt: IsNull() });
    const running = new Set(rows.map(({ id }) => id));
    for (const id of ids) if (!running.has(id)) this.live.close(id);
  }

  private async runSafely(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.logger.warn('Playback sessions could not be looked after', { error });
    }
  }
}
