import type { Routes } from '@angular/router';
import { TorrentPage } from './torrent-page';
import { Torrents } from './torrents';

/** `title` is a key of core/i18n/page-names. */
export const torrentsRoutes: Routes = [
  { path: '', component: Torrents },
  { path: ':hash', title: 'torrent', component: TorrentPage },
];
