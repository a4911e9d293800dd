import type { photoRoutes } from '@hearth/contract/photo';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import { PhotoAlbumsService } from './photo-albums.service.js';
import { PhotoCards } from './photo-cards.service.js';
import { PhotosService } from './photos.service.js';

type Routes = typeof photoRoutes;

/** The pages of photos: albums by folder and month, and what is in them. */
@Injectable()
export class PhotoPagesService {
  constructor(
    private readonly albumLists: PhotoAlbumsService,
    private readonly lists: PhotosService,
    private readonly cards: PhotoCards,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async albums(
    query: RouteInput<Routes['albums']>,
    accountId: string,
  ): Promise<RouteReply<Routes['albums']>> {
    const { items, ...rest } = await this.albumLists.page(query.kind, query, accountId);
    return { items: await this.cards.albums(items, accountId), ...rest };
  }

  /** @throws ProblemError NOT_FOUND */
  async album(id: string, accountId: string): Promise<RouteReply<Routes['album']>> {
    const album = await this.albumLists.one(id, accountId);
    const [card] = album ? await this.cards.albums([album], accountId) : [];
    if (!card) throw notFound('photo album');
    return card;
  }

  /** @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async photos(query: RouteInput<Routes['list']>, accountId: string): Promise<RouteReply<Routes['list']>> {
    const filter = { albumId: query.albumId, q: query.q, descending: query.order === 'desc' };
    const { items, ...rest } = await this.lists.page(filter, query, accountId);
    return { items: await this.cards.photos(items, accountId), ...rest };
  }
}
