import { Inject, Injectable, Optional } from '@nestjs/common';
import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import { ProblemError } from '../common/problem-error.js';
import { RateLimit } from '../common/rate-limit.js';
import type { Config } from '../config/config.js';
import { InjectConfig } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { infoHashOf } from '../library/torrent/torrent-places.service.js';
import { TorrentService } from '../torrent/torrent.service.js';
import { AccountService } from '../user/account.service.js';
import { LiveSessions } from './live/live-sessions.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';

/** A session that says nothing for this long counts as over, ms: three missed saves and some. */
export const quietMs = 60_000;

/** How many may play at the same time: on the whole server, and of one account. */
@Injectable()
export class StreamLimitsService {
  private readonly starts: RateLimit;

  constructor(
    private readonly database: Database,
    @Inject(AccountService) private readonly accounts: Pick<AccountService, 'limits'>,
    private readonly live: LiveSessions,
    @InjectConfig()
    private readonly config: Pick<Config, 'maxConcurrentStreams'> & {
      readonly torrents: Pick<Config['torrents'], 'streamRateLimit'>;
    },
    @Optional()
    @Inject(TorrentService)
    private readonly torrents?: Pick<TorrentService, 'mustHaveStreamLeft'>,
  ) {
    this.starts = new RateLimit(config.torrents.streamRateLimit, 60_000);
  }

  /**
   * Lets a session in, and writes it. Where it would be one too many, an older one on the same device makes room: its
   * viewer is here now. @throws ProblemError STREAM_LIMIT_REACHED
   */
  async admit(session: PlaybackSessionEntity): Promise<void> {
    const { maxStreams } = await this.accounts.limits(session.accountId);
    await this.admitTorrent(session);
    await this.database.writeAlone('streams', async (manager) => {
      const others = (await this.running(manager)).filter(({ id }) => id !== session.id);
      if (session.method !== 'direct') {
        const converted = others.filter(({ method }) => method !== 'direct');
        const detail = `The server converts ${this.config.maxConcurrentStreams} streams at the same time. Try again when one of them has ended.`;
        await this.makeRoom(manager, session, converted, this.config.maxConcurrentStreams, detail);
      }
      if (maxStreams !== null) {
        const own = others.filter(({ accountId }) => accountId === session.accountId);
        const detail = `This account may play ${maxStreams} at the same time. Stop another one first.`;
        await this.makeRoom(manager, session, own, maxStreams, detail);
      }
      await manager.save(PlaybackSessionEntity, session);
    });
  }

  /**
   * Whether an account may play one more on a device that sends no word of what it begins with: televisions fetch first
   * and are noticed later. @throws ProblemError STREAM_LIMIT_REACHED
   */
  async check(accountId: string, deviceSessionId: string): Promise<void> {
    const { maxStreams } = await this.accounts.limits(accountId);
    if (maxStreams === null) return;
    const others = (await this.running()).filter(
      (one) => one.accountId === accountId && one.deviceSessionId !== deviceSessionId,
    );
    if (others.length < maxStreams) return;
    const detail = `This account may play ${maxStreams} at the same time. Stop another one first.`;
    throw new ProblemError('STREAM_LIMIT_REACHED', { detail, retryAfter: 30 });
  }

  /** Sessions that said something lately, here or elsewhere. */
  async running(manager: EntityManager = this.database.read): Promise<PlaybackSessionEntity[]> {
    const since = Date.now() - quietMs;
    const streamed = this.live.all
      .filter(({ lastSeenAt }) => lastSeenAt > since)
      .map(({ facts }) => facts.id);
    return manager.find(PlaybackSessionEntity, {
      where: [
        { endedAt: IsNull(), updatedAt: MoreThan(since) },
        { endedAt: IsNull(), id: In(streamed) },
      ],
      order: { startedAt: 'ASC', id: 'ASC' },
    });
  }

  /** Before a stream of a torrent begins for an outside client. @throws ProblemError RATE_LIMITED */
  countStart(accountId: string): void {
    const retryAfter = this.starts.take(accountId);
    if (retryAfter === 0) return;
    const detail = `An account may start ${this.config.torrents.streamRateLimit} streams of torrents in a minute.`;
    throw new ProblemError('RATE_LIMITED', { detail, retryAfter });
  }

  /** Sessions of an account that play torrents. */
  async ofTorrents(accountId: string): Promise<PlaybackSessionEntity[]> {
    const isOne = (one: PlaybackSessionEntity): boolean => one.accountId === accountId && playsTorrent(one);
    return (await this.running()).filter(isOne);
  }

  /** What plays on the same device makes room. Costs nothing for what is no torrent's. */
  private async admitTorrent(session: PlaybackSessionEntity): Promise<void> {
    if (!this.torrents || !playsTorrent(session)) return;
    const { id, accountId, deviceSessionId } = session;
    const others = (await this.ofTorrents(accountId)).filter(
      (one) => one.id !== id && (deviceSessionId === null || one.deviceSessionId !== deviceSessionId),
    );
    await this.torrents.mustHaveStreamLeft(accountId, others.length);
  }

  private async makeRoom(
    manager: EntityManager,
    { deviceSessionId }: PlaybackSessionEntity,
    others: readonly PlaybackSessionEntity[],
    most: number,
    detail: string,
  ): Promise<void> {
    const tooMany = others.length + 1 - most;
    if (tooMany <= 0) return;
    const older = others.filter(
      (one) => one.deviceSessionId !== null && one.deviceSessionId === deviceSessionId,
    );
    if (older.length < tooMany || most < 1)
      throw new ProblemError('STREAM_LIMIT_REACHED', { detail, retryAfter: 30 });
    const ids = older.slice(0, tooMany).map(({ id }) => id);
    await manager.update(PlaybackSessionEntity, { id: In(ids) }, { endedAt: Date.now() });
    this.database.afterCommit(() => ids.forEach((id) => this.live.close(id)));
  }
}

const playsTorrent = ({ fileId }: PlaybackSessionEntity): boolean =>
  fileId !== null && infoHashOf(fileId) !== undefined;
