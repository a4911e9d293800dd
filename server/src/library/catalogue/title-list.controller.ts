import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { titleRoutes } from '@hearth/contract/title';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { HomeService } from './home.service.js';
import { TitleFacetsService } from './title-facets.service.js';
import { TitleListService } from './title-list.service.js';

type Routes = typeof titleRoutes;

/** Many titles: home, lists, what lists can be narrowed by. */
@Controller()
export class TitleListController {
  constructor(
    private readonly homeRows: HomeService,
    private readonly lists: TitleListService,
    private readonly titleFacets: TitleFacetsService,
  ) {}

  @Handle(titleRoutes.home)
  home(@CurrentCaller() caller: Caller): Promise<RouteReply<Routes['home']>> {
    return this.homeRows.home(caller.accountId);
  }

  @Handle(titleRoutes.list)
  list(
    @Input() query: RouteInput<Routes['list']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['list']>> {
    return this.lists.list(query, caller.accountId);
  }

  @Handle(titleRoutes.facets)
  facets(
    @Input() filter: RouteInput<Routes['facets']>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<Routes['facets']>> {
    return this.titleFacets.facets(filter, caller.accountId);
  }
}
