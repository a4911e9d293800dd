import type { SearchResults } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AlbumsService } from '../music/albums.service.js';
import { ArtistsService } from '../music/artists.service.js';
import { MusicCards } from '../music/music-cards.service.js';
import { TracksService } from '../music/tracks.service.js';
import { PhotoCards } from '../photos/photo-cards.service.js';
import { PhotosService } from '../photos/photos.service.js';
import { PlaylistPages } from '../playlists/playlist-pages.service.js';
import type { SearchKind } from './search-index.js';

const musicKinds = ['artist', 'album', 'track'] as const;

/** Music and photos among the results of a search. */
@Injectable()
export class TaggedSearch {
  constructor(
    private readonly database: Database,
    private readonly albums: AlbumsService,
    private readonly artists: ArtistsService,
    private readonly tracks: TracksService,
    private readonly photos: PhotosService,
    private readonly cards: MusicCards,
    private readonly photoCards: PhotoCards,
    private readonly playlists: PlaylistPages,
  ) {}

  /** Kinds there is anything of: a household without music does not pay for looking for it. */
  async kinds(): Promise<SearchKind[]> {
    const [found] = await this.database.read.sql<
      { music: string | null; photos: string | null }[]
    >`SELECT (SELECT id FROM album LIMIT 1) AS music, (SELECT id FROM photo LIMIT 1) AS photos`;
    return [...(found?.music ? musicKinds : []), ...(found?.photos ? (['photo'] as const) : [])];
  }

  /** @param ids of the hits of a kind, best first; playlists are few, and looked through */
  async show(
    ids: (kind: SearchKind) => string[],
    { query, limit, accountId }: { query: string; limit: number; accountId: string },
  ): Promise<Pick<SearchResults, 'albums' | 'artists' | 'tracks' | 'photos' | 'playlists'>> {
    return {
      playlists: await this.playlists.found(query, limit, accountId),
      albums: await this.cards.albums(await this.albums.byIds(ids('album')), accountId),
      artists: await this.cards.artists(await this.artists.byIds(ids('artist')), accountId),
      tracks: await this.cards.found(await this.tracks.byIds(ids('track')), accountId),
      photos: await this.photoCards.photos(await this.photos.byIds(ids('photo')), accountId),
    };
  }
}
