import type { AlbumDetail, FoundTrack } from '@hearth/contract/music';
import type { Entry } from '../core/listening/listening-queue';

/** What of an album can be played. */
export const entriesOfAlbum = ({ id, name, cover, artist, tracks }: AlbumDetail): Entry[] =>
  tracks.filter(({ available }) => available).map((track) => ({ track, album: { id, name, cover, artist } }));

/** What of some tracks can be played, each from its own album. */
export const entriesOfTracks = (tracks: readonly FoundTrack[]): Entry[] =>
  tracks
    .filter(({ available }) => available)
    .map((track) => ({
      track,
      album: { id: track.albumId, name: track.albumName, cover: track.cover, artist: null },
    }));

/** In an order that nobody chose. */
export function shuffled<T>(items: readonly T[]): T[] {
  const drawn = items.map((item) => ({ item, lot: Math.random() }));
  return drawn.sort((a, b) => a.lot - b.lot).map(({ item }) => item);
}
