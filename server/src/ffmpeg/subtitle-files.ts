import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isAddress } from '../common/bytes/media-address.js';
import { readAddress } from '../common/bytes/read-address.js';
import { niceness } from '../common/niceness.js';
import { Turns } from '../common/turns.js';
import type { DerivedFiles } from './derived-files.js';
import { filterValue } from './filter-value.js';
import type { ByteSpan } from './indexed-attachment.js';
import { type AttachmentStream, type MediaInfo, streamsOf } from './media-info.js';
import { mediaInput } from './media-input-arguments.js';
import { ProbeFailed, type ProbeOptions } from './media-probe.js';
import { displaySize } from './picture-size.js';
import { ProcessFailed, run } from './process-runner.js';
import { type SubtitleExtractor, SubtitlesFailed, withoutPath } from './subtitle-extractor.js';
import { timelineOrigin } from './timeline-origin.js';

/** A media file: where it lies, what names its contents, and what is in it. */
export interface SubtitledMedia {
  readonly path: string;
  /** `[A-Za-z0-9_-]+` */
  readonly contentKey: string;
  readonly media: MediaInfo;
  /** Where those lie that are not in the file, by their number among its streams: `.vtt`, `.ass`, `.sup`. */
  readonly beside?: ReadonlyMap<number, string>;
}

/** Reads by the container's index; `ProbePool` is one. */
export interface IndexedOriginals {
  original(
    path: string,
    streamIndex: number,
    aspect: number | null,
    options?: ProbeOptions,
  ): Promise<Uint8Array | null>;
  attachment(path: string, streamIndex: number, options?: ProbeOptions): Promise<ByteSpan | null>;
}

/** Formats a browser draws by itself, by codec. */
const formats: Readonly<Record<string, 'ass' | 'pgs'>> = {
  ass: 'ass',
  ssa: 'ass',
  hdmv_pgs_subtitle: 'pgs',
  // Rewritten: nobody's renderer in a browser knows the forms of discs and broadcasts.
  dvd_subtitle: 'pgs',
  dvb_subtitle: 'pgs',
};
/** ffmpeg has to read the whole film: minutes for 40 GB on a slow disk. */
const timeoutMs = 15 * 60_000;
/** In what ffmpeg takes a track out of a file; what it cannot rewrite is in Matroska on the way. */
const muxers: Readonly<Record<string, string>> = {
  ...{ hdmv_pgs_subtitle: 'sup', dvd_subtitle: 'matroska', dvb_subtitle: 'matroska' },
};
/** Bytes; two hours of dense PGS are some 60 MB. */
const largest = 128 * 1024 * 1024;
/** Bytes; the largest CJK fonts are about 20 MB. */
const largestFont = 32 * 1024 * 1024;
const mostFonts = 100;

/** The form in which a track is drawn without loss; null where it is only text, or nothing draws it. */
export const originalFormat = (codec: string): 'ass' | 'pgs' | null => formats[codec] ?? null;

/** Fonts among the attached files, as small as fonts are. */
export function fontsOf(media: MediaInfo): AttachmentStream[] {
  const fonts = streamsOf(media, 'attachment').filter(
    ({ codec, size }) => (codec === 'ttf' || codec === 'otf') && (size ?? 0) <= largestFont,
  );
  return fonts.slice(0, mostFonts);
}

/** Embedded subtitles as files of their own, for renderers in the browser and for ffmpeg’s. */
export class SubtitleFiles {
  /** One film is read at a time: two would only be in each other's way on the disk. */
  private readonly turns = new Turns();

  /** @param ffmpeg path of the program, null where there is none */
  constructor(
    private readonly index: IndexedOriginals,
    private readonly extractor: SubtitleExtractor,
    private readonly ffmpeg: string | null,
    private readonly files: DerivedFiles,
  ) {}

  /** An ASS track as it was made, pictures as PGS: where its `.ass` or `.sup` file lies. @throws SubtitlesFailed */
  async original(source: SubtitledMedia, streamIndex: number, options: ProbeOptions = {}): Promise<string> {
    const format = originalFormat(subtitleOf(source.media, streamIndex).codec);
    if (format === null) throw new SubtitlesFailed('not-text', 'This subtitle track has no form of its own.');
    const name = `${source.contentKey}-${streamIndex}.${format === 'ass' ? 'ass' : 'sup'}`;
    return this.files.path(name, async (path) => {
      const bytes = await this.byIndex(source, streamIndex, options);
      if (bytes) await writeFile(path, bytes);
      else await this.turns.run(() => this.byFfmpeg(source, streamIndex, path, options));
    });
  }

  /**
   * A filter that draws a text track, times on the presentation timeline; null where it is not text. From a file of the
   * track alone: `subtitles=film.mkv` would read the whole film before the first frame. @throws SubtitlesFailed
   */
  async drawFilter(source: SubtitledMedia, streamIndex: number): Promise<string | null> {
    const stream = subtitleOf(source.media, streamIndex);
    if (stream.form !== 'text') return null;
    const beside = source.beside?.get(streamIndex);
    if (beside !== undefined) return `subtitles=filename=${filterValue(beside)}`;
    if (originalFormat(stream.codec) !== 'ass') {
      const name = `${source.contentKey}-${streamIndex}.vtt`;
      const path = await this.files.path(name, async (aside) =>
        writeFile(aside, await this.extractor.subtitles(source.path, streamIndex, source.media)),
      );
      return `subtitles=filename=${filterValue(path)}`;
    }
    const path = await this.original(source, streamIndex);
    const fonts = await this.fontFolder(source);
    return `subtitles=filename=${filterValue(path)}${fonts === null ? '' : `:fontsdir=${filterValue(fonts)}`}`;
  }

