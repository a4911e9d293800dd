import { DOCUMENT, inject, Injectable } from '@angular/core';
import { type Event, NavigationEnd, NavigationStart, Router } from '@angular/router';

/** How long (ms) a page may grow until its old place can be shown again. */
const patienceMs = 3000;

/**
 * Scrolls like a native program: a new page starts at its top, Back returns to the very place. The router’s own
 * restoration comes too early for pages whose height arrives with their data; this one waits for the height.
 */
@Injectable({ providedIn: 'root' })
export class ScrollMemory {
  readonly #router = inject(Router);
  readonly #document = inject(DOCUMENT);
  readonly #places = new Map<number, number>();
  #page = 0;
  #restore: number | undefined;
  #path = '';
  #stop = () => {};

  /** Called once by the app. */
  start(): void {
    const window = this.#document.defaultView;
    if (window) window.history.scrollRestoration = 'manual';
    this.#router.events.subscribe((event) => this.#follow(event));
  }

  #follow(event: Event): void {
    const window = this.#document.defaultView;
    if (!window) return;
    if (event instanceof NavigationStart) {
      this.#stop();
      this.#places.set(this.#page, window.scrollY);
      this.#restore = event.restoredState?.navigationId;
    } else if (event instanceof NavigationEnd) {
      const path = event.urlAfterRedirects.split(/[?#]/)[0] ?? '';
      const place = this.#restore === undefined ? undefined : this.#places.get(this.#restore);
      if (place !== undefined) this.#wait(window, place);
      else if (path !== this.#path) window.scrollTo(0, 0);
      this.#path = path;
      this.#page = event.id;
    }
  }

  /** Goes to `place` as soon as the page is tall enough; a person who scrolls meanwhile is right. */
  #wait(window: Window, place: number): void {
    const root = this.#document.documentElement;
    const until = Date.now() + patienceMs;
    let frame = 0;
    const stop = () => {
      cancelAnimationFrame(frame);
      for (const name of ['wheel', 'touchstart', 'keydown']) window.removeEventListener(name, stop);
    };
    const attempt = () => {
      if (root.scrollHeight - window.innerHeight >= place) {
        window.scrollTo(0, place);
        if (Math.abs(window.scrollY - place) < 2) return stop();
      }
      if (Date.now() > until) return stop();
      frame = requestAnimationFrame(attempt);
    };
    for (const name of ['wheel', 'touchstart', 'keydown'])
      window.addEventListener(name, stop, { passive: true });
    this.#stop = stop;
    attempt();
  }
}
