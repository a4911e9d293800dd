import { computed, inject, type Provider } from '@angular/core';
import { plainWords, UI_WORDS, type UiWords } from '../../ui/words';
import { I18n } from './i18n';
import { defineMessages, phrase } from './messages';

const plain: { en: typeof plainWords; de: typeof plainWords } = {
  en: plainWords,
  de: {
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
    passwordHint: 'Mindestens acht Zeichen. Ein paar Wörter hintereinander sind gut.',
    passwordShort: 'Nimm mindestens acht Zeichen.',
    folders: 'Ordner auf dem Server',
    folderUp: 'Eine Ebene höher',
    noFolders: 'Hier sind keine Ordner.',
    moreFolders: 'Es gibt mehr Ordner, als hier Platz haben.',
    folderContains: 'Hier liegen:',
    step: 'Schritt',
    begins: 'Begann nach',
    takes: 'Dauerte',
    running: 'läuft noch',
  },
};
const counted = defineMessages(
  {
    unwatched: { one: '{count} episode to watch', other: '{count} episodes to watch' },
    progress: '{percent} % watched',
  },
  {
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
        const { unwatched, progress } = counted[i18n.language()];
        return {
          ...plain[i18n.language()],
          unwatched: (count) => phrase(unwatched, { count }, i18n.locale()),
          progress: (percent) => phrase(progress, { percent }, i18n.locale()),
        };
      });
    },
  };
}
