import { inject, Injectable, Injector } from '@angular/core';
import { type ResolveFn, Router } from '@angular/router';
import type { SessionOpener } from './player/session-opener';

/** Addresses of the player, as links have them. */
const playing = /^\/watch\/([^/]+)\/([^/?#]+)/;

/** Everything between the press of Play and the first picture that need not wait for the player's page. */
@Injectable({ providedIn: 'root' })
class EarlySession {
  readonly #injector = inject(Injector);
  readonly #router = inject(Router);
  #opener: SessionOpener | undefined;
  #link: Element | null = null;

  /** While nothing else is to do: fetches what converted films are played with, and asks the browser what it plays. */
  async prepare(): Promise<void> {
    const [player] = await Promise.all([import('./player/session-opener'), import('hls.js')]);
    const opener = this.#injector.get(player.SessionOpener);
    opener.prepare();
    this.#opener = opener;
    for (const type of ['pointerover', 'focusin']) addEventListener(type, (event) => this.#aim(event));
  }

  /** Asks the server for a session; the player takes it up. Without `prepare` it opens one by itself. */
  open(address: string): void {
    const [, kind, id] = playing.exec(address) ?? [];
    // A player that goes on to the next episode keeps what was chosen in its menus.
    if (kind === undefined || id === undefined || playing.test(this.#router.url)) return;
    this.#opener?.openEarly(kind, decodeURIComponent(id));
  }

  /** Whoever aims at Play is about to press it. */
  #aim({ target }: Event): void {
    const link = target instanceof Element ? target.closest('a') : null;
    if (link === this.#link) return;
    this.#link = link;
    const [, kind, id] = playing.exec(link?.getAttribute('href') ?? '') ?? [];
    if (kind !== undefined && id !== undefined) this.#opener?.prepareFor(kind, decodeURIComponent(id));
  }
}

/** Without the network it comes when it is needed, and says then what is wrong. */
export const prepareToPlay = (): void =>
  void inject(EarlySession)
    .prepare()
    .catch(() => {});

/** The page waits for nothing of it. */
export const openEarly: ResolveFn<void> = (_, { url }) => inject(EarlySession).open(url);
