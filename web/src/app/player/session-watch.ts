import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { playbackRoutes, type SessionStatus } from '@hearth/contract/playback';
import { Api } from '../core/api/api';
import { Live } from '../core/live/live';

/** The server tells and the clock strikes: both together are not worth two questions (ms). */
const leastMs = 900;

/** Asks the server how a session is doing, only while someone wants to know. */
@Injectable()
export class SessionWatch {
  readonly #api = inject(Api);
  readonly #status = signal<SessionStatus | undefined>(undefined);
  #sessionId: string | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #asking = false;
  #askedAt = -Infinity;

  /** The newest answer; undefined before the first, and once nobody wants to know. */
  readonly status = this.#status.asReadonly();
  readonly timeline = computed(() => this.#status()?.timeline ?? []);

  constructor() {
    // The server tells while a session waits; the rest is asked for.
    inject(Live).on('playback.status', ({ sessionId }) => {
      if (sessionId === this.#sessionId) void this.#ask();
    });
    inject(DestroyRef).onDestroy(() => this.follow(undefined, null));
  }

  /** From now on every `everyMs`; `null`: not any more. */
  follow(sessionId: string | undefined, everyMs: number | null): void {
    clearInterval(this.#timer);
    if (sessionId !== this.#sessionId || everyMs === null) this.#status.set(undefined);
    this.#sessionId = everyMs === null ? undefined : sessionId;
    this.#askedAt = -Infinity;
    if (this.#sessionId === undefined || everyMs === null) return;
    this.#timer = setInterval(() => void this.#ask(), everyMs);
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const sessionId = this.#sessionId;
    if (sessionId === undefined || this.#asking || document.hidden) return;
    if (performance.now() - this.#askedAt < leastMs) return;
    this.#asking = true;
    this.#askedAt = performance.now();
    try {
      const status = await this.#api.call(playbackRoutes.status, { sessionId });
      if (this.#sessionId === sessionId) this.#status.set(status);
    } catch {
      // Whoever waits sees that it waits; the next answer says more.
    } finally {
      this.#asking = false;
    }
  }
}
