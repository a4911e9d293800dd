import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LibraryModule } from '../library/library.module.js';
import { UserModule } from '../user/user.module.js';
import { FavoriteController } from './favorite.controller.js';
import { HistoryService } from './history.service.js';
import { MediaController } from './media.controller.js';
import { PlayTargetService } from './play-target.service.js';
import { PlaybackController } from './playback.controller.js';
import { PlaybackService } from './playback.service.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';
import { SessionViewService } from './session-view.service.js';
import { SubtitleService } from './subtitle.service.js';
import { WatchedService } from './watched.service.js';

/** Picks a source, decides how it reaches the device, and remembers where each person is. */
@Module({
  imports: [TypeOrmModule.forFeature([PlaybackSessionEntity]), LibraryModule, UserModule],
  controllers: [PlaybackController, FavoriteController, MediaController],
  providers: [
    HistoryService,
    PlaybackService,
    PlayTargetService,
    SessionViewService,
    SubtitleService,
    WatchedService,
  ],
  exports: [PlaybackService],
})
export class PlaybackModule {}
