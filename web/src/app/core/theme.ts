import { DOCUMENT, effect, inject, Injectable } from '@angular/core';
import { Session } from './session/session';

/** Shows the account's theme. `public/theme.js` repeats the last one before the first paint. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly #document = inject(DOCUMENT);
  readonly #session = inject(Session);

  /** Called once by the app. */
  start(): void {
    effect(() => {
      const theme = this.#session.user()?.preferences.theme;
      if (!theme) return;
      this.#document.documentElement.dataset['theme'] = theme;
      try {
        localStorage.setItem('hearth.theme', theme);
      } catch {
        // Storage is blocked: the theme is applied all the same.
      }
    });
  }
}
