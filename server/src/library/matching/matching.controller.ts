import { matchingRoutes } from '@hearth/contract/matching';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { refuse } from '../discover/provider-refusal.js';
import { MatchingService } from './matching.service.js';
import { UnsureTitles } from './unsure-titles.service.js';

type Routes = typeof matchingRoutes;

@Controller()
export class MatchingController {
  constructor(
    private readonly matching: MatchingService,
    private readonly unsure: UnsureTitles,
  ) {}

  @Handle(matchingRoutes.unsure)
  list(
    @Input() page: RouteInput<Routes['unsure']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['unsure']>> {
    return this.unsure.list(page, accountId);
  }

  @Handle(matchingRoutes.refuse)
  refuse(@Input() { id, none }: RouteInput<Routes['refuse']>): Promise<void> {
    return this.unsure.refuse(id, none);
  }

  @Handle(matchingRoutes.candidates)
  async candidates(
    @Input() { id, name, year }: RouteInput<Routes['candidates']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['candidates']>> {
    return { items: await this.unsure.lookFor(id, { name, year }, accountId).catch(refuse) };
  }

  @Handle(matchingRoutes.choose)
  async choose(@Input() { id, ...candidate }: RouteInput<Routes['choose']>): Promise<void> {
    await this.matching.choose(id, candidate).catch(refuse);
  }
}
