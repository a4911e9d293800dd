import type { playbackRoutes } from '@hearth/contract/playback';
import type { RouteInput } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../common/http/caller.js';
import { notFound } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { AudienceService } from '../library/audience/audience.service.js';
import { PlayableService } from '../library/playable.service.js';
import { type PlayItem, PlayStateService } from '../user/play-state.service.js';
import { LiveSessions } from './live/live-sessions.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';

/** Remembers where each person is. */
@Injectable()
export class ProgressService {
  constructor(
    private readonly database: Database,
    private readonly playables: PlayableService,
    private readonly playStates: PlayStateService,
    private readonly live: LiveSessions,
    private readonly audiences: AudienceService,
  ) {}

  /** Durable when it returns. @throws ProblemError NOT_FOUND */
  async save(
    input: RouteInput<typeof playbackRoutes.progress>,
    { accountId }: Pick<Caller, 'accountId'>,
  ): Promise<void> {
    const { sessionId, positionSeconds, paused } = input;
    await this.database.write(async (manager) => {
      const session = await manager.findOneBy(PlaybackSessionEntity, { id: sessionId, accountId });
      if (!session || !(await this.audiences.seesTitle(session.titleId, accountId)))
        throw notFound('playback session');
      const { durationSeconds, endedAt, method } = session;
      const position = durationSeconds > 0 ? Math.min(positionSeconds, durationSeconds) : positionSeconds;
      let completed = session.completed;
      for (const item of await this.itemsOf(session)) {
        const finished = await this.playStates.save(accountId, item, position, durationSeconds);
        completed ||= finished;
      }
      await manager.update(
        PlaybackSessionEntity,
        { id: session.id },
        {
          positionSeconds: position,
          completed,
          updatedAt: Date.now(),
          // Whoever goes on with a file as it is is back; what is converted had to make room for others.
          endedAt: method === 'direct' && !this.live.isOverForGood(sessionId) ? null : endedAt,
        },
      );
    });
    const live = this.live.find(sessionId);
    live?.seen();
    if (live) live.paused = paused;
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
