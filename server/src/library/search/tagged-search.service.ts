import type { SearchResults } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { PhotoCards } from '../photos/photo-cards.service.js';
import { PhotosService } from '../photos/photos.service.js';
import { PlaylistPages } from '../playlists/playlist-pages.service.js';
import { MusicSearch } from './music-search.service.js';
import type { SearchKind } from './search-index.js';

const musicKinds = ['artist', 'album', 'track'] as const;

/** Music and photos among the results of a search. */
@Injectable()
export class TaggedSearch {
  constructor(
    private readonly database: Database,
    private readonly music: MusicSearch,
    private readonly photos: PhotosService,
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
      ...(await this.music.show(ids, accountId)),
      photos: await this.photoCards.photos(await this.photos.byIds(ids('photo')), accountId),
    };
  }
}
