import type { MediaView } from '../media-source.port.js';

/**
 * Containers that devices ask for without having been shown them: Windows Media Connect's fixed ids (Xbox 360 and
 * PlaysForSure players; UMS searchToBrowse, minidlna containers.c) and Samsung's (gerbera; jellyfin#2335).
 */
const VIEWS: Readonly<Record<string, MediaView>> = {
  '4': 'allAudio',
  '5': 'musicGenres',
  '6': 'musicArtists',
  '7': 'musicAlbums',
  F: 'playlists',
  '8': 'allVideo',
  B: 'allImages',
  '15': 'videoFolders',
  '16': 'imageFolders',
  A: 'allAudio',
  V: 'allVideo',
  I: 'allImages',
  P: 'playlists',
  A_D: 'musicAlbums',
  A_T: 'allAudio',
  V_D: 'videoFolders',
  V_T: 'allVideo',
  I_D: 'imageFolders',
  I_T: 'allImages',
  P_D: 'playlists',
  P_T: 'playlists',
};

/** Every spelling of the root: some send nothing (UMS#4650), some Samsungs 1 (Jellyfin), Windows 2 and 3 for its kinds. */
const ROOTS = new Set(['', '1', '2', '3', '-1']);

/** @returns the id that is meant by one the host does not know; undefined where it means nothing */
export function meaningOf(id: string, views: Readonly<Record<MediaView, string>>): string | undefined {
  const name = id.trim();
  if (ROOTS.has(name)) return '0';
  // minidlna's full ids, which some players were taught: 1$4, 2$8, 3$B.
  const view = VIEWS[name.replace(/^[123]\$/, '')];
  return view && views[view];
}
