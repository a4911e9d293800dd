import type { RouteInput } from '@hearth/contract/route';
import {
  type TorrentEngineStatus,
  type TorrentPermission,
  torrentRoutes,
  type TorrentSettings,
} from '@hearth/contract/torrent';
import { Controller } from '@nestjs/common';
import { Handle, Input } from '../common/http/handle.js';
import { TorrentAccessService } from './access/torrent-access.service.js';
import { TorrentFacts } from './manage/torrent-facts.service.js';
import { TorrentSettingsService } from './settings/torrent-settings.service.js';

type InputOf<N extends keyof typeof torrentRoutes> = RouteInput<(typeof torrentRoutes)[N]>;

/** What administrators set. */
@Controller()
export class TorrentAdminController {
  constructor(
    private readonly settings: TorrentSettingsService,
    private readonly facts: TorrentFacts,
    private readonly rights: TorrentAccessService,
  ) {}

  @Handle(torrentRoutes.settings)
  async current(): Promise<TorrentSettings> {
    await this.settings.load();
    return this.settings.current;
  }

  @Handle(torrentRoutes.changeSettings)
  change(@Input() change: InputOf<'changeSettings'>): Promise<TorrentSettings> {
    return this.settings.change(change);
  }

  @Handle(torrentRoutes.engine)
  engine(): TorrentEngineStatus {
    return this.facts.status();
  }

  @Handle(torrentRoutes.refreshLists)
  refreshLists(): Promise<TorrentEngineStatus> {
    return this.facts.refreshLists();
  }

  @Handle(torrentRoutes.permissions)
  async permissions(): Promise<{ items: TorrentPermission[] }> {
    return { items: await this.rights.permissions() };
  }

  @Handle(torrentRoutes.changePermission)
  changePermission(
    @Input() { accountId, ...change }: InputOf<'changePermission'>,
  ): Promise<TorrentPermission> {
    return this.rights.changePermission(accountId, change);
  }
}
