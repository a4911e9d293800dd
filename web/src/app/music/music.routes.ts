import type { Routes } from '@angular/router';

/** `title` is a key of core/i18n/page-names. */
export const musicRoutes: Routes = [
  { path: '', pathMatch: 'full', loadComponent: () => import('./music').then((m) => m.Music) },
  { path: 'albums/:id', title: 'album', loadComponent: () => import('./album').then((m) => m.Album) },
  { path: 'artists/:id', title: 'artist', loadComponent: () => import('./artist').then((m) => m.Artist) },
  {
    path: 'playlists/:id',
    title: 'playlist',
    loadComponent: () => import('./playlist').then((m) => m.Playlist),
  },
];
