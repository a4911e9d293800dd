import type { Provider } from '@nestjs/common';
import { FoundObjects } from '../search/found-objects.js';
import { HouseholdSearch } from '../search/household-search.service.js';
import type { Branch } from './branch.js';
import { MoviesBranch } from './branches/movies.js';
import { MusicBranch } from './branches/music.js';
import { PhotosBranch } from './branches/photos.js';
import { PlaylistsBranch } from './branches/playlists.js';
import { RecentBranch } from './branches/recent.js';
import { SeriesBranch } from './branches/series.js';
import { TorrentsBranch } from './branches/torrents.js';
import { ContinueBranch, NextUpBranch } from './branches/watching.js';
import { PhotoItems } from './photo-items.js';
import { RecentVideos } from './recent-videos.js';
import { TitleShelf } from './title-shelf.js';
import { TrackItems } from './track-items.js';
import { Tree } from './tree.js';
import { VideoItems } from './video-items.js';
import { videoView } from './views.js';

/** What televisions are shown, in this order. */
const branches = [
  ContinueBranch,
  NextUpBranch,
  RecentBranch,
  MoviesBranch,
  SeriesBranch,
  MusicBranch,
  PhotosBranch,
  PlaylistsBranch,
  TorrentsBranch,
];

export const treeProviders: Provider[] = [
  ...[FoundObjects, HouseholdSearch, PhotoItems, RecentVideos, TitleShelf, TrackItems, VideoItems],
  ...branches,
  { provide: Tree, inject: branches, useFactory: (...all: Branch[]) => new Tree(all, [videoView]) },
];
