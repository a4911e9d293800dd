import { defineMessages } from '../core/i18n/messages';

export const shellMessages = defineMessages(
  {
    skip: 'Skip to content',
    navigation: 'Main',
    account: 'Account',
    signOut: 'Sign out',
    signOutFailed: 'Could not sign out.',
    offline: 'You are offline. What was loaded stays here; the rest comes back with the network.',
    reconnecting: 'The server can’t be reached. Trying again…',
    restored: 'Connected again.',
    notFoundHeading: 'There is nothing at this address',
    notFoundMessage: 'The link may be old, or the title was removed from the library.',
    toHome: 'Go to the home page',
  },
  {
    skip: 'Zum Inhalt springen',
    navigation: 'Hauptnavigation',
    account: 'Konto',
    signOut: 'Abmelden',
    signOutFailed: 'Abmelden ging nicht.',
    offline: 'Du bist offline. Geladenes bleibt hier; der Rest kommt mit dem Netz zurück.',
    reconnecting: 'Der Server ist nicht erreichbar. Neuer Versuch …',
    restored: 'Wieder verbunden.',
    notFoundHeading: 'Unter dieser Adresse gibt es nichts',
    notFoundMessage: 'Der Link ist vielleicht alt, oder der Titel wurde aus der Bibliothek entfernt.',
    toHome: 'Zur Startseite',
  },
);
