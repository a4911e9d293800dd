import type { Routes } from '@angular/router';
import { Admin } from './admin';

/** `title` is a key of core/i18n/page-names. */
export const adminRoutes: Routes = [
  {
    path: '',
    component: Admin,
    title: 'admin',
    children: [
      { path: '', pathMatch: 'full', loadComponent: () => import('./overview').then((m) => m.Overview) },
      { path: 'streams', loadComponent: () => import('./streams').then((m) => m.Streams) },
      { path: 'libraries', loadComponent: () => import('./libraries').then((m) => m.Libraries) },
      { path: 'attention', loadComponent: () => import('./attention').then((m) => m.Attention) },
      { path: 'matches', loadComponent: () => import('./matches').then((m) => m.Matches) },
      { path: 'people', loadComponent: () => import('./people').then((m) => m.People) },
      { path: 'devices', loadComponent: () => import('./devices').then((m) => m.Devices) },
      { path: 'providers', loadComponent: () => import('./providers').then((m) => m.AdminProviders) },
      { path: 'torrents', loadComponent: () => import('./torrents').then((m) => m.AdminTorrents) },
      { path: 'jobs', loadComponent: () => import('./jobs').then((m) => m.Jobs) },
      { path: 'logs', loadComponent: () => import('./logs').then((m) => m.Logs) },
    ],
  },
];
