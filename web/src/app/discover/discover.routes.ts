import type { Routes } from '@angular/router';

export const discoverRoutes: Routes = [
  { path: '', loadComponent: () => import('./discover').then((m) => m.Discover) },
  {
    path: 'title/:providerId/:type/:itemId',
    title: 'title',
    loadComponent: () => import('./found-title').then((m) => m.FoundTitlePage),
  },
  { path: ':providerId', loadComponent: () => import('./catalog').then((m) => m.CatalogPage) },
  {
    path: ':providerId/:type/:catalogId',
    loadComponent: () => import('./catalog').then((m) => m.CatalogPage),
  },
];
