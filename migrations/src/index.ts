import { Initial1763690000000 } from './0001-initial.js';
import { Search1763690100000 } from './0002-search.js';
import { ListIndices1763690200000 } from './0003-list-indices.js';
import { Playback1763690300000 } from './0004-playback.js';
import { FileMarkers1763690400000 } from './0005-file-markers.js';
import { Downloads1763690500000 } from './0006-downloads.js';
import { Audience1763690600000 } from './0007-audience.js';
import { MusicPhotos1763690700000 } from './0008-music-photos.js';
import { Devices1763690800000 } from './0009-devices.js';
import { Torrents1763690900000 } from './0010-torrents.js';
import { Playlists1763691000000 } from './0011-playlists.js';
import { VobSub1763691100000 } from './0012-vobsub.js';
import { Providers1763691200000 } from './0013-providers.js';
import { TitleExternalIds1763691300000 } from './0014-title-external-ids.js';
import { TitleSources1763691400000 } from './0015-title-sources.js';
import { ProviderPackages1763691500000 } from './0016-provider-packages.js';
import { TitleMatches1763691600000 } from './0017-title-matches.js';
import { KeptFiles1763691700000 } from './0018-kept-files.js';

/** Every migration in the order it runs. Append only: a released migration never changes. */
export const migrations = [
  Initial1763690000000,
  Search1763690100000,
  ListIndices1763690200000,
  Playback1763690300000,
  FileMarkers1763690400000,
  Downloads1763690500000,
  Audience1763690600000,
  MusicPhotos1763690700000,
  Devices1763690800000,
  Torrents1763690900000,
  Playlists1763691000000,
  VobSub1763691100000,
  Providers1763691200000,
  TitleExternalIds1763691300000,
  TitleSources1763691400000,
  ProviderPackages1763691500000,
  TitleMatches1763691600000,
  KeptFiles1763691700000,
];
