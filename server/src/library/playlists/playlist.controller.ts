import { playlistRoutes } from '@hearth/contract/playlist';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { OwnPlaylists } from './own-playlists.service.js';
import { PlaylistPages } from './playlist-pages.service.js';

type Routes = typeof playlistRoutes;

@Controller()
export class PlaylistController {
  constructor(
    private readonly pages: PlaylistPages,
    private readonly own: OwnPlaylists,
  ) {}

  @Handle(playlistRoutes.list)
  async list(@CurrentCaller() { accountId }: Caller): Promise<RouteReply<Routes['list']>> {
    return { items: await this.pages.list(accountId) };
  }

  @Handle(playlistRoutes.create)
  async create(
    @Input() { name, trackIds }: RouteInput<Routes['create']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['create']>> {
    return this.pages.card(await this.own.create(name, trackIds, accountId), accountId);
  }

  @Handle(playlistRoutes.detail)
  detail(
    @Input() { id }: RouteInput<Routes['detail']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<RouteReply<Routes['detail']>> {
    return this.pages.detail(id, accountId);
  }

  @Handle(playlistRoutes.rename)
  rename(
    @Input() { id, name }: RouteInput<Routes['rename']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<void> {
    return this.own.rename(id, name, accountId);
  }

  @Handle(playlistRoutes.remove)
  remove(
    @Input() { id }: RouteInput<Routes['remove']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<void> {
    return this.own.remove(id, accountId);
  }

  @Handle(playlistRoutes.append)
  append(
    @Input() { id, trackIds }: RouteInput<Routes['append']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<void> {
    return this.own.append(id, trackIds, accountId);
  }

  @Handle(playlistRoutes.arrange)
  arrange(
    @Input() { id, entryIds }: RouteInput<Routes['arrange']>,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<void> {
    return this.own.arrange(id, entryIds, accountId);
  }
}
