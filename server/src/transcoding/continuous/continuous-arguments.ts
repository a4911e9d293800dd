import { type EncodePlan, everyGroup } from '../head/encoder.js';
import { soundFilters } from '../head/audio-filters.js';
import { h264Level } from '../head/h264-level.js';
import { inputArguments, quiet } from '../head/input-arguments.js';
import { pictureArguments } from '../head/picture-arguments.js';
import { seekPoint } from '../head/seek-point.js';
import { colourLabels, framePhase, type VideoSpan } from '../head/video-filters.js';
import type { VideoCopy, VideoEncode } from '../rendition.js';
import { aacRate, timelineOrigin } from '../timeline/segment-table.js';
import { steadyPicture, steadyTransport } from './constant-rate.js';
import {
  type ContinuousPlan,
  type ContinuousSound,
  needsKeyframes,
  type SoundCodec,
} from './continuous-plan.js';
import { soundBitrate } from './sound-bitrate.js';

/** Televisions that are switched to a stream wait for a key frame. */
const groupSeconds = 2;
/** Who seeks by bytes comes out anywhere in a group. */
const steadyGroupSeconds = 1;

/** ffmpeg’s arguments of a continuous stream. Nothing in them depends on anything but the plan. */
export function continuousArguments(plan: ContinuousPlan): string[] {
  const { input, video, sound, encoder, careful } = plan;
  const encodes = video?.action === 'encode';
  const origin = timelineOrigin(input.media);
  return [
    ...quiet,
    ...(encodes ? encoder.inputArguments : []),
    // From here on everything, copies too, is on the presentation timeline.
    ...inputArguments(input, seekTo(plan), careful, ['-itsoffset', (-origin).toFixed(6)]),
    ...(video === null ? ['-vn'] : encodes ? encoded(plan, video) : copied(plan, video)),
    ...(sound === null ? ['-an'] : soundArguments(plan, sound)),
    ...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...startArguments(plan),
    ...muxer(plan),
    ...['-max_muxing_queue_size', '4096', '-flush_packets', '1', 'pipe:1'],
  ];
}

/**
 * Counts from the start. `-ss` also drops packets and frames that are before it, but would judge a copied key frame by
 * its decoding time and drop it.
 */
function startArguments({ video, startSeconds }: ContinuousPlan): string[] {
  if (startSeconds === 0) return [];
  const option =
    video?.action === 'copy'
      ? (['-output_ts_offset', -startSeconds] as const)
      : (['-ss', startSeconds] as const);
  return [option[0], option[1].toFixed(6)];
}

/** ffmpeg seeks 3/23 s earlier where frames are out of order, and would land on the key frame before. */
const pastKeyframe = 0.15;

function seekTo({ input, video, startSeconds }: ContinuousPlan): number | null {
  if (startSeconds <= 0) return null;
  if (video?.action === 'copy') return startSeconds + pastKeyframe;
  if (video === null) return startSeconds <= 1 ? null : startSeconds - 1;
  const burn = video.burn !== null;
  return seekPoint({ media: input.media, cutSeconds: startSeconds, burn, attempt: 0 });
}

/** The frames from the cut on, at a constant rate; the one that is shown there stands for those that are missing. */
function span({ input, startSeconds, firstPicture }: ContinuousPlan, { frameRate }: VideoEncode): VideoSpan {
  const perSecond = frameRate.num / frameRate.den;
  const firstOnGrid = Math.round((firstPicture ?? 0) * perSecond) / perSecond;
  const phase = framePhase(firstOnGrid, firstPicture, 1 / perSecond);
  const { durationSeconds } = input.media;
  return {
    shiftMicros: Math.round(phase * 1e6),
    firstFrame: Math.round(startSeconds * perSecond),
    endFrame: durationSeconds === null ? null : Math.max(1, Math.round(durationSeconds * perSecond)),
    padStart: true,
  };
}

function encoded(plan: ContinuousPlan, video: VideoEncode): string[] {
  const { encoder } = plan;
  const { width, height, frameRate, bitrate } = video;
  const seconds = plan.constantBitrate ? steadyGroupSeconds : groupSeconds;
  const groupFrames = Math.max(1, Math.ceil((seconds * frameRate.num) / frameRate.den));
  const encode: EncodePlan = {
    ...{ width, height, frameRate, bitrate, groupFrames, keyFrames: everyGroup(groupFrames) },
    level: h264Level(video),
  };
  return [
    ...pictureArguments({ ...plan, rendition: video }, encode, span(plan, video)),
    ...['-fps_mode', 'passthrough'],
    ...encoder.outputArguments(encode),
    ...(plan.constantBitrate ? steadyPicture(video) : []),
    ...(encoder.uploadFilters.length > 0 || encoder.scaleFilters ? [] : ['-pix_fmt', 'yuv420p']),
    ...colourLabels,
  ];
}

function copied(plan: ContinuousPlan, { stream }: VideoCopy): string[] {
  // Where it is not known which key frame will be the first, whatever comes is taken.
  const drop = needsKeyframes(plan.input.media) ? withoutLead('-bsf:v', plan) : [];
  return ['-map', `0:${stream.index}`, '-c:v', 'copy', ...drop];
}

const encoders: Readonly<Record<SoundCodec, string>> = {
  aac: 'aac',
  ac3: 'ac3',
  mp3: 'libmp3lame',
  pcm_s16be: 'pcm_s16be',
};

function soundArguments(plan: ContinuousPlan, sound: ContinuousSound): string[] {
  if (sound.action === 'copy')
    return ['-map', `0:${sound.stream.index}`, '-c:a', 'copy', ...withoutLead('-bsf:a', plan)];
  const { rendition, codec } = sound;
  const { durationSeconds } = plan.input.media;
  const span = {
    originSeconds: 0,
    firstSample: Math.round(plan.startSeconds * aacRate),
    endSample: durationSeconds === null ? null : Math.round(durationSeconds * aacRate),
  };
  const rate = codec === 'pcm_s16be' ? [] : ['-b:a', String(soundBitrate(codec, rendition))];
  return [
    ...['-map', `0:${rendition.stream.index}`, '-af', soundFilters(rendition, span).join(',')],
    ...['-c:a', encoders[codec], ...rate, '-ar', String(aacRate), '-ac', String(rendition.channels)],
  ];
}

/** With a copied picture, packets before the start are dropped by their own times: pictures that need what is not sent, too. */
function withoutLead(option: '-bsf:a' | '-bsf:v', { video, startSeconds }: ContinuousPlan): string[] {
  if (video?.action !== 'copy' || startSeconds === 0) return [];
  return [option, `noise=drop=lt(pts*tb\\,${(startSeconds - 0.005).toFixed(6)})`];
}

/** No delay between stream clock and media: what is read first is shown first. */
const transport = ['-muxdelay', '0', '-muxpreload', '0', '-f', 'mpegts'];

function muxer({ format, constantBitrate, startSeconds }: ContinuousPlan): string[] {
  switch (format) {
    case 'mpegts':
      return constantBitrate ? steadyTransport(constantBitrate, startSeconds) : transport;
    case 'mp3':
      // No header that tells a length nobody knows.
      return ['-write_xing', '0', '-id3v2_version', '0', '-f', 'mp3'];
    case 'adts':
      return ['-f', 'adts'];
    case 'lpcm':
      return ['-f', 's16be'];
  }
}
