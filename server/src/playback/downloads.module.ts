import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Config } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { LibraryModule } from '../library/library.module.js';
import { TranscodingModule } from '../transcoding/transcoding.module.js';
import { DownloadEntity } from './downloads/download.entity.js';
import { DownloadsController } from './downloads/downloads.controller.js';
import { DownloadsService } from './downloads/downloads.service.js';
import { MadeVersion } from './downloads/made-version.entity.js';
import { VersionStore } from './downloads/version-store.js';
import { SubtitlesModule } from './subtitles.module.js';
import { VersionsService } from './downloads/versions.service.js';

/** Films to take along, and smaller versions that are made once. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DownloadEntity, MadeVersion]),
    LibraryModule,
    SubtitlesModule,
    TranscodingModule,
  ],
  controllers: [DownloadsController],
  providers: [
    DownloadsService,
    VersionsService,
    {
      provide: VersionStore,
      inject: [configToken],
      useFactory: ({ dataDirectory }: Config) => new VersionStore(join(dataDirectory, 'versions')),
    },
  ],
  exports: [VersionsService],
})
export class DownloadsModule {}
