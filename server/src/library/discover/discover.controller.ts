import {
  type DiscoverRow,
  type DiscoverSearch,
  discoverRoutes,
  type FoundItem,
  type FoundTitle,
} from '@hearth/contract/discover';
import type { RouteInput } from '@hearth/contract/route';
import { Controller, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { BrowseService } from './browse.service.js';
import { DiscoverService } from './discover.service.js';

@Controller()
export class DiscoverController {
  constructor(
    private readonly discover: DiscoverService,
    private readonly browsing: BrowseService,
  ) {}

  @Handle(discoverRoutes.rows)
  async rows(
    @Input() { wait, ...which }: RouteInput<typeof discoverRoutes.rows>,
    @CurrentCaller() caller: Caller,
  ): Promise<{ rows: DiscoverRow[] }> {
    return { rows: await this.discover.rows(caller, wait * 1000, which) };
  }

  @Handle(discoverRoutes.discoverSearch)
  search(
    @Input() { q, wait }: RouteInput<typeof discoverRoutes.discoverSearch>,
    @CurrentCaller() caller: Caller,
  ): Promise<DiscoverSearch> {
    return this.discover.search(caller, q, wait * 1000);
  }

  /** The query as it came: what filters there are is the list's to say. */
  @Handle(discoverRoutes.browse)
  browse(
    @Input() place: RouteInput<typeof discoverRoutes.browse>,
    @Query() query: Record<string, unknown>,
    @CurrentCaller() caller: Caller,
  ): Promise<{ items: FoundItem[]; nextCursor: string | null }> {
    return this.browsing.page(place, query, caller);
  }

  @Handle(discoverRoutes.title)
  title(
    @Input() { id, type, itemId }: RouteInput<typeof discoverRoutes.title>,
    @CurrentCaller() caller: Caller,
  ): Promise<FoundTitle> {
    return this.browsing.title(id, type, itemId, caller);
  }
}
