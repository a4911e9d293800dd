import { DOCUMENT, effect, inject, Injectable, untracked } from '@angular/core';
import { type NavigationError, Router } from '@angular/router';
import { Connection } from './connection';

/** Browsers word the failure of `import()` differently: Chromium and Firefox, then WebKit. */
const importFailed = /dynamically imported module|importing a module script/i;
/** A page younger than this (ms) that can't load its parts won't by being loaded again. */
const settledMs = 10_000;

/** Goes on with navigations whose page could not be fetched. */
@Injectable({ providedIn: 'root' })
export class LostNavigation {
  readonly #connection = inject(Connection);
  readonly #router = inject(Router);
  readonly #location = inject(DOCUMENT).location;
  #wanted: string | undefined;

  constructor() {
    effect(() => {
      if (this.#connection.restored() > 0) untracked(() => this.#goOn());
    });
  }

  /** The server is away: goes there when it is back. It is there: it is newer than this tab, which is loaded anew. */
  async handle({ error, url }: NavigationError): Promise<void> {
    if (!(error instanceof Error) || !importFailed.test(error.message)) return;
    this.#wanted = url;
    if ((await this.#connection.suspect()) && performance.now() > settledMs) this.#location.assign(url);
  }

  #goOn(): void {
    const url = this.#wanted;
    this.#wanted = undefined;
    if (url !== undefined) void this.#router.navigateByUrl(url);
  }
}
