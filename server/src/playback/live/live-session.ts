import type { RenditionActivity } from '@hearth/contract/session-activity';
import type { SessionPlan } from '../session-plan.js';
import { SendSpeed } from './send-speed.js';
import { WaitTimeline } from './wait-timeline.js';

/** What a session is, as far as streaming it goes. */
export interface LiveFacts {
  readonly id: string;
  readonly accountId: string;
  readonly fileId: string;
  /** ms since the epoch */
  readonly startedAt: number;
  readonly plan: SessionPlan;
  readonly contentKey: string;
}

/** One thing a player waits for. */
export interface Wait {
  readonly renditionId: string;
  /** ms since the epoch */
  readonly since: number;
}

/** What is known of a session only while it runs, in memory. Nothing of it is needed to go on after a restart. */
export class LiveSession {
  readonly speed: SendSpeed;
  /** ms since the epoch of the last request or progress */
  lastSeenAt: number;
  paused = false;
  /** Why it does not go on, in words; null while it does. */
  error: string | null = null;
  /** The first segment, or bytes of the file, were sent. */
  playing = false;
  /** Id of the picture that was sent last: players change the quality without a word. */
  shown: string | null = null;
  /** What works for it beside the renditions of its plan. */
  beside: () => RenditionActivity[] = () => [];
  /** Aborts when it is forgotten here: whatever is still sent for it ends. */
  readonly over = new AbortController();
  /** ms since the epoch */
  private firstWaitAt: number | null = null;
  private readonly waits = new Set<Wait>();

  constructor(
    public facts: LiveFacts,
    readonly timeline: WaitTimeline = new WaitTimeline(),
    private readonly now: () => number = Date.now,
  ) {
    this.lastSeenAt = now();
    this.speed = new SendSpeed(now);
  }

  /** What players wait for, longest first. */
  get waiting(): readonly Wait[] {
    return [...this.waits];
  }

  /** ms since something was waited for the first time. */
  get startingMs(): number {
    return this.firstWaitAt === null ? 0 : this.now() - this.firstWaitAt;
  }

  seen(): void {
    this.lastSeenAt = this.now();
  }

  sent(bytes: number): void {
    this.seen();
    this.speed.add(bytes);
  }

  /** @returns what ends the wait */
  wait(renditionId: string): () => void {
    this.seen();
    const wait = { renditionId, since: this.now() };
    this.firstWaitAt ??= wait.since;
    this.waits.add(wait);
    return () => {
      this.waits.delete(wait);
      this.seen();
    };
  }
}
