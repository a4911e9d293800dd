import type { SessionStatus } from '@hearth/contract/playback';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { notFound } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { TitleCardsService } from '../../library/catalogue/title-cards.service.js';
import { TranscodingService } from '../../transcoding/transcoding.service.js';
import { AccountService } from '../../user/account.service.js';
import { PlaybackSessionEntity } from '../playback-session.entity.js';
import { readPlan } from '../session-plan.js';
import { StreamLimitsService } from '../stream-limits.service.js';
import { LiveSessions } from './live-sessions.js';
import { sessionState } from './session-state.js';
import { StatusAnnouncer } from './status-announcer.js';

type Streams = SessionStatus['streams'];

/** The picture is encoded in software because the hardware failed at it. */
const withFallback = (streams: Streams): Streams => ({
  ...streams,
  video: streams.video && {
    ...streams.video,
    reasons: [...streams.video.reasons, 'hardware-encoder-failed'],
  },
});

/** `v0-720p` and `v0-720p-b3` are 720p; a copy is the original. */
const qualityOf = (renditionId: string): string => /-(\d{2,4}p)(-|$)/.exec(renditionId)?.[1] ?? 'original';

/** How sessions are doing: what the database knows of them and what happens at the moment. */
@Injectable()
export class SessionStatusService {
  constructor(
    private readonly database: Database,
    private readonly titles: TitleCardsService,
    private readonly accounts: AccountService,
    private readonly limits: StreamLimitsService,
    private readonly live: LiveSessions,
    private readonly announcer: StatusAnnouncer,
    private readonly transcoding: TranscodingService,
  ) {}

  /** Running ones: administrators see all, others their own. */
  async list(caller: Caller): Promise<SessionStatus[]> {
    const running = await this.limits.running();
    const mine = running.filter(({ accountId }) => accountId === caller.accountId || caller.role === 'admin');
    return this.describe(mine, caller);
  }

  /** @throws ProblemError NOT_FOUND where it is somebody else's, too */
  async one(id: string, caller: Caller): Promise<SessionStatus> {
    const own = caller.role === 'admin' ? {} : { accountId: caller.accountId };
    const row = await this.database.read.findOneBy(PlaybackSessionEntity, { id, ...own });
    const [status] = row ? await this.describe([row], caller) : [];
    if (!status) throw notFound('playback session');
    return status;
  }

  private async describe(rows: PlaybackSessionEntity[], caller: Caller): Promise<SessionStatus[]> {
    const ids = [...new Set(rows.map(({ titleId }) => titleId))];
    const cards = await this.titles.list(ids, caller.accountId);
    const names = new Map(cards.map(({ id, name }) => [id, name]));
    const people = await this.accounts.names(rows.map(({ accountId }) => accountId));
    return rows.map((row) => ({
      ...this.happening(row),
      sessionId: row.id,
      positionSeconds: row.positionSeconds,
      durationSeconds: row.durationSeconds,
      accountId: row.accountId,
      username: people.get(row.accountId) ?? '',
      deviceName: row.deviceName,
      titleId: row.titleId,
      titleName: names.get(row.titleId) ?? '',
      episodeId: row.episodeId,
      startedAt: new Date(row.startedAt).toISOString(),
    }));
  }

  private happening(row: PlaybackSessionEntity) {
    const { method, reasons, streams, quality, renditions: ids } = readPlan(row.plan);
    const live = row.endedAt === null ? this.live.find(row.id) : undefined;
    const state = live ? this.announcer.stateOf(live) : { ...this.quiet(row), renditions: [] };
    const fellBack = ids.some((id) => live && this.transcoding.hardwareFailed(live.facts.contentKey, id));
    return {
      method,
      reasons,
      streams: fellBack ? withFallback(streams) : streams,
      quality: live?.shown ? qualityOf(live.shown) : quality,
      ...state,
      sendSpeed: live?.speed.bytesPerSecond ?? 0,
      timeline: live?.timeline.steps ?? [],
    };
  }

  /** A session this process does not stream at the moment: over, paused for long, or another process's. */
  private quiet({ endedAt, method }: PlaybackSessionEntity) {
    return sessionState({
      method,
      ended: endedAt !== null,
      error: null,
      paused: true,
      playing: true,
      waitingMs: null,
      startingMs: 0,
      step: null,
      renditions: [],
    });
  }
}
