import { Module } from '@nestjs/common';
import { LibraryModule } from '../library/library.module.js';
import { BesideFiles } from './beside-files.service.js';
import { SubtitleService } from './subtitle.service.js';

/** Subtitles inside films and beside them. */
@Module({
  imports: [LibraryModule],
  providers: [BesideFiles, SubtitleService],
  exports: [BesideFiles, SubtitleService],
})
export class SubtitlesModule {}
