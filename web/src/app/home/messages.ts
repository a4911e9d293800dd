import { defineMessages } from '../core/i18n/messages';

export const homeMessages = defineMessages(
  {
    resume: 'Resume',
    play: 'Play',
    details: 'Details',
    left: '{time} left',
    continueWatching: 'Continue watching',
    nextUp: 'Next up',
    recentlyAdded: 'Recently added',
    newest: 'New in the house',
    welcome: 'Welcome to Hearth',
    noLibrary: 'Show Hearth a folder with films or series, and this page fills by itself.',
    noLibraryMember:
      'There is nothing to watch yet. Whoever looks after this server can add films and series.',
    addLibrary: 'Add a library',
    nothingFound: 'Nothing to watch yet',
    nothingFoundMessage: 'The libraries are here, but no films or series were found in their folders.',
    openLibraries: 'Look at the libraries',
    scanning: 'Looking through your folders',
    scanningMessage: 'Films and series appear here as they are found. You need not wait.',
    scanLine: '{library}: {done} of {total} files, {added} added',
    scanCounting: '{library}: counting files, {done} so far',
    scanStarting: '{library}: starting',
    failed: 'The home page could not be loaded',
    failedMessage: 'The server had a problem with the request. Your library is safe; try again in a moment.',
    unreachable: 'The server can’t be reached',
    unreachableMessage:
      'Check that it is switched on and that you are on the same network. This page returns by itself.',
    season: 'Season {season}, episode {episode}',
  },
  {
    resume: 'Weiter ansehen',
    play: 'Abspielen',
    details: 'Mehr dazu',
    left: 'noch {time}',
    continueWatching: 'Weiter ansehen',
    nextUp: 'Als Nächstes',
    recentlyAdded: 'Neu hinzugefügt',
    newest: 'Neu im Haus',
    welcome: 'Willkommen bei Hearth',
    noLibrary: 'Zeig Hearth einen Ordner mit Filmen oder Serien, und diese Seite füllt sich von selbst.',
    noLibraryMember:
      'Noch gibt es nichts zu sehen. Wer diesen Server betreut, kann Filme und Serien hinzufügen.',
    addLibrary: 'Bibliothek hinzufügen',
    nothingFound: 'Noch nichts zu sehen',
    nothingFoundMessage:
      'Die Bibliotheken sind da, aber in ihren Ordnern wurden keine Filme oder Serien gefunden.',
    openLibraries: 'Bibliotheken ansehen',
    scanning: 'Deine Ordner werden durchgesehen',
    scanningMessage: 'Filme und Serien erscheinen hier, sobald sie gefunden sind. Du musst nicht warten.',
    scanLine: '{library}: {done} von {total} Dateien, {added} hinzugefügt',
    scanCounting: '{library}: Dateien werden gezählt, bisher {done}',
    scanStarting: '{library}: beginnt',
    failed: 'Die Startseite konnte nicht geladen werden',
    failedMessage:
      'Der Server kam mit der Anfrage nicht zurecht. Deine Bibliothek ist sicher; versuch es gleich noch einmal.',
    unreachable: 'Der Server ist nicht erreichbar',
    unreachableMessage:
      'Ist er eingeschaltet, und bist du im selben Netz? Diese Seite kommt von selbst zurück.',
    season: 'Staffel {season}, Folge {episode}',
  },
);
