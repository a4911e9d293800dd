import { readFile, stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Cache } from '../cache/cache.js';
import { remember } from '../cache/remember.js';
import { notFound, ProblemError } from '../common/problem-error.js';
import { streamsOf } from '../ffmpeg/media-info.js';
import { SubtitleExtractor, SubtitlesFailed } from '../ffmpeg/subtitle-extractor.js';
import { SubtitleUnreadable, toWebVtt } from '../ffmpeg/subtitle-formats.js';
import { decodeText } from '../ffmpeg/text-encoding.js';
import { type LocatedFile, PlayableService } from '../library/playable.service.js';

/** Bytes; real subtitle files, dense ASS among them, stay below. Converting happens here, so it must stay short. */
const largestFile = 4 * 1024 * 1024;
const month = 30 * 24 * 60 * 60;

/** Subtitles as WebVTT, made once. */
@Injectable()
export class SubtitleService {
  constructor(
    private readonly playables: PlayableService,
    private readonly extractor: SubtitleExtractor,
    private readonly cache: Cache,
  ) {}

  /**
   * @param track stream index, or id of a subtitle file
   * @throws ProblemError NOT_FOUND, SUBTITLE_UNREADABLE with the reason
   */
  async text(fileId: string, track: string): Promise<string> {
    const located = await this.playables.file(fileId);
    try {
      return /^\d{1,4}$/.test(track)
        ? await this.embedded(located, Number(track))
        : await this.external(located, track);
    } catch (error) {
      if (error instanceof SubtitlesFailed && error.code === 'no-such-stream')
        throw notFound('subtitle track');
      if (error instanceof SubtitlesFailed)
        throw new ProblemError('SUBTITLE_UNREADABLE', { detail: error.reason });
      if (error instanceof SubtitleUnreadable)
        throw new ProblemError('SUBTITLE_UNREADABLE', { detail: error.message });
      throw error;
    }
  }

  private async embedded({ file, path }: LocatedFile, index: number): Promise<string> {
    if (!file.media) throw notFound('subtitle track');
    const { media } = file;
    const key = `subtitle/${file.id}/${file.size}-${file.modifiedMs}/${index}`;
    // Many players ask at once; a fall-back to ffmpeg reads the whole film, so it must run once.
    return remember(this.cache, key, month, () => this.extractor.subtitles(path, index, media));
  }

  private async external({ file }: LocatedFile, id: string): Promise<string> {
    const subtitle = (await this.playables.externalSubtitles(file.id)).find((one) => one.id === id);
    if (!subtitle) throw notFound('subtitle track');
    const path = await this.playables.subtitlePath(file.id, subtitle);
    const stats = await stat(path).catch(() => null);
    if (!stats) throw new ProblemError('SOURCE_UNAVAILABLE', { detail: 'The subtitle file is gone.' });
    if (stats.size > largestFile) throw new SubtitlesFailed('unreadable', 'The subtitle file is too large.');
    const framesPerSecond = (file.media && streamsOf(file.media, 'video')[0]?.framesPerSecond) ?? null;
    const key = `subtitle/${file.id}/${id}/${stats.size}-${stats.mtimeMs}`;
    return remember(this.cache, key, month, async () =>
      toWebVtt(decodeText(await readFile(path), subtitle.language), framesPerSecond),
    );
  }
}
