import { KeysetLists } from './lists/keyset-lists.service.js';
import { ObjectSearchService } from './lists/object-search.service.js';
import { AlbumsService } from './music/albums.service.js';
import { ArtistsService } from './music/artists.service.js';
import { AudioCopiesService } from './music/audio-copies.service.js';
import { MusicCards } from './music/music-cards.service.js';
import { MusicPagesService } from './music/music-pages.service.js';
import { MusicController } from './music/music.controller.js';
import { TrackAudioService } from './music/track-audio.service.js';
import { TracksService } from './music/tracks.service.js';
import { PhotoAlbumsService } from './photos/photo-albums.service.js';
import { PhotoCards } from './photos/photo-cards.service.js';
import { PhotoPagesService } from './photos/photo-pages.service.js';
import { PhotoController } from './photos/photo.controller.js';
import { PhotosService } from './photos/photos.service.js';
import { OwnPlaylists } from './playlists/own-playlists.service.js';
import { PlaylistPages } from './playlists/playlist-pages.service.js';
import { PlaylistController } from './playlists/playlist.controller.js';
import { PlaylistsService } from './playlists/playlists.service.js';
import { MusicSearch } from './search/music-search.service.js';
import { TaggedSearch } from './search/tagged-search.service.js';
import { TagPool } from './tags/tag-pool.js';
import { TagReader } from './tags/tag-reader.port.js';

/** Music and photos, for lists here and on televisions. */
export const taggedMediaServices = [
  AlbumsService,
  ArtistsService,
  KeysetLists,
  ObjectSearchService,
  PhotoAlbumsService,
  PhotosService,
  PlaylistsService,
  TracksService,
];

/** What only the library itself needs of them. */
export const taggedMediaProviders = [
  { provide: TagReader, useFactory: (): TagReader => new TagPool() },
  AudioCopiesService,
  MusicCards,
  MusicPagesService,
  MusicSearch,
  OwnPlaylists,
  PhotoCards,
  PhotoPagesService,
  PlaylistPages,
  TaggedSearch,
  TrackAudioService,
];

export const taggedMediaControllers = [MusicController, PhotoController, PlaylistController];
