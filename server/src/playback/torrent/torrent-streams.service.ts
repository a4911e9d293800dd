import type { StreamStatus } from '@hearth/contract/stream';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { Logger } from '../../common/log/logger.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { TorrentService } from '../../torrent/torrent.service.js';
import { LiveSessions, longestSessionMs } from '../live/live-sessions.js';
import { StatusAnnouncer } from '../live/status-announcer.js';
import { StreamLimitsService } from '../stream-limits.service.js';
import { RunningStream, type StreamWish } from './running-stream.js';
import { StreamStarter } from './stream-starter.service.js';
import { etaOf, headProgress } from './stream-progress.js';

/** A stream that neither its client nor its player was heard of for so long is over, ms: a pause for dinner. */
export const idleMs = 45 * 60_000;
/** The same while it is not ready, when a client asks every few seconds. */
const idleBeforeReadyMs = 5 * 60_000;
const sweepMs = 30_000;
/** What is over is still told of, ms. */
const toldMs = 10 * 60_000;

/** Streams of links as outside clients start them: start, ask until it is ready, play, stop. */
@Injectable()
export class TorrentStreams implements OnModuleInit, OnModuleDestroy {
  private readonly streams = new Map<string, RunningStream>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly torrents: TorrentService,
    private readonly starter: StreamStarter,
    private readonly limits: StreamLimitsService,
    private readonly live: LiveSessions,
    private readonly announcer: StatusAnnouncer,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.sweep(), sweepMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    for (const stream of this.streams.values()) stream.stop();
  }

  /**
   * Begins, and waits for nothing.
   * @throws ProblemError TORRENTS_DISABLED, TORRENTS_NOT_ALLOWED, TORRENT_INVALID, STREAM_LIMIT_REACHED, RATE_LIMITED
   */
  async start(wish: StreamWish, caller: Caller): Promise<StreamStatus> {
    await this.torrents.mustBeAllowed(caller.accountId);
    this.limits.countStart(caller.accountId);
    const pending = [...this.streams.values()].filter(
      (one) =>
        one.caller.accountId === caller.accountId &&
        !one.isOver &&
        one.status !== 'error' &&
        one.sessionId === null,
    );
    const playing = await this.limits.ofTorrents(caller.accountId);
    await this.torrents.mustHaveStreamLeft(caller.accountId, playing.length + pending.length);
    const stream = new RunningStream(wish, caller);
    this.streams.set(stream.id, stream);
    try {
      await this.starter.join(stream);
    } catch (error) {
      this.streams.delete(stream.id);
      throw error;
    }
    void this.starter.run(stream);
    return this.view(stream);
  }

  /** @throws ProblemError NOT_FOUND where it is somebody else's, too */
  status(streamId: string, caller: Caller): StreamStatus {
    const stream = this.own(streamId, caller);
    stream.heard();
    return this.view(stream);
  }

  /** Ends it: session, encoders, and the torrent with its data where it was there for this only. @throws ProblemError NOT_FOUND */
  async stop(streamId: string, caller: Caller): Promise<void> {
    const stream = this.own(streamId, caller);
    await this.end(stream);
    this.streams.delete(streamId);
  }

  /** Administrators see all, others their own. */
  list(caller: Caller): StreamStatus[] {
    const active = [...this.streams.values()].filter(({ isOver, status }) => !isOver && status !== 'error');
    return active
      .filter((stream) => caller.role === 'admin' || stream.caller.accountId === caller.accountId)
      .map((stream) => this.view(stream));
  }

  /** Ends what nobody was heard of any more. @param now ms since the epoch */
  async sweep(now = Date.now()): Promise<void> {
    for (const stream of [...this.streams.values()]) {
      const seen = this.live.find(stream.sessionId ?? '')?.lastSeenAt ?? 0;
      const quiet = now - Math.max(stream.heardAt, seen);
      const isIdle = quiet > (stream.status === 'ready' ? idleMs : idleBeforeReadyMs);
      if (!stream.isOver && (isIdle || now - stream.startedAt > longestSessionMs)) await this.end(stream);
      if (stream.isOver && quiet > toldMs) this.streams.delete(stream.id);
    }
  }

  private async end(stream: RunningStream): Promise<void> {
    if (stream.isOver) return;
    stream.stop();
    try {
      await this.starter.undo(stream);
    } catch (error) {
      if (!(error instanceof ProblemError)) this.logger.warn('A stream could not be tidied up', { error });
    }
  }

  private own(streamId: string, { accountId, role }: Caller): RunningStream {
    const stream = this.streams.get(streamId);
    if (!stream || (stream.caller.accountId !== accountId && role !== 'admin')) throw notFound('stream');
    return stream;
  }

  private view(stream: RunningStream): StreamStatus {
    const { id: streamId, status, message, streamUrl, duration, infoHash, sessionId } = stream;
    const facts = infoHash === null ? undefined : this.torrents.facts(infoHash);
    const session = sessionId === null ? undefined : this.live.find(sessionId);
    const conversion = session && status === 'converting' ? this.announcer.stateOf(session) : undefined;
    const isDone = status === 'ready';
    return {
      ...{ streamId, status, message, streamUrl, duration },
      progress: isDone ? 100 : (conversion?.progress ?? headProgress(facts, stream.timeline.current)),
      eta: isDone ? 0 : (conversion?.etaSeconds ?? etaOf(facts, stream.timeline.current)),
      downloadSpeed: facts?.downloadSpeed ?? 0,
      peers: facts?.peers ?? 0,
      timeline: stream.timeline.steps,
    };
  }
}
