import { accountRoutes } from './account.js';
import { downloadRoutes } from './download.js';
import { jobRoutes } from './job.js';
import { libraryRoutes } from './library.js';
import { mediaRoutes } from './media.js';
import { playbackRoutes } from './playback.js';
import type { Route } from './route.js';
import { systemRoutes } from './system.js';
import { titleRoutes } from './title.js';

/** Every route by feature: what the API reference is made from and what the access test walks. */
export const allRoutes: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  system: systemRoutes,
  accounts: accountRoutes,
  libraries: libraryRoutes,
  titles: titleRoutes,
  playback: playbackRoutes,
  media: mediaRoutes,
  downloads: downloadRoutes,
  jobs: jobRoutes,
};
