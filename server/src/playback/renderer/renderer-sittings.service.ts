import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { In, IsNull, MoreThan } from 'typeorm';
import { newId } from '../../common/id.js';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { contentKey, type LocatedFile, PlayableService } from '../../library/playable.service.js';
import type { Delivery } from '../../transcoding/decision/decision.service.js';
import type { LiveSession } from '../live/live-session.js';
import { LiveSessions } from '../live/live-sessions.js';
import { PlaybackSessionEntity } from '../playback-session.entity.js';
import { ProgressService } from '../progress.service.js';
import { planOf } from '../session-plan.js';
import { StreamLimitsService } from '../stream-limits.service.js';
import type { RendererDevice } from './opened-renderer-media.js';

/** Who watches what on which screen. */
export interface SittingPlace {
  readonly accountId: string;
  readonly device: RendererDevice;
  readonly located: LocatedFile;
}

/** A screen that comes back to a film within this time goes on with the same sitting, ms: a pause for dinner. */
export const sittingIdleMs = 45 * 60_000;
const sweepMs = 60_000;
/** Whoever was stopped by an administrator does not begin again by itself, ms: televisions ask again at once. */
const refusedMs = 60_000;

const keyOf = ({ accountId, device, located }: SittingPlace): string =>
  [accountId, device.id, located.file.id].join('\n');

/**
 * Sittings in front of a screen: a television opens and closes streams as it likes, and what it does with one film is one
 * entry of its person's history. Music and photos, which have no title, leave none.
 */
@Injectable()
export class RendererSittings implements OnModuleInit, OnModuleDestroy {
  /** Session ids and when they were last heard of, ms since the epoch. */
  private readonly known = new Map<string, { id: string; at: number }>();
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly refused = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly playables: PlayableService,
    private readonly limits: StreamLimitsService,
    private readonly live: LiveSessions,
    private readonly progress: ProgressService,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) =>
        this.logger.warn('Sittings could not be looked after', { error }),
      );
    }, sweepMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /**
   * Takes a sitting up with what is sent now, or begins one; null for what has no title.
   * @param delivery null: however it is sent already, or as it is
   * @throws ProblemError STREAM_LIMIT_REACHED; FORBIDDEN where an administrator has just ended it
   */
  async enter(place: SittingPlace, delivery: Delivery | null): Promise<LiveSession | null> {
    if (place.located.file.titleId === null || place.located.file.extraKind !== null) return null;
    const key = keyOf(place);
    const before = this.turns.get(key) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.take(key, place, delivery));
    this.turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.turns.get(key) === turn) this.turns.delete(key);
    }
  }

  /**
   * Bytes of a file as it is went to a screen.
   * @returns false where an administrator has ended the sitting meanwhile: no more of it is to be sent
   */
  sent(place: SittingPlace, count: number): boolean {
    const known = this.known.get(keyOf(place));
    if (known) this.live.find(known.id)?.sent(count);
    return !known || !this.live.isOverForGood(known.id);
  }

  /** @throws ProblemError STREAM_LIMIT_REACHED; FORBIDDEN where an administrator has just ended what this screen played */
  async mayBegin(place: SittingPlace): Promise<void> {
    this.refuseIfStopped(keyOf(place));
    if (place.located.file.titleId !== null) await this.limits.check(place.accountId, place.device.id);
  }

  /**
   * Saves where a renderer is, as any player does: position, watched, one history entry a sitting. Of music, photos and
   * extras nothing is remembered. @throws ProblemError STREAM_LIMIT_REACHED
   */
  async report(place: SittingPlace, positionSeconds: number, isPlaying: boolean): Promise<void> {
    const session = await this.enter(place, null);
    if (!session) return;
    session.playing = true;
    const { accountId } = place;
    await this.progress.save(
      { sessionId: session.facts.id, positionSeconds, paused: !isPlaying },
      { accountId },
    );
  }

  /** Ends what nobody has come back to. @param now ms since the epoch */
  async sweep(now = Date.now()): Promise<void> {
    const idle = [...this.known].filter(([, { id, at }]) => {
      const seen = this.live.find(id)?.lastSeenAt ?? at;
      return Math.max(seen, at) < now - sittingIdleMs;
    });
    for (const [key] of idle) this.known.delete(key);
    for (const [key, until] of this.refused) if (until < now) this.refused.delete(key);
    const ids = idle.map(([, { id }]) => id);
    if (ids.length === 0) return;
    await this.database.write((manager) =>
      manager.update(PlaybackSessionEntity, { id: In(ids), endedAt: IsNull() }, { endedAt: now }),
    );
    for (const id of ids) this.live.close(id);
  }

  private async take(key: string, place: SittingPlace, delivery: Delivery | null): Promise<LiveSession> {
    this.refuseIfStopped(key);
    const found = await this.find(key, place);
    const running = found ? this.live.find(found.id) : undefined;
    if (found && running && delivery === null && found.endedAt === null) {
      this.known.set(key, { id: found.id, at: Date.now() });
      return running;
    }
    const session = found ?? (await this.begin(place));
    const now = Date.now();
    if (delivery) Object.assign(session, { plan: planOf(delivery), method: delivery.method });
    Object.assign(session, { updatedAt: now, endedAt: null, deviceName: place.device.name });
    await this.limits.admit(session);
    this.known.set(key, { id: session.id, at: now });
    const opened = this.live.open(session, contentKey(place.located.file));
    opened.seen();
    return opened;
  }

  private refuseIfStopped(key: string): void {
    const known = this.known.get(key);
    if (known && this.live.isOverForGood(known.id)) {
      this.known.delete(key);
      this.refused.set(key, Date.now() + refusedMs);
    }
    if ((this.refused.get(key) ?? 0) > Date.now())
      throw new ProblemError('FORBIDDEN', { detail: 'An administrator has stopped this.' });
  }

  /** The newest one that is not too old: after a restart, too. */
  private async find(key: string, { accountId, device, located }: SittingPlace) {
    const known = this.known.get(key);
    if (known && known.at < Date.now() - sittingIdleMs && !this.live.find(known.id)) this.known.delete(key);
    const where = known
      ? { id: known.id, accountId }
      : {
          accountId,
          deviceSessionId: device.id,
          fileId: located.file.id,
          updatedAt: MoreThan(Date.now() - sittingIdleMs),
        };
    const order = { updatedAt: 'DESC' } as const;
    const row = await this.database.read.findOne(PlaybackSessionEntity, { where, order });
    return row && !this.live.isOverForGood(row.id) ? row : null;
  }

  private async begin({ accountId, device, located }: SittingPlace): Promise<PlaybackSessionEntity> {
    const { file } = located;
    const [episode] = await this.playables.episodesOfFile(file.id);
    const now = Date.now();
    return {
      id: newId(),
      accountId,
      titleId: file.titleId ?? '',
      episodeId: episode?.id ?? null,
      fileId: file.id,
      deviceName: device.name,
      deviceSessionId: device.id,
      plan: null,
      method: 'direct',
      positionSeconds: 0,
      durationSeconds: file.media?.durationSeconds ?? 0,
      completed: false,
      hidden: false,
      startedAt: now,
      updatedAt: now,
      endedAt: null,
    };
  }
}
