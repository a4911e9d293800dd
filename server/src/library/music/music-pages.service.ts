import type { musicRoutes } from '@hearth/contract/music';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import { AlbumsService } from './albums.service.js';
import { ArtistsService } from './artists.service.js';
import { MusicCards } from './music-cards.service.js';
import { TracksService } from './tracks.service.js';

type Routes = typeof musicRoutes;

/** An artist's page shows so many albums; nobody has made more. */
const albumsOfArtist = 1000;

/** The pages of music: lists as cards, an album, an artist. */
@Injectable()
export class MusicPagesService {
  constructor(
    private readonly albumLists: AlbumsService,
    private readonly artistLists: ArtistsService,
    private readonly tracks: TracksService,
    private readonly cards: MusicCards,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async albums(
    query: RouteInput<Routes['albums']>,
    accountId: string,
  ): Promise<RouteReply<Routes['albums']>> {
    const { items, ...rest } = await this.albumLists.page(query, query, accountId);
    return { items: await this.cards.albums(items, accountId), ...rest };
  }

  /** @throws ProblemError NOT_FOUND */
  async album(id: string, accountId: string): Promise<RouteReply<Routes['album']>> {
    const album = await this.albumLists.one(id, accountId);
    const [card] = album ? await this.cards.albums([album], accountId) : [];
    if (!album || !card) throw notFound('album');
    const tracks = await this.tracks.ofAlbum(id, accountId);
    return {
      ...card,
      libraryId: album.libraryId,
      tracks: tracks.map((track) => this.cards.track(track, accountId)),
    };
  }

  /** @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async artists(
    query: RouteInput<Routes['artists']>,
    accountId: string,
  ): Promise<RouteReply<Routes['artists']>> {
    const { items, ...rest } = await this.artistLists.page(query, query, accountId);
    return { items: await this.cards.artists(items, accountId), ...rest };
  }

  /** @throws ProblemError NOT_FOUND */
  async artist(id: string, accountId: string): Promise<RouteReply<Routes['artist']>> {
    const artist = await this.artistLists.one(id, accountId);
    const [card] = artist ? await this.cards.artists([artist], accountId) : [];
    if (!card) throw notFound('artist');
    const window = { start: 0, count: albumsOfArtist };
    const { items } = await this.albumLists.slice({ artistId: id, sort: 'year' }, window, accountId);
    return { ...card, albums: await this.cards.albums(items, accountId) };
  }

  async genres(accountId: string): Promise<RouteReply<Routes['genres']>> {
    return { items: await this.albumLists.genres(accountId) };
  }
}
