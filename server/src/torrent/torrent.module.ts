import { join } from 'node:path';
import { Module, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Logger } from '../common/log/logger.js';
import type { Config } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { Household } from './access/household.js';
import { TorrentAccessService } from './access/torrent-access.service.js';
import { TorrentDoor } from './door/torrent-door.service.js';
import { BrowserSwarms } from './browser/browser-swarms.service.js';
import { BrowserTracker } from './browser/browser-tracker.service.js';
import { ChildEngine } from './engine/child-engine.js';
import { TorrentContentEntity } from './entities/torrent-content.entity.js';
import { TorrentMemberEntity } from './entities/torrent-member.entity.js';
import { TorrentPermissionEntity } from './entities/torrent-permission.entity.js';
import { TorrentResumeEntity } from './entities/torrent-resume.entity.js';
import { TorrentSettingEntity } from './entities/torrent-setting.entity.js';
import { TorrentEntity } from './entities/torrent.entity.js';
import { BlockListService } from './lists/block-list.service.js';
import { TrackerListService } from './lists/tracker-list.service.js';
import { AddingService } from './manage/adding.service.js';
import { Clock } from './manage/clock.js';
import { EngineSupply } from './manage/engine-supply.service.js';
import { torrentEngineToken } from './manage/engine-token.js';
import { LearningService } from './manage/learning.service.js';
import { ManagingService } from './manage/managing.service.js';
import { ReadingIn } from './manage/reading-in.service.js';
import { SwarmCounts } from './manage/swarm-counts.service.js';
import { TorrentBytes } from './manage/torrent-bytes.service.js';
import { TorrentConversion } from './manage/torrent-conversion.service.js';
import { TorrentEdge } from './manage/torrent-edge.service.js';
import { TorrentFacts } from './manage/torrent-facts.service.js';
import { TorrentHerald } from './manage/torrent-herald.service.js';
import { TorrentLifecycle } from './manage/torrent-lifecycle.service.js';
import { TorrentNumbers } from './manage/torrent-numbers.service.js';
import { TorrentPulse } from './manage/torrent-pulse.service.js';
import { TorrentRegistry } from './manage/torrent-registry.js';
import { TorrentStore } from './manage/torrent-store.js';
import { TorrentView } from './manage/torrent-view.service.js';
import { WatchFolder } from './manage/watch-folder.service.js';
import { InterfaceWatch } from './network/interface-watch.js';
import { TorrentSettingsService } from './settings/torrent-settings.service.js';
import { TorrentAdminController } from './torrent-admin.controller.js';
import { TorrentController } from './torrent.controller.js';
import { TorrentService } from './torrent.service.js';

const entities = [
  TorrentEntity, TorrentMemberEntity, TorrentContentEntity, TorrentResumeEntity, TorrentPermissionEntity,
  TorrentSettingEntity,
]; // prettier-ignore

const managing = [
  AddingService, Clock, EngineSupply, Household, LearningService, ManagingService, ReadingIn, SwarmCounts,
  TorrentAccessService, TorrentBytes, TorrentConversion, TorrentEdge, TorrentFacts, TorrentHerald, TorrentLifecycle, TorrentNumbers,
  TorrentPulse, TorrentRegistry, TorrentSettingsService, TorrentStore, TorrentView, WatchFolder,
]; // prettier-ignore

/** What is made of what others built; nothing of it runs, or reads a file, before torrents are on. */
const parts: Provider[] = [
  {
    provide: torrentEngineToken,
    inject: [configToken, Logger],
    useFactory: ({ dataDirectory, torrents }: Config, logger: Logger) =>
      new ChildEngine({
        dataDirectory: join(dataDirectory, 'torrents'),
        logger: logger.scoped('torrent engine'),
        stallMs: torrents.streamTimeoutMs,
      }),
  },
  { provide: InterfaceWatch, useFactory: () => new InterfaceWatch() },
  ...[
    { provide: TrackerListService, name: 'trackers' },
    { provide: BlockListService, name: 'blocked-addresses' },
  ].map(({ provide, name }) => ({
    provide,
    inject: [configToken, Logger],
    useFactory: ({ dataDirectory }: Config, logger: Logger) =>
      new provide({ file: join(dataDirectory, 'torrents', 'lists', name), logger: logger.scoped('torrent') }),
  })),
  TorrentDoor,
]; // prettier-ignore

/** Torrents: what is added, who may, and the engine that fetches. Off until an administrator turns it on. */
@Module({
  imports: [TypeOrmModule.forFeature(entities)],
  controllers: [TorrentAdminController, TorrentController],
  providers: [...parts, ...managing, BrowserSwarms, BrowserTracker, TorrentService],
  exports: [TorrentService],
})
export class TorrentModule {}
