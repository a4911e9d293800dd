import { Inject, Injectable } from '@nestjs/common';
import { type BatchOptions, runBatch } from '../ffmpeg/batch-command.js';
import { Binaries } from '../ffmpeg/binaries.js';
import { threeLetterLanguage } from '../ffmpeg/language.js';
import { type MediaInfo, streamsOf } from '../ffmpeg/media-info.js';
import type { MediaProbe } from '../ffmpeg/media-probe.js';
import { Prober } from '../ffmpeg/prober.js';
import { channelFilters } from './head/audio-filters.js';
import { everyGroup, softwareEncoder } from './head/encoder.js';
import { h264Level } from './head/h264-level.js';
import { colourLabels, pictureFilters } from './head/video-filters.js';
import type { MediaInput } from './media-input.js';
import { audioEncode, rungsFor, type VideoEncode, videoEncode } from './rendition.js';

/** More tracks than anyone takes along. */
const mostTracks = 6;
/** An encoder that aims at quality stays below its limit. */
const usualShare = 0.7;
const keyframeSeconds = 4;

function pictureOf(media: MediaInfo, quality: string): VideoEncode | null {
  const [video] = streamsOf(media, 'video');
  const rung = Number(/^(\d{2,4})p$/.exec(quality)?.[1]);
  return video && rungsFor(video).includes(rung) ? videoEncode(video, rung) : null;
}

/** The tracks and what is done to each; plain AAC stays as it is. */
function soundOf(media: MediaInfo) {
  return streamsOf(media, 'audio')
    .slice(0, mostTracks)
    .map((stream) => ({
      ...audioEncode(stream, stream.channels),
      copy: stream.codec === 'aac' && stream.channels <= 6,
    }));
}

/**
 * Text subtitles as MP4 holds them. A file beside the film is an input of its own, which says nothing of itself.
 * @param besides numbers of those, as their inputs follow the film's
 */
function textArguments(media: MediaInfo, besides: readonly number[]): string[] {
  const texts = streamsOf(media, 'subtitle').filter(({ form }) => form === 'text');
  if (texts.length === 0) return [];
  const labelled = texts.flatMap(({ index, language, title, flags }, at) => {
    const input = besides.indexOf(index) + 1;
    if (input === 0) return ['-map', `0:${index}`];
    const marks = [flags.forced && 'forced', flags.hearingImpaired && 'hearing_impaired'].filter(Boolean);
    return [
      ...['-map', `${input}:0`, `-metadata:s:s:${at}`, `language=${threeLetterLanguage(language)}`],
      ...(title
        ? [`-metadata:s:s:${at}`, `title=${title}`, `-metadata:s:s:${at}`, `handler_name=${title}`]
        : []),
      ...[`-disposition:s:${at}`, marks.join('+') || '0'],
    ];
  });
  return [...labelled, '-c:s', 'mov_text'];
}

/**
 * Arguments of one whole MP4 that any device plays: H.264, AAC, text subtitles, chapters, the index in front.
 * @param besides numbers of the subtitle streams that lie in inputs of their own, in the order of these
 */
function wholeFileArguments(
  media: MediaInfo,
  picture: VideoEncode,
  zscale: boolean,
  besides: readonly number[],
): string[] {
  const { num, den } = picture.frameRate;
  const filters = [
    ...(picture.deinterlace ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
    `fps=${num}/${den}`,
    ...pictureFilters(picture, { zscale }),
  ];
  const { width, height, frameRate, bitrate } = picture;
  const groupFrames = Math.round((keyframeSeconds * num) / den);
  const plan = {
    ...{ width, height, frameRate, bitrate, groupFrames, keyFrames: everyGroup(groupFrames) },
    level: h264Level(picture),
  };
  const sound = soundOf(media).flatMap((track, index) => [
    ...['-map', `0:${track.stream.index}`],
    ...(track.copy
      ? [`-c:a:${index}`, 'copy']
      : [
          `-c:a:${index}`,
          'aac',
          `-b:a:${index}`,
          String(track.bitrate),
          `-filter:a:${index}`,
          channelFilters(track).join(','),
        ]),
  ]);
  return [
    ...['-map', `0:${picture.stream.index}`, '-vf', filters.join(',')],
    ...softwareEncoder.outputArguments(plan),
    ...['-pix_fmt', 'yuv420p', ...colourLabels],
    ...sound,
    ...textArguments(media, besides),
    ...['-map_chapters', '0', '-movflags', '+faststart', '-f', 'mp4'],
  ];
}

/** Files converted from beginning to end, for downloads and optimised versions. */
@Injectable()
export class WholeFileService {
  constructor(
    private readonly binaries: Binaries,
    @Inject(Prober) private readonly prober: MediaProbe,
  ) {}

  /** Bytes a version will have, about; null where the file has no such quality. */
  estimate(media: MediaInfo, quality: string): number | null {
    const picture = pictureOf(media, quality);
    if (!picture) return null;
    const sound = soundOf(media).reduce(
      (sum, track) => sum + (track.copy ? (track.stream.bitrate ?? track.bitrate) : track.bitrate),
      0,
    );
    return Math.round(((picture.bitrate * usualShare + sound) * (media.durationSeconds ?? 0)) / 8);
  }

  /**
   * Writes the version of a file at a quality to `output`, with the words inside it and beside it.
   * @returns what is in it
   * @throws ProcessFailed, ProbeFailed; Error where there is no such quality
   */
  async convert(
    { path, media, beside = new Map<number, string>() }: MediaInput,
    quality: string,
    output: string,
    options: BatchOptions,
  ): Promise<MediaInfo> {
    const picture = pictureOf(media, quality);
    if (!picture) throw new Error(`There is no ${quality} of this file`);
    const { filters } = await this.binaries.ffmpegFeatures();
    const command = {
      ffmpeg: this.binaries.ffmpeg ?? 'ffmpeg',
      input: path,
      otherInputs: [...beside.values()],
      inputOptions: ['-err_detect', 'ignore_err', '-fflags', '+discardcorrupt+genpts'],
      outputOptions: wholeFileArguments(media, picture, filters.has('zscale'), [...beside.keys()]),
      output,
      durationSeconds: media.durationSeconds,
    };
    await runBatch(command, options);
    return this.prober.probe(output, { signal: options.signal });
  }
}
