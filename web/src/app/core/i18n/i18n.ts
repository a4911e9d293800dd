import { computed, DOCUMENT, effect, inject, Injectable } from '@angular/core';
import { Session } from '../session/session';
import { type Language, languages, type Messages, phrase, type Values } from './messages';

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

/** The language of the app: the account's, else the browser's, else English. */
@Injectable({ providedIn: 'root' })
export class I18n {
  readonly #session = inject(Session);
  readonly #document = inject(DOCUMENT);

  readonly language = computed<Language>(() => {
    const wanted = [this.#session.user()?.preferences.language, ...navigator.languages];
    return (
      wanted.map((tag) => languages.find((language) => tag?.split('-')[0] === language)).find(Boolean) ?? 'en'
    );
  });

  /** For dates and numbers: the browser's own region where its language is the one shown. */
  readonly locale = computed(
    () => navigator.languages.find((tag) => tag.split('-')[0] === this.language()) ?? this.language(),
  );

  /** Called once by the app. */
  start(): void {
    effect(() => {
      const root = this.#document.documentElement;
      root.lang = this.language();
      root.dir = rightToLeft.has(this.language()) ? 'rtl' : 'ltr';
    });
  }
}

/** The texts of one feature in the language of the moment: `protected readonly t = translator(messages)`. */
export function translator<K extends string>(messages: Messages<K>): (key: K, values?: Values) => string {
  const i18n = inject(I18n);
  return (key, values = {}) => phrase(messages[i18n.language()][key], values, i18n.locale());
}
