import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { RenditionActivity } from '@hearth/contract/session-activity';
import { EventBus } from '../../events/event-bus.js';
import { TranscodingService } from '../../transcoding/transcoding.service.js';
import type { LiveSession } from './live-session.js';
import { sessionState, type SessionState } from './session-state.js';

const everyMs = 1000;

/** Tells a waiting viewer once a second how far it is, and nobody anything while nobody waits. */
@Injectable()
export class StatusAnnouncer implements OnModuleDestroy {
  /** Those that wait, and whether their viewers have heard of it. */
  private readonly watched = new Map<LiveSession, boolean>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(EventBus) private readonly events: Pick<EventBus, 'publish'>,
    @Inject(TranscodingService) private readonly transcoding: Pick<TranscodingService, 'activity'>,
  ) {}

  /** From now until it no longer waits. A wait that is over by the next second is not worth a word. */
  watch(session: LiveSession): void {
    if (!this.watched.has(session)) this.watched.set(session, false);
    this.timer ??= setInterval(() => this.announce(), everyMs).unref();
  }

  /** How a session is doing at the moment. */
  stateOf(session: LiveSession): SessionState & { renditions: RenditionActivity[] } {
    const { plan, contentKey } = session.facts;
    const made = plan.renditions.map((id) => this.transcoding.activity(contentKey, id));
    const renditions = [...made, ...session.beside()];
    const [longest] = session.waiting;
    const state = sessionState({
      method: plan.method,
      ended: false,
      error: session.error,
      paused: session.paused,
      playing: session.playing,
      waitingMs: longest ? Date.now() - longest.since : null,
      startingMs: session.startingMs,
      step: session.timeline.current,
      renditions,
    });
    return { ...state, renditions };
  }

  /** Somebody else than its viewer ended it. */
  ended(sessionId: string, accountId: string): void {
    const over = { sessionId, state: 'ended', progress: null, etaSeconds: null, message: 'Ended.' } as const;
    this.events.publish('playback.status', over, accountId);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private announce(): void {
    for (const [session, heard] of this.watched) {
      const waits = session.waiting.length > 0;
      // The last one says that it goes on.
      if (waits || heard) this.tell(session);
      if (waits) this.watched.set(session, true);
      else this.watched.delete(session);
    }
    if (this.watched.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private tell(session: LiveSession): void {
    const { id: sessionId, accountId } = session.facts;
    const { state, progress, etaSeconds, message } = this.stateOf(session);
    this.events.publish('playback.status', { sessionId, state, progress, etaSeconds, message }, accountId);
  }
}
