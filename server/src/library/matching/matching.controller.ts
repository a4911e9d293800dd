import { matchingRoutes, type UnsureTitle } from '@hearth/contract/matching';
import type { RouteInput } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { Handle, Input } from '../../common/http/handle.js';
import { refuse } from '../discover/provider-refusal.js';
import { MatchingService } from './matching.service.js';
import { UnsureTitles } from './unsure-titles.service.js';

@Controller()
export class MatchingController {
  constructor(
    private readonly matching: MatchingService,
    private readonly unsure: UnsureTitles,
  ) {}

  @Handle(matchingRoutes.unsure)
  list(): Promise<{ items: UnsureTitle[]; total: number }> {
    return this.unsure.list();
  }

  @Handle(matchingRoutes.choose)
  async choose(@Input() { id, ...candidate }: RouteInput<typeof matchingRoutes.choose>): Promise<void> {
    await this.matching.choose(id, candidate).catch(refuse);
  }
}
