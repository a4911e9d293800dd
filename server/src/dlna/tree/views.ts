import type { MediaView } from '@hearth/dlna/media-source.port';
import type { View } from './tree.js';

/** Everything to watch, in one folder, for devices that have a button for videos. */
export const videoView: View = {
  id: 'video',
  title: 'Video',
  keys: ['continue', 'next', 'recent', 'movies', 'tv'],
};

/** Where devices find each kind of media: real folders of ours, with folders in them. */
export const views: Readonly<Record<MediaView, string>> = {
  allVideo: videoView.id,
  videoFolders: videoView.id,
  allAudio: 'music',
  musicArtists: 'music$ar',
  musicAlbums: 'music$al',
  musicGenres: 'music$ge',
  playlists: 'playlists',
  allImages: 'photos',
  imageFolders: 'photos$f',
};
