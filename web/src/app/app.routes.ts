import type { Routes } from '@angular/router';
import { adminMatch, memberGuard, setupGuard } from './core/session/guards';
import { openEarly, prepareToPlay } from './early-session';

/** `title` is a key of core/i18n/page-names. */
export const routes: Routes = [
  {
    path: 'setup',
    title: 'setup',
    canActivate: [setupGuard],
    loadComponent: () => import('./setup/setup').then((m) => m.Setup),
  },
  { path: 'login', title: 'login', loadComponent: () => import('./login/login').then((m) => m.Login) },
  {
    path: 'invite/:code',
    title: 'invite',
    loadComponent: () => import('./login/invite').then((m) => m.Invite),
  },
  {
    // Fills the screen, so it lies outside the shell.
    path: 'watch/:kind/:id',
    title: 'player',
    data: { soon: prepareToPlay },
    canActivate: [memberGuard],
    resolve: { opening: openEarly },
    loadComponent: () => import('./player/player').then((m) => m.Player),
  },
  {
    path: '',
    canActivate: [memberGuard],
    loadComponent: () => import('./shell/shell').then((m) => m.Shell),
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: 'home',
        loadComponent: () => import('./home/home').then((m) => m.Home),
      },
      {
        path: 'movies',
        title: 'movies',
        data: { type: 'movie' },
        loadComponent: () => import('./browse/browse').then((m) => m.Browse),
      },
      {
        path: 'series',
        title: 'series',
        data: { type: 'series' },
        loadComponent: () => import('./browse/browse').then((m) => m.Browse),
      },
      {
        path: 'browse',
        title: 'everything',
        loadComponent: () => import('./browse/browse').then((m) => m.Browse),
      },
      {
        path: 'music',
        title: 'music',
        loadChildren: () => import('./music/music.routes').then((m) => m.musicRoutes),
      },
      {
        path: 'photos',
        title: 'photos',
        loadChildren: () => import('./photos/photos.routes').then((m) => m.photosRoutes),
      },
      {
        path: 'torrents',
        title: 'torrents',
        loadChildren: () => import('./torrents/torrents.routes').then((m) => m.torrentsRoutes),
      },
      {
        path: 'search',
        title: 'search',
        loadComponent: () => import('./search/search').then((m) => m.Search),
      },
      {
        path: 'discover',
        title: 'discover',
        loadChildren: () => import('./discover/discover.routes').then((m) => m.discoverRoutes),
      },
      {
        path: 'title/:id',
        title: 'title',
        loadComponent: () => import('./title/title').then((m) => m.TitlePage),
      },
      {
        path: 'history',
        title: 'history',
        loadComponent: () => import('./mine/history').then((m) => m.History),
      },
      {
        path: 'favorites',
        title: 'favorites',
        loadComponent: () => import('./mine/favorites').then((m) => m.Favorites),
      },
      {
        path: 'downloads',
        title: 'downloads',
        loadComponent: () => import('./mine/downloads').then((m) => m.Downloads),
      },
      {
        path: 'settings',
        title: 'settings',
        loadChildren: () => import('./settings/settings.routes').then((m) => m.settingsRoutes),
      },
      {
        path: 'admin',
        title: 'admin',
        canMatch: [adminMatch],
        loadChildren: () => import('./admin/admin.routes').then((m) => m.adminRoutes),
      },
      {
        path: '**',
        title: 'notFound',
        loadComponent: () => import('./shell/not-found').then((m) => m.NotFound),
      },
    ],
  },
];
