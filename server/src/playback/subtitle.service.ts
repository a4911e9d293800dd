import { writeFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Cache } from '../cache/cache.js';
import { remember } from '../cache/remember.js';
import { notFound, ProblemError } from '../common/problem-error.js';
import { isAddress } from '../common/bytes/media-address.js';
import { factsAt, headAt, wholeAt } from '../common/bytes/small-file.js';
import { DerivedFiles } from '../ffmpeg/derived-files.js';
import { GrowingSubtitles } from '../ffmpeg/growing-subtitles.js';
import type { ByteSpan } from '../ffmpeg/indexed-attachment.js';
import { type MediaInfo, streamsOf } from '../ffmpeg/media-info.js';
import { looksLikeSup } from '../ffmpeg/pgs.js';
import type { PresentBytes } from '../ffmpeg/present-lines.js';
import { SubtitleExtractor, SubtitlesFailed } from '../ffmpeg/subtitle-extractor.js';
import { originalFormat, SubtitleFiles, type SubtitledMedia } from '../ffmpeg/subtitle-files.js';
import { detectFormat, SubtitleUnreadable, toWebVtt } from '../ffmpeg/subtitle-formats.js';
import { decodeText } from '../ffmpeg/text-encoding.js';
import {
  contentKey,
  type LocatedFile,
  PlayableService,
  type SubtitleFile,
} from '../library/playable.service.js';

/** Bytes; real subtitle files, dense ASS among them, stay below. Converting happens here, so it must stay short. */
const largestFile = 4 * 1024 * 1024;
/** Bytes of an ASS file that is only decoded; typesetting of a whole film can be that long. */
const largestScript = 32 * 1024 * 1024;
/** Bytes; two hours of dense PGS are some 60 MB. */
const largestPgs = 128 * 1024 * 1024;
const month = 30 * 24 * 60 * 60;

interface Beside {
  path: string;
  subtitle: SubtitleFile;
  size: number;
  /** Another content has another one. */
  version: string;
}

/** Subtitles as WebVTT or as they were made, each made once. */
@Injectable()
export class SubtitleService {
  constructor(
    private readonly playables: PlayableService,
    private readonly extractor: SubtitleExtractor,
    private readonly originals: SubtitleFiles,
    private readonly growing: GrowingSubtitles,
    private readonly derived: DerivedFiles,
    private readonly cache: Cache,
  ) {}

  /**
   * @param track stream index, or id of a subtitle file
   * @throws ProblemError NOT_FOUND, SUBTITLE_UNREADABLE with the reason
   */
  text(fileId: string, track: string): Promise<string> {
    return explained(async () => {
      const located = await this.playables.file(fileId);
      return isIndex(track) ? this.embedded(located, Number(track)) : this.external(located, track);
    });
  }

  /**
   * A text track inside a file that is not all here: the lines so far. Null for every other track.
   * @throws ProblemError as above
   */
  soFar(fileId: string, track: string, format: 'vtt' | 'ass' | 'pgs'): Promise<string | null> {
    return explained(async () => {
      if (!isIndex(track) || format === 'pgs') return null;
      const { file } = await this.playables.file(fileId);
      const stream = (await this.playables.growingText(file)).find(({ index }) => index === Number(track));
      if (!stream || (format === 'ass' && originalFormat(stream.codec) !== 'ass')) return null;
      const present = (): Promise<PresentBytes> => this.playables.present(file);
      const growing = { contentKey: contentKey(file), streamIndex: stream.index, present };
      return format === 'ass' ? this.growing.script(growing) : this.growing.text(growing);
    });
  }

  /** Where a track lies as an `.ass` (UTF-8) or `.sup` file. @throws ProblemError as above */
  original(fileId: string, track: string, format: 'ass' | 'pgs'): Promise<string> {
    return explained(async () => {
      const located = await this.playables.file(fileId);
      if (!isIndex(track))
        return this.originalBeside(await this.beside(located, track), located.file.media, format);
      const media = located.file.media?.streams.find(({ index }) => index === Number(track));
      if (!media || originalFormat(media.codec) !== format) throw notFound(`${format} track`);
      return this.originals.original(described(located), Number(track));
    });
  }

  /** Where a file beside a film lies as `.vtt`, `.ass` or `.sup`, for ffmpeg to draw. @throws ProblemError as above */
  drawable(fileId: string, { id, format }: SubtitleFile): Promise<string> {
    if (format === 'ass' || format === 'ssa') return this.original(fileId, id, 'ass');
    if (format === 'sup' || format === 'idx') return this.original(fileId, id, 'pgs');
    return this.words(fileId, id);
  }

