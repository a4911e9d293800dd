import { niceness } from '../common/niceness.js';
import type { MediaInfo } from './media-info.js';
import { mediaInput } from './media-input-arguments.js';
import { ProbeFailed, type ProbeOptions } from './media-probe.js';
import { ProcessFailed, run } from './process-runner.js';
import { timelineOrigin } from './timeline-origin.js';
import { cueText, formatWebVtt } from './webvtt.js';
import { parseWebVtt } from './subtitle-formats.js';

/** Why an embedded track gave no text: `not-text` is the caller's mistake, the rest the file's or ffmpeg's. */
export class SubtitlesFailed extends Error {
  override readonly name = 'SubtitlesFailed';

  constructor(
    readonly code: 'no-such-stream' | 'not-text' | 'unreadable' | 'timeout' | 'cancelled' | 'ffmpeg-missing',
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${reason}`, options);
  }
}

/** Reads a track by the container's index; null where that is not possible. `ProbePool` is one. */
export type IndexedSubtitles = {
  subtitles(path: string, streamIndex: number, options?: ProbeOptions): Promise<string | null>;
};

/** ffmpeg has to read the whole film: minutes for 40 GB on a slow disk. */
const TIMEOUT_MS = 15 * 60_000;
const LARGEST = 32 * 1024 * 1024;

/** Embedded text subtitles as WebVTT: by the container's index in milliseconds, else by ffmpeg reading the whole file. */
export class SubtitleExtractor {
  /** @param ffmpeg path of the program, null where there is none. */
  constructor(
    private readonly index: IndexedSubtitles,
    private readonly ffmpeg: string | null,
  ) {}

  /** @param streamIndex ffmpeg's index, as in `media.streams`. @throws SubtitlesFailed */
  async subtitles(
    path: string,
    streamIndex: number,
    media: MediaInfo,
    options: ProbeOptions = {},
  ): Promise<string> {
    const stream = media.streams.find(({ index }) => index === streamIndex);
    if (stream?.kind !== 'subtitle')
      throw new SubtitlesFailed('no-such-stream', 'The file has no such subtitle track.');
    if (stream.form !== 'text')
      throw new SubtitlesFailed('not-text', 'This subtitle track consists of pictures.');
    const indexed = await this.byIndex(path, streamIndex, options);
    return indexed ?? (await this.byFfmpeg(path, streamIndex, shiftOf(media), options));
  }

  private async byIndex(path: string, streamIndex: number, options: ProbeOptions): Promise<string | null> {
    try {
      return await this.index.subtitles(path, streamIndex, options);
    } catch (error) {
      if (!(error instanceof ProbeFailed)) throw error;
      if (error.code === 'cancelled') throw new SubtitlesFailed('cancelled', 'Cancelled.', { cause: error });
      return null; // ffmpeg may get further with a damaged file, and says so if not
    }
  }

  private async byFfmpeg(
    path: string,
    streamIndex: number,
    shiftSeconds: number,
    { signal }: ProbeOptions,
  ): Promise<string> {
    if (this.ffmpeg === null) throw new SubtitlesFailed('ffmpeg-missing', 'ffmpeg is not installed.');
    const output = ['-map', `0:${streamIndex}`, '-f', 'webvtt', 'pipe:1'];
    const args = ['-v', 'error', '-nostdin', ...mediaInput(path), ...output];
    const options = {
      timeoutMs: TIMEOUT_MS,
      maxOutputBytes: LARGEST,
      nice: niceness.waitedFor,
      ...(signal ? { signal } : {}),
    };
    try {
      const { stdout, stderr, exitCode } = await run(this.ffmpeg, args, options);
      if (exitCode !== 0)
        throw new SubtitlesFailed(
          'unreadable',
          withoutPath(stderr, path).trim().split('\n').at(-1) ?? 'ffmpeg failed.',
        );
      return shifted(stdout.toString(), shiftSeconds);
    } catch (error) {
      if (!(error instanceof ProcessFailed)) throw error;
      const code = { missing: 'ffmpeg-missing', timeout: 'timeout', cancelled: 'cancelled' } as const;
      const why = error.why === 'output-too-large' || error.why === 'killed' ? 'unreadable' : code[error.why];
      throw new SubtitlesFailed(why, 'ffmpeg could not read the track.', { cause: error });
    }
  }
}

/** ffmpeg's text on our timeline. */
const shifted = (text: string, bySeconds: number): string =>
  formatWebVtt(
    parseWebVtt(text).map((cue) => ({
      startSeconds: cue.startSeconds + bySeconds,
      endSeconds: cue.endSeconds + bySeconds,
      text: cueText(cue.text), // ffmpeg writes `&` and `<` as they are
    })),
  );

/** ffmpeg counts from the start of the file, we on the presentation timeline: what has to be added, s. */
const shiftOf = (media: MediaInfo): number => media.startSeconds - timelineOrigin(media);

/** What ffmpeg says is shown to people, and where a file lies is none of their business. */
export const withoutPath = (text: string, path: string): string =>
  text.replaceAll(path, 'the file').replaceAll('file:', '');
