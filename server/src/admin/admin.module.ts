import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { LibraryModule } from '../library/library.module.js';
import { PlaybackModule } from '../playback/playback.module.js';
import { ProviderModule } from '../provider/provider.module.js';
import { TorrentModule } from '../torrent/torrent.module.js';
import { TranscodingModule } from '../transcoding/transcoding.module.js';
import { UserModule } from '../user/user.module.js';
import { LogEvents } from './log-events.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { MemoryRelease } from './memory-release.js';
import { SetupService } from './setup.service.js';
import { StatusService } from './status.service.js';
import { SystemController } from './system.controller.js';
import { JobsController } from './jobs.controller.js';

/** The administrator’s view of the server, and its public health. */
@Module({
  imports: [LibraryModule, PlaybackModule, ProviderModule, TorrentModule, TranscodingModule, UserModule],
  controllers: [HealthController, JobsController, MetricsController, SystemController],
  providers: [LogEvents, MemoryRelease, MetricsService, SetupService, StatusService],
})
export class AdminModule {}
