import type { RouteInput } from '@hearth/contract/route';
import { type Torrent, torrentRoutes } from '@hearth/contract/torrent';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../../common/http/caller.js';
import { Handle, Input } from '../../../common/http/handle.js';
import { KeepService } from './keep.service.js';

@Controller()
export class KeepController {
  constructor(private readonly keeping: KeepService) {}

  @Handle(torrentRoutes.keep)
  keep(
    @Input() { hash, libraryId, fileIndices }: RouteInput<(typeof torrentRoutes)['keep']>,
    @CurrentCaller() caller: Caller,
  ): Promise<Torrent> {
    return this.keeping.keep({ infoHash: hash, libraryId, fileIndices }, caller);
  }
}
