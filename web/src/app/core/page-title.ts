import { effect, inject, Injectable } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';
import { I18n } from './i18n/i18n';
import { type Messages, phrase } from './i18n/messages';
import { pageNames } from './i18n/page-names';

/** Titles of the browser tab. A route's `title` is a key of `pageNames`; pages with a name of their own call `show`. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  readonly #title = inject(Title);
  readonly #i18n = inject(I18n);

  override updateTitle(state: RouterStateSnapshot): void {
    const key = this.buildTitle(state);
    const names: Messages<string> = pageNames;
    const text = key === undefined ? undefined : names[this.#i18n.language()][key];
    this.show(text === undefined ? key : phrase(text, {}, this.#i18n.locale()));
  }

  /** The tab bears the name that is there, and each that comes later. Call where injection works. */
  follow(name: () => string | undefined): void {
    effect(() => {
      const now = name();
      if (now) this.show(now);
    });
  }

  /** `name` of the page, before the app's own. */
  show(name: string | undefined): void {
    this.#title.setTitle(name ? `${name} · Hearth` : 'Hearth');
  }
}
