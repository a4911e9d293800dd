import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../common/problem-error.js';
import type { MediaInfo } from '../ffmpeg/media-info.js';
import { contentKey, type LocatedFile, PlayableService } from '../library/playable.service.js';
import type { MediaInput } from '../transcoding/transcoding.service.js';
import { besideIndex, isBeside, withBeside } from './beside-streams.js';
import { SubtitleService } from './subtitle.service.js';
import { isText } from './subtitle-tracks.js';

/** More languages than anyone takes along. */
const mostFiles = 30;

/** Subtitle files beside films, for encoders: to be drawn into the picture, or to be taken along with it. */
@Injectable()
export class BesideFiles {
  constructor(
    private readonly playables: PlayableService,
    @Inject(SubtitleService) private readonly subtitles: Pick<SubtitleService, 'drawable' | 'words'>,
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

  /** A film with the words beside it as streams of its own; a file that cannot be read is left out. */
  async withWords({ file, path }: LocatedFile, media: MediaInfo): Promise<MediaInput> {
    const files = (await this.playables.externalSubtitles(file.id)).filter(isText).slice(0, mostFiles);
    const beside = new Map<number, string>();
    for (const one of files) {
      try {
        beside.set(besideIndex(one), await this.subtitles.words(file.id, one.id));
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
      }
    }
    const readable = files.filter((one) => beside.has(besideIndex(one)));
    return { path, contentKey: contentKey(file), media: withBeside(media, readable), beside };
  }
}
