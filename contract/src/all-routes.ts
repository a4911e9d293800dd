import { accountRoutes } from './account.js';
import { addonRoutes } from './addon.js';
import { deviceRoutes } from './device.js';
import { discoverRoutes } from './discover.js';
import { downloadRoutes } from './download.js';
import { jobRoutes } from './job.js';
import { libraryRoutes } from './library.js';
import { matchingRoutes } from './matching.js';
import { mediaRoutes } from './media.js';
import { musicRoutes } from './music.js';
import { photoRoutes } from './photo.js';
import { playbackRoutes } from './playback.js';
import { playlistRoutes } from './playlist.js';
import { providerRoutes } from './provider.js';
import { rendererRoutes } from './renderer.js';
import type { Route } from './route.js';
import { sourceRoutes } from './source.js';
import { streamRoutes } from './stream.js';
import { systemRoutes } from './system.js';
import { titleRoutes } from './title.js';
import { torrentRoutes } from './torrent.js';

/** Every route by feature: what the API reference is made from and what the access test walks. */
export const allRoutes: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  system: systemRoutes,
  accounts: accountRoutes,
  libraries: libraryRoutes,
  titles: titleRoutes,
  sources: sourceRoutes,
  playback: playbackRoutes,
  music: musicRoutes,
  playlists: playlistRoutes,
  photos: photoRoutes,
  devices: deviceRoutes,
  renderers: rendererRoutes,
  media: mediaRoutes,
  downloads: downloadRoutes,
  torrents: torrentRoutes,
  providers: providerRoutes,
  addon: addonRoutes,
  streams: streamRoutes,
  discover: discoverRoutes,
  matching: matchingRoutes,
  jobs: jobRoutes,
};
