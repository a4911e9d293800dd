import { Inject, Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { notFound } from '../../common/problem-error.js';
import { RecentMap } from '../../common/recent-map.js';
import { Database } from '../../database/database.js';
import { TranscodingService } from '../../transcoding/transcoding.service.js';
import { PlaybackSessionEntity } from '../playback-session.entity.js';
import { readPlan } from '../session-plan.js';
import { type LiveFacts, LiveSession } from './live-session.js';
import { WaitTimeline } from './wait-timeline.js';

/** ms; a session and its tickets live a day */
export const longestSessionMs = 24 * 60 * 60 * 1000;
const mostOver = 1000;

/** The sessions somebody streams through this process. */
@Injectable()
export class LiveSessions {
  private readonly sessions = new Map<string, LiveSession>();
  /** Ended by somebody else than their viewers. */
  private readonly over = new RecentMap<string, true>(mostOver);
  private readonly loading = new Map<string, Promise<LiveSession>>();

  constructor(
    private readonly database: Database,
    @Inject(TranscodingService) private readonly transcoding: Pick<TranscodingService, 'release'>,
  ) {}

  get all(): LiveSession[] {
    return [...this.sessions.values()];
  }

  find(sessionId: string): LiveSession | undefined {
    return this.sessions.get(sessionId);
  }

  /** The newest session of an account that plays a file as it is: its bytes are asked for without a session’s name. */
  ofFile(accountId: string, fileId: string): LiveSession | undefined {
    return this.all.findLast(
      ({ facts }) =>
        facts.accountId === accountId && facts.fileId === fileId && facts.plan.method === 'direct',
    );
  }

  /** Takes a session up, or its new plan. */
  open(row: PlaybackSessionEntity, contentKey: string, timeline?: WaitTimeline): LiveSession {
    const { id, accountId, startedAt } = row;
    const facts = {
      id,
      accountId,
      startedAt,
      fileId: row.fileId ?? '',
      plan: readPlan(row.plan),
      contentKey,
    };
    const known = this.sessions.get(id);
    if (known) {
      const before = known.facts;
      known.facts = facts;
      known.shown = null;
      this.release(before);
      known.error = null;
      known.seen();
      return known;
    }
    const session = new LiveSession(facts, timeline);
    this.sessions.set(id, session);
    return session;
  }

  /**
   * The session, taken up again from the database where this process does not know it: after a restart, or a long pause.
   * @throws ProblemError NOT_FOUND when it has ended
   */
  async take(sessionId: string, contentKey: string): Promise<LiveSession> {
    const known = this.sessions.get(sessionId);
    if (known) return known;
    const pending = this.loading.get(sessionId) ?? this.load(sessionId, contentKey);
    this.loading.set(sessionId, pending);
    try {
      return await pending;
    } finally {
      this.loading.delete(sessionId);
    }
  }

  /** Forgets a session; encoders nobody else watches are let go. Its segments stay. */
  close(sessionId: string): void {
    const session = this.sessions.get(sessionId);
    this.sessions.delete(sessionId);
    if (!session) return;
    session.over.abort();
    this.release(session.facts, true);
  }

  /** From now on nothing its player still says brings a session back. */
  endForGood(sessionId: string): void {
    this.over.set(sessionId, true);
  }

  isOverForGood(sessionId: string): boolean {
    return this.over.has(sessionId);
  }

  private release({ contentKey, plan }: LiveFacts, isOver = false): void {
    const others = this.all.filter(({ facts }) => facts.contentKey === contentKey);
    for (const id of plan.renditions) {
      if (!others.some(({ facts }) => facts.plan.renditions.includes(id)))
        this.transcoding.release(contentKey, id, isOver);
    }
  }

  private async load(sessionId: string, contentKey: string): Promise<LiveSession> {
    const row = await this.database.read.findOneBy(PlaybackSessionEntity, {
      id: sessionId,
      endedAt: IsNull(),
    });
    if (!row || row.startedAt < Date.now() - longestSessionMs)
      throw notFound('running session: it has ended');
    return this.open(row, contentKey);
  }
}