  /** Where the words of a file beside a film lie as `.vtt`. @param id of the file @throws ProblemError as above */
  words(fileId: string, id: string): Promise<string> {
    return explained(async () => {
      const located = await this.playables.file(fileId);
      const { version } = await this.beside(located, id);
      return this.derived.path(`${id}-${version}.vtt`, async (target) =>
        writeFile(target, await this.external(located, id)),
      );
    });
  }

  /** An attached font: the file it is in, its place there, its media type. @throws ProblemError NOT_FOUND */
  font(fileId: string, index: number): Promise<{ located: LocatedFile; span: ByteSpan; type: string }> {
    return explained(async () => {
      const located = await this.playables.file(fileId);
      const span = await this.originals.font(described(located), index);
      const codec = located.file.media?.streams.find((stream) => stream.index === index)?.codec;
      return { located, span, type: codec === 'otf' ? 'font/otf' : 'font/ttf' };
    });
  }

  private async embedded({ file, path }: LocatedFile, index: number): Promise<string> {
    if (!file.media) throw notFound('subtitle track');
    const { media } = file;
    const key = `subtitle/${file.id}/${file.size}-${file.modifiedMs}/${index}`;
    // Many players ask at once; a fall-back to ffmpeg reads the whole film, so it must run once.
    return remember(this.cache, key, month, () => this.extractor.subtitles(path, index, media));
  }

  private async external(located: LocatedFile, id: string): Promise<string> {
    const { path, subtitle, size, version } = await this.beside(located, id);
    if (size > largestFile) throw new SubtitlesFailed('unreadable', 'The subtitle file is too large.');
    const { file } = located;
    const framesPerSecond = (file.media && streamsOf(file.media, 'video')[0]?.framesPerSecond) ?? null;
    return remember(this.cache, `subtitle/${file.id}/${id}/${version}`, month, async () =>
      toWebVtt(decodeText(await wholeAt(path, largestScript), subtitle.language), framesPerSecond),
    );
  }

  /** ASS may be in any encoding, and renderers know one. */
  private async originalBeside(
    { path, subtitle, size, version }: Beside,
    media: MediaInfo | null,
    format: 'ass' | 'pgs',
  ): Promise<string> {
    if (format === 'pgs' && subtitle.format === 'idx' && media)
      return this.originals.pair(path, `${subtitle.id}-${version}`, subtitle.streamIndex ?? 0, media);
    if (format === 'pgs') {
      if (!looksLikeSup(await headAt(path, 16)))
        throw new SubtitlesFailed('unreadable', 'This is no PGS file.');
      if (!isAddress(path)) return path;
      const write = async (target: string): Promise<void> =>
        writeFile(target, await wholeAt(path, largestPgs));
      return this.derived.path(`${subtitle.id}.sup`, write);
    }
    if (size > largestScript) throw new SubtitlesFailed('unreadable', 'The subtitle file is too large.');
    return this.derived.path(`${subtitle.id}-${version}.ass`, async (target) => {
      const text = decodeText(await wholeAt(path, largestScript), subtitle.language);
      if (detectFormat(text) !== 'ass') throw new SubtitlesFailed('unreadable', 'This is no ASS file.');
      await writeFile(target, text.replace(/^\uFEFF/, ''));
    });
  }

  private async beside({ file }: LocatedFile, id: string): Promise<Beside> {
    const subtitle = (await this.playables.externalSubtitles(file.id)).find((one) => one.id === id);
    if (!subtitle) throw notFound('subtitle track');
    const path = await this.playables.subtitlePath(file.id, subtitle);
    const stats = isAddress(path) ? { size: subtitle.size, modifiedMs: 0 } : await factsAt(path);
    if (!stats) throw new ProblemError('SOURCE_UNAVAILABLE', { detail: 'The subtitle file is gone.' });
    return { path, subtitle, size: stats.size, version: `${stats.size}-${stats.modifiedMs}` };
  }
}

const isIndex = (track: string): boolean => /^\d{1,4}$/.test(track);

function described({ file, path }: LocatedFile): SubtitledMedia {
  if (!file.media) throw notFound('subtitle track');
  return { path, contentKey: contentKey(file), media: file.media };
}

/** What went wrong, as the person who asked may know it. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SubtitlesFailed && error.code === 'no-such-stream') throw notFound('subtitle track');
    if (error instanceof SubtitlesFailed)
      throw new ProblemError('SUBTITLE_UNREADABLE', { detail: error.reason });
    if (error instanceof SubtitleUnreadable)
      throw new ProblemError('SUBTITLE_UNREADABLE', { detail: error.message });
    throw error;
  }
}
