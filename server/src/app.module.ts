import { type DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { CacheModule } from './cache/cache.module.js';
import { CommonModule } from './common/common.module.js';
import type { LogSink } from './common/log/logger.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DlnaModule } from './dlna/dlna.module.js';
import { EventsModule } from './events/events.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { UserModule } from './user/user.module.js';
import { FfmpegModule } from './ffmpeg/ffmpeg.module.js';
import { PlaybackModule } from './playback/playback.module.js';
import { LibraryModule } from './library/library.module.js';

@Module({})
export class AppModule {
  static forRoot(config: Config, sink: LogSink): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CommonModule.forRoot(sink),
        ConfigModule.forRoot(config),
        DatabaseModule,
        CacheModule,
        EventsModule,
        JobsModule,
        UserModule,
        FfmpegModule,
        LibraryModule,
        PlaybackModule,
        DlnaModule,
        DemoModule,
        AdminModule,
      ],
    };
  }
}
