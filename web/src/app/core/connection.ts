import { DOCUMENT, effect, inject, Injectable, signal, untracked } from '@angular/core';

/** `offline`: this device has no network. `reconnecting`: it has, but the server does not answer. */
export type Reachability = 'online' | 'offline' | 'reconnecting';

/** Whether the server can be reached; asks again by itself until it can. */
@Injectable({ providedIn: 'root' })
export class Connection {
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #state = signal<Reachability>('online');
  readonly #restored = signal(0);
  #retry: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  readonly state = this.#state.asReadonly();
  /** Counts the returns to `online`: what is shown may be stale, read it again. */
  readonly restored = this.#restored.asReadonly();

  constructor() {
    this.#window?.addEventListener('offline', () => this.lost());
    this.#window?.addEventListener('online', () => void this.probe());
  }

  /** Something was answered. */
  reached(): void {
    if (this.#state() === 'online') return;
    clearTimeout(this.#retry);
    this.#attempt = 0;
    this.#state.set('online');
    this.#restored.update((count) => count + 1);
  }

  /** Nothing was answered: say so and keep asking, at 1, 2, 4, 8 and then every 10 s. */
  lost(): void {
    this.#state.set(this.#window?.navigator.onLine === false ? 'offline' : 'reconnecting');
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.probe(), Math.min(10_000, 1000 * 2 ** this.#attempt++));
  }

  /** Something hints that the server is away: asks it, and says so only if that is true. @returns whether it answered */
  async suspect(): Promise<boolean> {
    try {
      await fetch('/health', { cache: 'no-store' });
      this.reached();
      return true;
    } catch {
      this.lost();
      return false;
    }
  }

  /** Asks once, now. */
  async probe(): Promise<void> {
    if (this.#state() !== 'online') await this.suspect();
  }
}

/** Runs `work` whenever the server can be reached again. Call it where injection works. */
export function onRestored(work: () => void): void {
  const connection = inject(Connection);
  let seen = connection.restored();
  effect(() => {
    const restored = connection.restored();
    if (restored !== seen) untracked(work);
    seen = restored;
  });
}
