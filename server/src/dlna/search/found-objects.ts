import type { Guest } from '@hearth/dlna/guest';
import type { MediaObject } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { TitleFactsService } from '../../library/catalogue/title-facts.service.js';
import type { ObjectKind } from '../../library/lists/object-search.service.js';
import { AlbumsService } from '../../library/music/albums.service.js';
import { ArtistsService } from '../../library/music/artists.service.js';
import { TracksService } from '../../library/music/tracks.service.js';
import { PhotoAlbumsService } from '../../library/photos/photo-albums.service.js';
import { PhotosService } from '../../library/photos/photos.service.js';
import { PlaylistsService } from '../../library/playlists/playlists.service.js';
import { partsOf } from '../tree/branch.js';
import { PhotoItems, photoHome } from '../tree/photo-items.js';
import { TrackItems, trackHome } from '../tree/track-items.js';
import { episodeHome, filmHome, VideoItems } from '../tree/video-items.js';

type Making = (ids: readonly string[], guest: Guest) => Promise<MediaObject[]>;

const parentOf = (id: string): string => partsOf(id).slice(0, -1).join('$');
const at = (id: string) => ({ id, parentId: parentOf(id) });

/** What a search found, where it is at home. Whether the guest may see it, the search has asked. */
@Injectable()
export class FoundObjects {
  private readonly making: Readonly<Record<ObjectKind, Making>>;

  constructor(
    private readonly facts: TitleFactsService,
    private readonly videos: VideoItems,
    artists: ArtistsService,
    albums: AlbumsService,
    tracks: TracksService,
    trackItems: TrackItems,
    photoAlbums: PhotoAlbumsService,
    photos: PhotosService,
    photoItems: PhotoItems,
    playlists: PlaylistsService,
  ) {
    this.making = {
      movie: (ids, guest) => this.films(ids, guest),
      episode: (ids, guest) => this.episodes(ids, guest),
      artist: async (ids) => (await artists.byIds(ids)).map((artist) => trackItems.artistFolder(artist)),
      album: async (ids) => (await albums.byIds(ids)).map((album) => trackItems.albumFolder(album)),
      track: async (ids, guest) =>
        trackItems.of(await tracks.byIds(ids), (track) => at(trackHome(track)), guest),
      'photo-album': async (ids) =>
        (await photoAlbums.byIds(ids)).map((album) => photoItems.albumFolder('f', album)),
      playlist: async (ids, { viewerId }) =>
        (await playlists.byIds(ids, viewerId)).map((playlist) => trackItems.playlistFolder(playlist)),
      photo: async (ids, guest) =>
        (await photos.byIds(ids)).map((photo) => photoItems.item(photo, at(photoHome(photo)), guest)),
    };
  }

  /** In the order of `ids`. */
  of(kind: ObjectKind, ids: readonly string[], guest: Guest): Promise<MediaObject[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.making[kind](ids, guest);
  }

  private films(ids: readonly string[], guest: Guest): Promise<MediaObject[]> {
    const places = ids.map((titleId) => ({ titleId, episodeId: null, ...at(filmHome(titleId)) }));
    return this.videos.at(places, guest);
  }

  private async episodes(ids: readonly string[], guest: Guest): Promise<MediaObject[]> {
    const facts = await this.facts.episodes(ids, guest.viewerId);
    const places = ids.flatMap((id) => {
      const episode = facts.get(id);
      return episode
        ? [{ titleId: episode.titleId, episodeId: id, alone: true, ...at(episodeHome(episode)) }]
        : [];
    });
    return this.videos.at(places, guest);
  }
}
