import type { PlaybackSession, playbackRoutes } from '@hearth/contract/playback';
import type { RouteInput } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Caller } from '../common/http/caller.js';
import { newId } from '../common/id.js';
import { notFound } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { PlayableService } from '../library/playable.service.js';
import { type PlayItem, PlayStateService } from '../user/play-state.service.js';
import { SessionService } from '../user/session.service.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';
import { PlayTargetService } from './play-target.service.js';
import { SessionViewService } from './session-view.service.js';

type Request = RouteInput<typeof playbackRoutes.start>;

/** A session that says nothing for this long counts as over, ms: three missed saves and some. */
const quietMs = 60_000;

/** Opens, follows and ends playback sessions. They live in the database, so that a restart in mid-film loses nothing. */
@Injectable()
export class PlaybackService {
  constructor(
    private readonly database: Database,
    private readonly targets: PlayTargetService,
    private readonly views: SessionViewService,
    private readonly playables: PlayableService,
    private readonly playStates: PlayStateService,
    private readonly sessions: SessionService,
  ) {}

  /** @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, PLAYBACK_UNSUPPORTED */
  async start(request: Request, caller: Caller): Promise<PlaybackSession> {
    const target = await this.targets.choose(request, caller.accountId);
    const now = Date.now();
    const session: PlaybackSessionEntity = {
      id: newId(),
      accountId: caller.accountId,
      ...target.item,
      fileId: target.file.id,
      deviceName: await this.sessions.deviceName(caller.sessionId),
      method: target.decision.method,
      positionSeconds: 0,
      durationSeconds: target.media.durationSeconds ?? 0,
      completed: false,
      hidden: false,
      startedAt: now,
      updatedAt: now,
      endedAt: null,
    };
    await this.database.write((manager) => manager.insert(PlaybackSessionEntity, session));
    return this.views.of(session.id, target, caller.accountId);
  }

  /** Durable when it returns. @throws ProblemError NOT_FOUND */
  async progress(sessionId: string, positionSeconds: number, caller: Caller): Promise<void> {
    await this.database.write(async (manager) => {
      const session = await manager.findOneBy(PlaybackSessionEntity, {
        id: sessionId,
        accountId: caller.accountId,
      });
      if (!session) throw notFound('playback session');
      const { durationSeconds } = session;
      const position = durationSeconds > 0 ? Math.min(positionSeconds, durationSeconds) : positionSeconds;
      let completed = session.completed;
      for (const item of await this.itemsOf(session)) {
        const finished = await this.playStates.save(caller.accountId, item, position, durationSeconds);
        completed ||= finished;
      }
      const change = { positionSeconds: position, completed, updatedAt: Date.now(), endedAt: null };
      await manager.update(PlaybackSessionEntity, { id: session.id }, change);
    });
  }

  /** @throws ProblemError NOT_FOUND */
  async stop(sessionId: string, caller: Caller): Promise<void> {
    const where = { id: sessionId, accountId: caller.accountId };
    const { affected } = await this.database.write((manager) =>
      manager.update(PlaybackSessionEntity, where, { endedAt: Date.now() }),
    );
    if (!affected) throw notFound('playback session');
  }

  /** Sessions that said something lately. */
  activeCount(): Promise<number> {
    const alive = { updatedAt: MoreThan(Date.now() - quietMs) };
    return this.database.read
      .createQueryBuilder(PlaybackSessionEntity, 'session')
      .where(alive)
      .andWhere('session.endedAt IS NULL')
      .getCount();
  }

  /** A file that holds several episodes moves them all. */
  private async itemsOf({ titleId, episodeId, fileId }: PlaybackSessionEntity): Promise<PlayItem[]> {
    if (episodeId === null) return [{ titleId, episodeId }];
    const episodes = fileId === null ? [] : await this.playables.episodesOfFile(fileId);
    return episodes.length > 1
      ? episodes.map((episode) => ({ titleId, episodeId: episode.id }))
      : [{ titleId, episodeId }];
  }
}
