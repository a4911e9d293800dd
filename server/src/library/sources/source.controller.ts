import { clientCapabilities } from '@hearth/contract/playback';
import type { TitleReference } from '@hearth/contract/provider-exchange';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { sourceRoutes } from '@hearth/contract/source';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { TitleDetailService } from '../catalogue/title-detail.service.js';
import { SourceDiscovery } from './source-discovery.service.js';
import { SourcePreferencesService } from './source-preferences.service.js';
import { type AskingDevice, TitleSourcesService } from './title-sources.service.js';

type Routes = typeof sourceRoutes;

/** What can be played for a title, wherever it comes from. */
@Controller()
export class SourceController {
  constructor(
    private readonly sources: TitleSourcesService,
    private readonly details: TitleDetailService,
    private readonly preferences: SourcePreferencesService,
    private readonly discovery: SourceDiscovery,
  ) {}

  @Handle(sourceRoutes.ofTitle)
  ofTitle(
    @Input() { id: titleId, episodeId, wait, ...device }: RouteInput<Routes['ofTitle']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['ofTitle']>> {
    return this.sources.ofTitle({ titleId, episodeId, waitMs: wait * 1000 }, caller, deviceOf(device));
  }

  @Handle(sourceRoutes.movie)
  async movie(
    @Input() { id, includeSources }: RouteInput<Routes['movie']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['movie']>> {
    const title = await this.details.detail(id, caller.accountId);
    if (!includeSources) return title;
    return { ...title, sources: (await this.sources.ofTitle({ titleId: id }, caller)).items };
  }

  @Handle(sourceRoutes.ofReference)
  ofReference(
    @Input() { wait, ...reference }: RouteInput<Routes['ofReference']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['ofReference']>> {
    return this.sources.ofReference(reference, wait * 1000, caller);
  }

  @Handle(sourceRoutes.search)
  search(
    @Input() { query, type, imdb, season, episode }: RouteInput<Routes['search']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['search']>> {
    const reference: TitleReference = {
      type: type ?? (season === undefined ? 'movie' : 'series'),
      externalIds: imdb === undefined ? {} : { imdb },
      ...(query !== '' && { name: query }),
      ...(season !== undefined && { season }),
      ...(episode !== undefined && { episode }),
    };
    return this.sources.torrents(reference, caller);
  }

  @Handle(sourceRoutes.preferences)
  own(@CurrentCaller() { accountId }: Caller): Promise<RouteReply<Routes['preferences']>> {
    return this.preferences.of(accountId);
  }

  @Handle(sourceRoutes.prefer)
  async prefer(
    @Input() preferences: RouteInput<Routes['prefer']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['prefer']>> {
    await this.preferences.set(accountId, preferences);
    return preferences;
  }

  @Handle(sourceRoutes.viewport)
  viewport(
    @Input() { titleIds }: RouteInput<Routes['viewport']>,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.discovery.lift(titleIds, caller);
  }
}

function deviceOf({
  bandwidth,
  ...client
}: Pick<
  RouteInput<Routes['ofTitle']>,
  'bandwidth' | 'containers' | 'videoCodecs' | 'audioCodecs' | 'maxHeight' | 'hdr'
>): AskingDevice {
  return {
    client: client.videoCodecs ? clientCapabilities.parse(client) : null,
    bandwidth: bandwidth ?? null,
  };
}
