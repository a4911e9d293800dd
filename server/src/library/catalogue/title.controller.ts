import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { titleRoutes } from '@hearth/contract/title';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { AudienceService } from '../audience/audience.service.js';
import { EpisodeCardsService } from './episode-cards.service.js';
import { SimilarTitlesService } from './similar-titles.service.js';
import { TitleDetailService } from './title-detail.service.js';
import { TitleEditService } from './title-edit.service.js';

type Routes = typeof titleRoutes;

/** One title: details, seasons, episodes, corrections. */
@Controller()
export class TitleController {
  constructor(
    private readonly details: TitleDetailService,
    private readonly episodeCards: EpisodeCardsService,
    private readonly similarTitles: SimilarTitlesService,
    private readonly edits: TitleEditService,
    private readonly audiences: AudienceService,
  ) {}

  @Handle(titleRoutes.detail)
  detail(
    @Input() { id }: RouteInput<Routes['detail']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['detail']>> {
    return this.details.detail(id, caller.accountId);
  }

  @Handle(titleRoutes.update)
  async update(
    @Input() { id, ...correction }: RouteInput<Routes['update']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['update']>> {
    await this.audiences.mustSeeTitle(id, caller.accountId);
    await this.edits.update(id, correction);
    return this.details.detail(id, caller.accountId);
  }

  @Handle(titleRoutes.seasons)
  async seasons(
    @Input() { id }: RouteInput<Routes['seasons']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['seasons']>> {
    await this.audiences.mustSeeTitle(id, caller.accountId);
    return { items: await this.episodeCards.seasons(id, caller.accountId) };
  }

  @Handle(titleRoutes.episodes)
  async episodes(
    @Input() { id, season }: RouteInput<Routes['episodes']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['episodes']>> {
    await this.audiences.mustSeeTitle(id, caller.accountId);
    return { items: await this.episodeCards.ofTitle(id, caller.accountId, season) };
  }

  @Handle(titleRoutes.similar)
  async similar(
    @Input() { id }: RouteInput<Routes['similar']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['similar']>> {
    await this.audiences.mustSeeTitle(id, caller.accountId);
    return { items: await this.similarTitles.similar(id, caller.accountId) };
  }
}