  /** A language of an `.idx` file as a `.sup` file. @param version names its contents @throws SubtitlesFailed */
  pair(path: string, version: string, language: number, media: MediaInfo): Promise<string> {
    return this.files.path(`${version}.sup`, (target) => this.pictures(path, language, media, target));
  }

  /** Where an attached font lies in the media file. @throws SubtitlesFailed */
  async font({ path, media }: SubtitledMedia, streamIndex: number): Promise<ByteSpan> {
    const isFont = fontsOf(media).some(({ index }) => index === streamIndex);
    const span = isFont ? await this.index.attachment(path, streamIndex) : null;
    if (span === null || span.size > largestFont)
      throw new SubtitlesFailed('no-such-stream', 'The file has no such font.');
    return span;
  }

  private async pictures(path: string, stream: number, media: MediaInfo, target: string): Promise<void> {
    const bytes = await this.byIndex({ path, media }, stream, {});
    if (bytes === null)
      throw new SubtitlesFailed('unreadable', 'The pictures of these subtitles cannot be read.');
    await writeFile(target, bytes);
  }

  /** libass reads every file of the folder. */
  private async fontFolder(source: SubtitledMedia): Promise<string | null> {
    const fonts = fontsOf(source.media);
    if (fonts.length === 0) return null;
    return this.files.path(`${source.contentKey}-fonts`, async (folder) => {
      await mkdir(folder);
      for (const { index, codec } of fonts) {
        const span = await this.index.attachment(source.path, index).catch(() => null);
        if (span === null || span.size === 0 || span.size > largestFont) continue;
        const range = { start: span.start, end: span.start + span.size - 1 };
        const target = join(folder, `${index}.${codec}`);
        if (isAddress(source.path)) await writeFile(target, (await readAddress(source.path, range)).bytes);
        else await pipeline(createReadStream(source.path, range), createWriteStream(target));
      }
    });
  }

  private async byIndex(
    { path, media }: Pick<SubtitledMedia, 'path' | 'media'>,
    streamIndex: number,
    options: ProbeOptions,
  ): Promise<Uint8Array | null> {
    try {
      return await this.index.original(path, streamIndex, aspectOf(media), options);
    } catch (error) {
      if (!(error instanceof ProbeFailed)) throw error;
      if (error.code === 'cancelled') throw new SubtitlesFailed('cancelled', 'Cancelled.', { cause: error });
      return null; // ffmpeg may get further with a damaged file, and says so if not
    }
  }

  private async byFfmpeg(
    { path, media }: SubtitledMedia,
    streamIndex: number,
    target: string,
    { signal }: ProbeOptions,
  ): Promise<void> {
    if (this.ffmpeg === null) throw new SubtitlesFailed('ffmpeg-missing', 'ffmpeg is not installed.');
    const muxer = muxers[subtitleOf(media, streamIndex).codec] ?? 'ass';
    // Without -copyts a transport stream's track would be counted from its own first picture, not from the film's.
    const input = ['-hide_banner', '-v', 'error', '-nostdin', '-copyts', ...mediaInput(path)];
    const output = [
      ...['-map', `0:${streamIndex}`, '-c', 'copy', '-output_ts_offset', (-timelineOrigin(media)).toFixed(6)],
      ...['-fs', String(largest), '-f', muxer, `file:${target}`],
    ];
    try {
      const limits = { timeoutMs, nice: niceness.waitedFor, ...(signal ? { signal } : {}) };
      const { stderr, exitCode } = await run(this.ffmpeg, [...input, ...output], limits);
      const size = (await stat(target).catch(() => undefined))?.size ?? 0;
      if (exitCode !== 0 || size === 0 || size >= largest) {
        const said = withoutPath(withoutPath(stderr, path), target).trim().split('\n').at(-1);
        throw new SubtitlesFailed('unreadable', said || 'ffmpeg could not read the track.');
      }
      if (muxer === 'matroska') await this.pictures(target, 0, media, target);
    } catch (error) {
      if (!(error instanceof ProcessFailed)) throw error;
      const code = error.why === 'timeout' || error.why === 'cancelled' ? error.why : 'unreadable';
      throw new SubtitlesFailed(code, 'ffmpeg could not read the track.', { cause: error });
    }
  }
}

/** Width by height of the picture as shown. */
function aspectOf(media: MediaInfo): number | null {
  const [video] = streamsOf(media, 'video');
  const [width, height] = video ? displaySize(video) : [0, 0];
  return width > 0 && height > 0 ? width / height : null;
}

function subtitleOf(media: MediaInfo, streamIndex: number) {
  const stream = streamsOf(media, 'subtitle').find(({ index }) => index === streamIndex);
  if (!stream) throw new SubtitlesFailed('no-such-stream', 'The file has no such subtitle track.');
  return stream;
}
