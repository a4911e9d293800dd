import type { Routes } from '@angular/router';

/** `title` is a key of core/i18n/page-names. */
export const photosRoutes: Routes = [
  { path: '', pathMatch: 'full', loadComponent: () => import('./photos').then((m) => m.Photos) },
  {
    path: 'albums/:id',
    title: 'photoAlbum',
    loadComponent: () => import('./photo-album').then((m) => m.PhotoAlbum),
  },
];
