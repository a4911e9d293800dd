import type { SearchResults } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { AlbumsService } from '../music/albums.service.js';
import { ArtistsService } from '../music/artists.service.js';
import { MusicCards } from '../music/music-cards.service.js';
import { TracksService } from '../music/tracks.service.js';
import type { SearchKind } from './search-index.js';

/** Music among the results of a search. */
@Injectable()
export class MusicSearch {
  constructor(
    private readonly albums: AlbumsService,
    private readonly artists: ArtistsService,
    private readonly tracks: TracksService,
    private readonly cards: MusicCards,
  ) {}

  /** @param ids of the hits of a kind, best first */
  async show(
    ids: (kind: SearchKind) => string[],
    accountId: string,
  ): Promise<Pick<SearchResults, 'albums' | 'artists' | 'tracks'>> {
    return {
      albums: await this.cards.albums(await this.albums.byIds(ids('album')), accountId),
      artists: await this.cards.artists(await this.artists.byIds(ids('artist')), accountId),
      tracks: await this.cards.found(await this.tracks.byIds(ids('track')), accountId),
    };
  }
}
