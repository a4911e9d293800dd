import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Config } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { LibraryModule } from '../library/library.module.js';
import { TranscodingModule } from '../transcoding/transcoding.module.js';
import { FileMarkers } from './markers/file-markers.entity.js';
import { SkipMarkersService } from './markers/skip-markers.service.js';
import { ThumbnailStore } from './thumbnails/thumbnail-store.js';
import { ThumbnailsController } from './thumbnails/thumbnails.controller.js';
import { ThumbnailsService } from './thumbnails/thumbnails.service.js';

/** What makes watching pleasant and nobody waits for: pictures over the seek bar, openings to skip. */
@Module({
  imports: [TypeOrmModule.forFeature([FileMarkers]), LibraryModule, TranscodingModule],
  controllers: [ThumbnailsController],
  providers: [
    SkipMarkersService,
    ThumbnailsService,
    {
      provide: ThumbnailStore,
      inject: [configToken],
      useFactory: ({ dataDirectory }: Config) => new ThumbnailStore(join(dataDirectory, 'thumbnails')),
    },
  ],
  exports: [SkipMarkersService, ThumbnailsService],
})
export class ExtrasModule {}
