import { Inject, Injectable } from '@nestjs/common';
import type { MediaInfo } from '../ffmpeg/media-info.js';
import { contentKey, type LocatedFile, PlayableService } from '../library/playable.service.js';
import type { MediaInput } from '../transcoding/transcoding.service.js';
import { besideIndex, isBeside, withBeside } from './beside-streams.js';
import { SubtitleService } from './subtitle.service.js';

/** Subtitle files beside films, for encoders that draw them into the picture. */
@Injectable()
export class BesideFiles {
  constructor(
    private readonly playables: PlayableService,
    @Inject(SubtitleService) private readonly subtitles: Pick<SubtitleService, 'drawable'>,
  ) {}

  /**
   * What is streamed; where one of the renditions draws a file beside it, with that file.
   * @param renditions ids @throws ProblemError SUBTITLE_UNREADABLE, SOURCE_UNAVAILABLE
   */
  async input(located: LocatedFile, media: MediaInfo, renditions: readonly string[]): Promise<MediaInput> {
    const { file, path } = located;
    const plain = { path, contentKey: contentKey(file), media };
    const drawn = renditions.map((id) => Number(/-b(\d+)$/.exec(id)?.[1])).find(isBeside);
    if (drawn === undefined) return plain;
    const files = await this.playables.externalSubtitles(file.id);
    const subtitle = files.find((one) => besideIndex(one) === drawn);
    if (!subtitle) return plain;
    const beside = new Map([[drawn, await this.subtitles.drawable(file.id, subtitle)]]);
    return { ...plain, media: withBeside(media, [subtitle]), beside };
  }
}
