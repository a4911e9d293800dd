import { photoRoutes } from '@hearth/contract/photo';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { PhotoPagesService } from './photo-pages.service.js';

type Routes = typeof photoRoutes;

@Controller()
export class PhotoController {
  constructor(private readonly pages: PhotoPagesService) {}

  @Handle(photoRoutes.albums)
  albums(
    @Input() query: RouteInput<Routes['albums']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['albums']>> {
    return this.pages.albums(query, accountId);
  }

  @Handle(photoRoutes.album)
  album(
    @Input() { id }: RouteInput<Routes['album']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['album']>> {
    return this.pages.album(id, accountId);
  }

  @Handle(photoRoutes.list)
  list(
    @Input() query: RouteInput<Routes['list']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['list']>> {
    return this.pages.photos(query, accountId);
  }
}
