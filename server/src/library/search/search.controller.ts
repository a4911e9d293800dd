import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { titleRoutes } from '@hearth/contract/title';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { SearchService } from './search.service.js';

@Controller()
export class SearchController {
  constructor(private readonly searches: SearchService) {}

  @Handle(titleRoutes.search)
  search(
    @Input() { q, limit }: RouteInput<typeof titleRoutes.search>,
    @CurrentCaller() caller: Caller,
  ): Promise<RouteReply<typeof titleRoutes.search>> {
    return this.searches.search(q, limit, caller.accountId);
  }
}
