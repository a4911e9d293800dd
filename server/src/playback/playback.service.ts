import type { PlaybackSession, playbackRoutes } from '@hearth/contract/playback';
import type { WaitStep } from '@hearth/contract/session-activity';
import type { RouteInput } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Caller } from '../common/http/caller.js';
import { newId } from '../common/id.js';
import { notFound } from '../common/problem-error.js';
import { isFoundSourceId } from '../library/sources/found-sources.service.js';
import { Database } from '../database/database.js';
import { SessionService } from '../user/session.service.js';
import { FailureMemoryService } from './failure-memory.service.js';
import { unsupported } from './file-decision.service.js';
import { longestSessionMs } from './live/live-sessions.js';
import { WaitTimeline } from './live/wait-timeline.js';
import type { PlayTarget } from './play-target.js';
import { PlayTargetService } from './play-target.service.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';
import { planOf, readPlan } from './session-plan.js';
import { SessionOpener } from './session-opener.service.js';
import { StreamLimitsService } from './stream-limits.service.js';
import { SourcePlays, unlessItOpens } from './source/source-plays.service.js';
import { TorrentFiles } from './torrent/torrent-files.service.js';

type StartInput = RouteInput<typeof playbackRoutes.start>;
type ChooseInput = RouteInput<typeof playbackRoutes.choose>;
type FailedInput = RouteInput<typeof playbackRoutes.failed>;

/** Who starts, and what looks on. */
interface Way {
  readonly caller: Caller;
  readonly timeline: WaitTimeline;
  readonly signal: AbortSignal | undefined;
}

/** Opens, changes and ends playback sessions. They live in the database, so that a restart in mid-film loses nothing. */
@Injectable()
export class PlaybackService {
  constructor(
    private readonly database: Database,
    private readonly targets: PlayTargetService,
    private readonly opener: SessionOpener,
    private readonly limits: StreamLimitsService,
    private readonly failures: FailureMemoryService,
    private readonly devices: SessionService,
    private readonly torrents: TorrentFiles,
    private readonly sources: SourcePlays,
  ) {}

  /**
   * Where what was chosen does not open, and the title was named too, the next best source is tried: `sourceId` of the
   * session says what plays.
   * @param timeline what the start waits for, as far as somebody else looks at it meanwhile
   * @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, PLAYBACK_UNSUPPORTED, STREAM_LIMIT_REACHED; of torrents also
   * TORRENT_METADATA_TIMEOUT, TORRENT_NOT_READY, TORRENT_REFUSED
   */
  async start(input: StartInput, caller: Caller, timeline = new WaitTimeline(), signal?: AbortSignal): Promise<PlaybackSession> {
    const way = { caller, timeline, signal };
    try {
      return await this.begin(input, way);
    } catch (error) {
      for (const sourceId of await this.sources.instead(input, error, caller)) {
        const session = await this.begin({ ...input, sourceId }, way).catch(unlessItOpens);
        if (session) return session;
      }
      throw error;
    }
  } // prettier-ignore

  /**
   * Another quality, track or subtitle for a running session.
   * @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, PLAYBACK_UNSUPPORTED, STREAM_LIMIT_REACHED
   */
  async choose({ sessionId, client, choice }: ChooseInput, caller: Caller): Promise<PlaybackSession> {
    const session = await this.ownRunning(sessionId, caller);
    return this.opener.open(session, await this.targets.again(session, { client, choice }, caller));
  }

  /**
   * What was decided did not play: the device is not given it again, now or later.
   * @throws ProblemError NOT_FOUND; PLAYBACK_UNSUPPORTED when nothing is left to try
   */
  async failed(input: FailedInput, caller: Caller): Promise<PlaybackSession> {
    const session = await this.ownRunning(input.sessionId, caller);
    const { failureKey } = readPlan(session.plan);
    if (failureKey !== '') await this.failures.remember(caller.sessionId, failureKey, input.reason);
    const target = await this.targets.again(session, input, caller);
    // The last rung is never closed for good, but within one session it was tried.
    if (target.decision.failureKey === failureKey)
      throw unsupported(['Nothing else is left to try on this device.']);
    return this.opener.open(session, target, { resumeSeconds: input.positionSeconds || undefined });
  }

  /**
   * Its encoders go, unless somebody else watches the same. Administrators end anybody's; its viewer is told.
   * @throws ProblemError NOT_FOUND
   */
  async stop(sessionId: string, caller: Caller): Promise<void> {
    const own = caller.role === 'admin' ? {} : { accountId: caller.accountId };
    const session = await this.database.write(async (manager) => {
      const found = await manager.findOneBy(PlaybackSessionEntity, { id: sessionId, ...own });
      if (found) await manager.update(PlaybackSessionEntity, { id: found.id }, { endedAt: Date.now() });
      return found;
    });
    if (!session) throw notFound('playback session');
    this.opener.close(session, session.accountId !== caller.accountId);
    await this.sources.ended(session.id);
  }

  /** Sessions that said something lately. */
  async activeCount(): Promise<number> {
    return (await this.limits.running()).length;
  }

  private async begin({ torrent, sourceId, ...input }: StartInput, { caller, timeline, signal }: Way): Promise<PlaybackSession> {
    const onStep = (step: WaitStep['step']): void => timeline.begin(step);
    const isFound = sourceId !== undefined && isFoundSourceId(sourceId);
    if (torrent || isFound) onStep('metadata');
    const found = isFound ? await this.sources.open(sourceId, caller, signal) : undefined;
    try {
      const ofTorrent = torrent && (await this.torrents.id(torrent, caller.accountId, signal));
      const fileId = found?.fileId ?? ofTorrent ?? sourceId ?? input.fileId;
      timeline.begin('decision');
      const target = await this.targets.choose({ ...input, fileId, item: found?.item, onStep }, caller);
      signal?.throwIfAborted();
      const session = await this.newSession(target, caller);
      const opened = await this.opener.open(session, { ...target, sourceId: found?.sourceId }, { timeline });
      if (found) this.sources.started(session.id, found);
      timeline.end();
      return opened;
    } catch (error) {
      await found?.release();
      throw error;
    }
  } // prettier-ignore

  private async newSession(
    { item, file, media, decision }: PlayTarget,
    caller: Caller,
  ): Promise<PlaybackSessionEntity> {
    const now = Date.now();
    return {
      id: newId(),
      accountId: caller.accountId,
      ...item,
      fileId: file.id,
      deviceName: (await this.devices.device(caller.sessionId)).deviceName,
      deviceSessionId: caller.sessionId,
      plan: planOf(decision),
      method: decision.method,
      positionSeconds: 0,
      durationSeconds: media.durationSeconds ?? 0,
      completed: false,
      hidden: false,
      startedAt: now,
      updatedAt: now,
      endedAt: null,
    };
  }

  private async ownRunning(id: string, { accountId }: Caller): Promise<PlaybackSessionEntity> {
    const where = { id, accountId, endedAt: IsNull() };
    const session = await this.database.read.findOneBy(PlaybackSessionEntity, where);
    if (!session || session.startedAt < Date.now() - longestSessionMs)
      throw notFound('running playback session');
    return session;
  }
}
