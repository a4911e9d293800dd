import {
  type HistoryEntry,
  type PlaybackSession,
  playbackRoutes,
  type SessionStatus,
} from '@hearth/contract/playback';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import type { TitleCard } from '@hearth/contract/title';
import { Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { HistoryService, type Page } from './history.service.js';
import { SessionStatusService } from './live/session-status.service.js';
import { PlaybackService } from './playback.service.js';
import { ProgressService } from './progress.service.js';
import { WatchedService } from './watched.service.js';
import { WatchingExtrasService } from './watching-extras.service.js';

@Controller()
export class PlaybackController {
  constructor(
    private readonly playback: PlaybackService,
    private readonly saving: ProgressService,
    private readonly statuses: SessionStatusService,
    private readonly watchedMarks: WatchedService,
    private readonly historyService: HistoryService,
    private readonly beside: WatchingExtrasService,
  ) {}

  @Handle(playbackRoutes.start)
  async start(
    @Input() input: RouteInput<typeof playbackRoutes.start>,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
  ): Promise<PlaybackSession> {
    const session = await this.playback.start(input, caller);
    // A page that was closed meanwhile never learns what to end.
    if (request.raw.socket.destroyed) await this.playback.stop(session.sessionId, caller);
    return session;
  }

  @Handle(playbackRoutes.progress)
  progress(
    @Input() input: RouteInput<typeof playbackRoutes.progress>,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.saving.save(input, caller);
  }

  @Handle(playbackRoutes.stop)
  async stop(
    @Input() { sessionId, positionSeconds }: RouteInput<typeof playbackRoutes.stop>,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    try {
      if (positionSeconds !== undefined)
        await this.saving.save({ sessionId, positionSeconds, paused: true }, caller);
    } finally {
      await this.playback.stop(sessionId, caller);
    }
  }

  @Handle(playbackRoutes.choose)
  choose(
    @Input() input: RouteInput<typeof playbackRoutes.choose>,
    @CurrentCaller() caller: Caller,
  ): Promise<PlaybackSession> {
    return this.playback.choose(input, caller);
  }

  @Handle(playbackRoutes.failed)
  failed(
    @Input() input: RouteInput<typeof playbackRoutes.failed>,
    @CurrentCaller() caller: Caller,
  ): Promise<PlaybackSession> {
    return this.playback.failed(input, caller);
  }

  @Handle(playbackRoutes.status)
  status(
    @Input() { sessionId }: { sessionId: string },
    @CurrentCaller() caller: Caller,
  ): Promise<SessionStatus> {
    return this.statuses.one(sessionId, caller);
  }

  @Handle(playbackRoutes.sessions)
  async sessions(@CurrentCaller() caller: Caller): Promise<{ items: SessionStatus[] }> {
    return { items: await this.statuses.list(caller) };
  }

  @Handle(playbackRoutes.extras)
  extras(
    @Input() { sessionId }: { sessionId: string },
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<typeof playbackRoutes.extras>> {
    return this.beside.ofSession(sessionId, caller.accountId);
  }

  @Handle(playbackRoutes.watched)
  watched(
    @Input() input: RouteInput<typeof playbackRoutes.watched>,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.watchedMarks.mark(input, caller.accountId);
  }

  @Handle(playbackRoutes.history)
  history(
    @Input() { limit, cursor }: RouteInput<typeof playbackRoutes.history>,
    @CurrentCaller() caller: Caller,
  ): Promise<Page<HistoryEntry>> {
    return this.historyService.list(caller.accountId, limit, cursor);
  }

  @Handle(playbackRoutes.deleteHistory)
  deleteHistory(@Input() { id }: { id: string }, @CurrentCaller() caller: Caller): Promise<void> {
    return this.historyService.remove(caller.accountId, id);
  }

  @Handle(playbackRoutes.popular)
  async popular(
    @Input() { limit }: { limit: number },
    @CurrentCaller() caller: Caller,
  ): Promise<{ items: TitleCard[] }> {
    return { items: await this.historyService.popular(caller.accountId, limit) };
  }
}
