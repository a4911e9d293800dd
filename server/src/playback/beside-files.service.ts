import { Inject, Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../common/problem-error.js';
import type { MediaInfo } from '../ffmpeg/media-info.js';
import {
  contentKey,
  type LocatedFile,
  type PlayableFile,
  PlayableService,
} from '../library/playable.service.js';
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

  /**
   * A whole film with the words beside it as streams of its own; those that cannot be read are left out.
   * @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE
   */
  async film(fileId: string): Promise<{ file: PlayableFile; input: MediaInput }> {
    const { file, path } = await this.playables.file(fileId);
    if (!file.media) throw notFound('media in this file');
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
    const media = withBeside(file.media, readable);
    return { file, input: { path, contentKey: contentKey(file), media, beside } };
  }
}
