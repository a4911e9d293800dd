import { defineMessages } from '../core/i18n/messages';

export const searchMessages = defineMessages(
  {
    heading: 'Search',
    placeholder: 'Films, series, episodes, people, files',
    clear: 'Clear the search',
    recent: 'Recent searches',
    forget: 'Forget “{query}”',
    forgetAll: 'Forget all',
    hint: 'Search the whole library',
    hintMessage:
      'A few letters are enough; small typos are forgiven. The / key brings you here from anywhere.',
    titles: 'Movies and series',
    episodes: 'Episodes',
    people: 'People',
    files: 'Files',
    titleCount: { one: '{count} title', other: '{count} titles' },
    nothing: 'Nothing found for “{query}”',
    nothingMessage: 'Try fewer letters, another spelling, or the name of someone in it.',
    found: { one: '{count} result', other: '{count} results' },
    searching: 'Searching…',
    failed: 'The search did not work',
  },
  {
    heading: 'Suche',
    placeholder: 'Filme, Serien, Folgen, Menschen, Dateien',
    clear: 'Suche leeren',
    recent: 'Letzte Suchen',
    forget: '„{query}“ vergessen',
    forgetAll: 'Alle vergessen',
    hint: 'Die ganze Bibliothek durchsuchen',
    hintMessage:
      'Ein paar Buchstaben genügen; kleine Tippfehler schaden nicht. Die Taste / führt von überall hierher.',
    titles: 'Filme und Serien',
    episodes: 'Folgen',
    people: 'Menschen',
    files: 'Dateien',
    titleCount: { one: '{count} Titel', other: '{count} Titel' },
    nothing: 'Nichts gefunden für „{query}“',
    nothingMessage:
      'Versuch es mit weniger Buchstaben, anders geschrieben, oder mit einem Namen aus dem Film.',
    found: { one: '{count} Treffer', other: '{count} Treffer' },
    searching: 'Wird gesucht …',
    failed: 'Die Suche ging nicht',
  },
);
