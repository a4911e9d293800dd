import { computed, inject, type Provider } from '@angular/core';
import { UI_WORDS, type UiWords } from '../../ui/words';
import { I18n } from './i18n';
import { defineMessages, phrase, type Values } from './messages';

const messages = defineMessages(
  {
    close: 'Close',
    retry: 'Try again',
    details: 'Details',
    copy: 'Copy details',
    copied: 'Copied',
    previous: 'Show previous',
    next: 'Show more',
    watched: 'watched',
    unavailable: 'not available right now',
    loading: 'Loading…',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
    step: 'Step',
    begins: 'Began after',
    takes: 'Took',
    running: 'still running',
    unwatched: { one: '{count} episode to watch', other: '{count} episodes to watch' },
    progress: '{percent} % watched',
  },
  {
    close: 'Schließen',
    retry: 'Noch einmal versuchen',
    details: 'Einzelheiten',
    copy: 'Einzelheiten kopieren',
    copied: 'Kopiert',
    previous: 'Vorherige zeigen',
    next: 'Weitere zeigen',
    watched: 'gesehen',
    unavailable: 'gerade nicht verfügbar',
    loading: 'Wird geladen …',
    showPassword: 'Passwort zeigen',
    hidePassword: 'Passwort verbergen',
    step: 'Schritt',
    begins: 'Begann nach',
    takes: 'Dauerte',
    running: 'läuft noch',
    unwatched: { one: 'noch {count} Folge', other: 'noch {count} Folgen' },
    progress: '{percent} % gesehen',
  },
);

/** Gives `ui/` its words in the app's language. */
export function provideUiWords(): Provider {
  return {
    provide: UI_WORDS,
    useFactory: () => {
      const i18n = inject(I18n);
      return computed<UiWords>(() => {
        const texts = messages[i18n.language()];
        const say = (key: keyof typeof texts, values: Values = {}) =>
          phrase(texts[key], values, i18n.locale());
        return {
          close: say('close'),
          retry: say('retry'),
          details: say('details'),
          copy: say('copy'),
          copied: say('copied'),
          previous: say('previous'),
          next: say('next'),
          watched: say('watched'),
          unavailable: say('unavailable'),
          loading: say('loading'),
          showPassword: say('showPassword'),
          hidePassword: say('hidePassword'),
          step: say('step'),
          begins: say('begins'),
          takes: say('takes'),
          running: say('running'),
          unwatched: (count) => say('unwatched', { count }),
          progress: (percent) => say('progress', { percent }),
        };
      });
    },
  };
}
