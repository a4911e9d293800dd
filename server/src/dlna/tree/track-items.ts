import type { Guest } from '@hearth/dlna/guest';
import type { MediaContainer, MediaItem } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import type { AlbumsService } from '../../library/music/albums.service.js';
import type { ArtistsService } from '../../library/music/artists.service.js';
import type { TracksService } from '../../library/music/tracks.service.js';
import type { PlaylistFacts } from '../../library/playlists/playlists.service.js';
import { RendererOffers } from '../../playback/renderer/renderer-offers.service.js';
import { capabilitiesOf } from '../source/capabilities.js';
import { type Offered, offered } from '../source/offer-shapes.js';
import { type Grant, ResourceIds } from '../source/resource-ids.js';
import { folder, objectId } from './branch.js';

export type AlbumFacts = Awaited<ReturnType<AlbumsService['byIds']>>[number];
export type ArtistFacts = Awaited<ReturnType<ArtistsService['byIds']>>[number];
export type TrackFacts = Awaited<ReturnType<TracksService['byIds']>>[number];

/** Where a track is at home: in its album. */
export const trackHome = ({ id, album }: TrackFacts): string => objectId('music', ['al', album.id, id]);

/** Music as a guest is shown it. */
@Injectable()
export class TrackItems {
  constructor(
    private readonly offers: RendererOffers,
    private readonly ids: ResourceIds,
  ) {}

  /** @param at id and parent of each; what cannot be had is left out */
  async of<T extends TrackFacts>(
    tracks: readonly T[],
    at: (track: T) => { id: string; parentId: string },
    { viewerId, profile }: Guest,
  ): Promise<MediaItem[]> {
    if (tracks.length === 0) return [];
    const files = tracks.map(({ id }) => ({ fileId: id }));
    const found = await this.offers.of(viewerId, capabilitiesOf(profile), files);
    return tracks.flatMap((track) => {
      const ways = offered(found.get(track.id) ?? [], this.ids);
      return ways.offers.length > 0 ? [this.item(track, at(track), ways)] : [];
    });
  }

  /** @param grant of who sends it to a screen: what can be fetched of it is lent by them */
  item(
    track: TrackFacts,
    { id, parentId }: { id: string; parentId: string },
    { offers }: Offered,
    grant?: Grant,
  ): MediaItem {
    const { album, artists, artistText, year, number } = track;
    const artist = artistText ?? artists[0]?.name ?? album.artist?.name;
    const home = trackHome(track);
    return {
      type: 'item',
      class: 'object.item.audioItem.musicTrack',
      ...{ id, parentId, offers, title: track.name, album: album.name, genres: track.genres },
      ...(id !== home && { refId: home }),
      ...(artist !== undefined && { artist, creator: artist }),
      ...(year !== null && { date: `${year}-01-01` }),
      ...(number !== null && { trackNumber: number }),
      ...(album.coverId !== null && {
        art: { resourceId: this.ids.write('art', album.coverId, '', grant) },
      }),
    };
  }

  albumFolder(album: AlbumFacts, parentId?: string): MediaContainer {
    const { id, name, artist, genres, year, coverId, trackCount } = album;
    return folder('music', ['al', id], name, {
      class: 'object.container.album.musicAlbum',
      childCount: trackCount,
      ...(parentId !== undefined && { parentId }),
      ...(artist && { creator: artist.name }),
      ...(genres[0] !== undefined && { genre: genres[0] }),
      ...(year !== null && { date: `${year}-01-01` }),
      ...(coverId !== null && { art: { resourceId: this.ids.write('art', coverId) } }),
    });
  }

  playlistFolder({ id, name, trackCount, coverId }: PlaylistFacts): MediaContainer {
    return folder('playlists', [id], name, {
      class: 'object.container.playlistContainer',
      childCount: trackCount,
      ...(coverId !== null && { art: { resourceId: this.ids.write('art', coverId) } }),
    });
  }

  artistFolder({ id, name, albumCount, coverId }: ArtistFacts): MediaContainer {
    return folder('music', ['ar', id], name, {
      class: 'object.container.person.musicArtist',
      childCount: albumCount,
      ...(coverId !== null && { art: { resourceId: this.ids.write('art', coverId) } }),
    });
  }
}
