import { libraryRoutes } from '@hearth/contract/library';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { AttentionService } from './attention.service.js';
import { LibraryService } from './library.service.js';
import { MatchService } from './match.service.js';

@Controller()
export class LibraryController {
  constructor(
    private readonly libraries: LibraryService,
    private readonly attention: AttentionService,
    private readonly matches: MatchService,
  ) {}

  @Handle(libraryRoutes.list)
  async list(@CurrentCaller() caller: Caller): Promise<RouteReply<typeof libraryRoutes.list>> {
    return { items: await this.libraries.list(caller.role === 'admin' ? null : caller.accountId) };
  }

  @Handle(libraryRoutes.create)
  create(
    @Input() draft: RouteInput<typeof libraryRoutes.create>,
  ): Promise<RouteReply<typeof libraryRoutes.create>> {
    return this.libraries.create(draft);
  }

  @Handle(libraryRoutes.update)
  update(
    @Input() input: RouteInput<typeof libraryRoutes.update>,
  ): Promise<RouteReply<typeof libraryRoutes.update>> {
    return this.libraries.update(input.id, input);
  }

  @Handle(libraryRoutes.remove)
  remove(@Input() { id }: RouteInput<typeof libraryRoutes.remove>): Promise<void> {
    return this.libraries.remove(id);
  }

  @Handle(libraryRoutes.scan)
  async scan(
    @Input() { id, full }: RouteInput<typeof libraryRoutes.scan>,
  ): Promise<RouteReply<typeof libraryRoutes.scan>> {
    return { jobId: await this.libraries.scan(id, full) };
  }

  @Handle(libraryRoutes.forgetMissing)
  forgetMissing(
    @Input() { id }: RouteInput<typeof libraryRoutes.forgetMissing>,
  ): Promise<RouteReply<typeof libraryRoutes.forgetMissing>> {
    return this.libraries.forgetMissing(id);
  }

  @Handle(libraryRoutes.attention)
  files(
    @Input() query: RouteInput<typeof libraryRoutes.attention>,
  ): Promise<RouteReply<typeof libraryRoutes.attention>> {
    return this.attention.list(query);
  }

  @Handle(libraryRoutes.match)
  async match(
    @Input() { id, match }: RouteInput<typeof libraryRoutes.match>,
  ): Promise<RouteReply<typeof libraryRoutes.match>> {
    return { titleId: await this.matches.match(id, match) };
  }
}
