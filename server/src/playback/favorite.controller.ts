import { playbackRoutes } from '@hearth/contract/playback';
import type { RouteInput } from '@hearth/contract/route';
import type { TitleCard } from '@hearth/contract/title';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { AudienceService } from '../library/audience/audience.service.js';
import { TitleCardsService } from '../library/catalogue/title-cards.service.js';
import { FavoriteService } from '../user/favorite.service.js';
import type { Page } from './history.service.js';

interface TitleInput {
  titleId: string;
}

@Controller()
export class FavoriteController {
  constructor(
    private readonly favorites: FavoriteService,
    private readonly titles: TitleCardsService,
    private readonly audiences: AudienceService,
  ) {}

  @Handle(playbackRoutes.favorites)
  async list(
    @Input() { limit, cursor }: RouteInput<typeof playbackRoutes.favorites>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<Page<TitleCard>> {
    const { titleIds, ...page } = await this.favorites.list(accountId, limit, cursor, (query) =>
      this.audiences.narrowByTitle(query, accountId, 'f.titleId'),
    );
    return { items: await this.titles.list(titleIds, accountId), ...page };
  }

  @Handle(playbackRoutes.favorite)
  async has(
    @Input() { titleId }: TitleInput,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<{ favorite: boolean }> {
    await this.audiences.mustSeeTitle(titleId, accountId);
    return { favorite: await this.favorites.has(accountId, titleId) };
  }

  @Handle(playbackRoutes.addFavorite)
  async add(
    @Input() { titleId }: TitleInput,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<{ favorite: boolean }> {
    await this.audiences.mustSeeTitle(titleId, accountId);
    await this.favorites.set(accountId, titleId, true);
    return { favorite: true };
  }

  @Handle(playbackRoutes.removeFavorite)
  async remove(
    @Input() { titleId }: TitleInput,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<{ favorite: boolean }> {
    await this.audiences.mustSeeTitle(titleId, accountId);
    await this.favorites.set(accountId, titleId, false);
    return { favorite: false };
  }
}
