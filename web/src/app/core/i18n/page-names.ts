import { defineMessages } from './messages';

/** Names of pages: in the tab, in the navigation and for screen readers. */
export const pageNames = defineMessages(
  {
    home: 'Home',
    movies: 'Movies',
    series: 'Series',
    everything: 'Everything',
    search: 'Search',
    title: 'Title',
    player: 'Player',
    history: 'History',
    favorites: 'Favorites',
    settings: 'Settings',
    admin: 'Admin',
    setup: 'Set up',
    login: 'Sign in',
    invite: 'Join',
    notFound: 'Page not found',
  },
  {
    home: 'Start',
    movies: 'Filme',
    series: 'Serien',
    everything: 'Alles',
    search: 'Suche',
    title: 'Titel',
    player: 'Wiedergabe',
    history: 'Verlauf',
    favorites: 'Favoriten',
    settings: 'Einstellungen',
    admin: 'Verwaltung',
    setup: 'Einrichten',
    login: 'Anmelden',
    invite: 'Beitreten',
    notFound: 'Seite nicht gefunden',
  },
);
