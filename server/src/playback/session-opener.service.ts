import type { PlaybackSession } from '@hearth/contract/playback';
import { Injectable } from '@nestjs/common';
import { contentKey } from '../library/playable.service.js';
import { TranscodingService } from '../transcoding/transcoding.service.js';
import { BesideFiles } from './beside-files.service.js';
import { LiveSessions } from './live/live-sessions.js';
import { StatusAnnouncer } from './live/status-announcer.js';
import type { WaitTimeline } from './live/wait-timeline.js';
import type { PlayTarget } from './play-target.js';
import type { PlaybackSessionEntity } from './playback-session.entity.js';
import { planOf } from './session-plan.js';
import { SessionViewService } from './session-view.service.js';
import { StreamLimitsService } from './stream-limits.service.js';
import { WatchingExtrasService } from './watching-extras.service.js';

/** Has a session play what was decided for it. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly limits: StreamLimitsService,
    private readonly live: LiveSessions,
    private readonly announcer: StatusAnnouncer,
    private readonly views: SessionViewService,
    private readonly extras: WatchingExtrasService,
    private readonly transcoding: TranscodingService,
    private readonly beside: BesideFiles,
  ) {}

  /**
   * Lets the session in with its plan, and begins with what the player will ask for first.
   * @param resumeSeconds where to go on; left out: where the person stopped the last time
   * @throws ProblemError STREAM_LIMIT_REACHED
   */
  async open(
    session: PlaybackSessionEntity,
    target: PlayTarget,
    { timeline, resumeSeconds }: { timeline?: WaitTimeline; resumeSeconds?: number | undefined } = {},
  ): Promise<PlaybackSession> {
    const { decision, file, path, media, item } = target;
    Object.assign(session, { plan: planOf(decision), method: decision.method, updatedAt: Date.now() });
    await this.limits.admit(session);
    this.live.open(session, contentKey(file), timeline);
    const view = await this.views.of(session, target, resumeSeconds);
    const input = await this.beside.input({ path, file }, media, decision.renditions);
    this.transcoding.warm(input, decision.renditions, view.resumeSeconds);
    this.extras.want(file, item);
    return view;
  }

  /** @param byOther not its viewer ended it: they are told, and it does not come back by itself */
  close({ id, accountId }: Pick<PlaybackSessionEntity, 'id' | 'accountId'>, byOther: boolean): void {
    this.live.close(id);
    if (!byOther) return;
    this.live.endForGood(id);
    this.announcer.ended(id, accountId);
  }
}
