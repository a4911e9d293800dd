import type { MediaInput } from '../media-input.js';
import type { AudioCopy, AudioEncode, Rendition, VideoCopy, VideoEncode } from '../rendition.js';
import {
  aacFrame, aacRate, firstWholeGroup, frameTicks, type SegmentTable, segmentCount, segmentStart, timelineOrigin,
} from '../timeline/segment-table.js'; // prettier-ignore
import { audioFilters, prerollFrames } from './audio-filters.js';
import { type EncodePlan, everyGroup, type VideoEncoder } from './encoder.js';
import { h264Level } from './h264-level.js';
import { inputArguments, quiet } from './input-arguments.js';
import { pictureArguments } from './picture-arguments.js';
import { seekPoint } from './seek-point.js';
import { colourLabels, framePhase, type VideoSpan } from './video-filters.js';

/** One ffmpeg: what it makes, from where, and by what means. */
export interface HeadPlan<R extends Rendition = Rendition> {
  readonly input: MediaInput;
  readonly rendition: R;
  readonly table: SegmentTable;
  /** The first segment. */
  readonly start: number;
  /** When the first picture is shown, s on the presentation timeline; null where only reading the file would tell. */
  readonly firstPicture: number | null;
  readonly encoder: VideoEncoder;
  /** ffmpeg has zscale and tonemap. */
  readonly zscale: boolean;
  /** A filter that draws text subtitles (`subtitles=…`), times on the presentation timeline; null where none are drawn. */
  readonly drawText: string | null;
  /** How often the frames at the cut did not come: 0, 1, 2. */
  readonly attempt: number;
  /** Once more after a failure: errors in the file are stepped over. */
  readonly careful: boolean;
}

/** ffmpeg's arguments of a head. Nothing in them depends on anything but the plan. */
export function headArguments(plan: HeadPlan): string[] {
  const { rendition } = plan;
  if (rendition.action === 'copy') return copyArguments({ ...plan, rendition });
  return rendition.kind === 'video'
    ? videoArguments({ ...plan, rendition })
    : audioArguments({ ...plan, rendition });
}

/** Every frame leaves as soon as it is there; times as they are, before zero too. */
const outputArguments = (moov: 'empty_moov' | 'delay_moov'): string[] => [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn'],
  ...['-avoid_negative_ts', 'disabled', '-use_editlist', '0', '-max_muxing_queue_size', '4096', '-f', 'mp4'],
  ...[
    '-movflags',
    `+frag_every_frame+${moov}+default_base_moof+frag_discont+skip_trailer`,
    '-flush_packets',
    '1',
  ],
  'pipe:1',
];

/** What a video encode asks of its encoder. */
export function encodePlan(rendition: VideoEncode, table: SegmentTable, start: number): EncodePlan {
  const { ticks } = frameTicks(rendition.frameRate);
  const { width, height, frameRate, bitrate } = rendition;
  const frames = table.boundaries.map((boundary) =>
    Math.round((boundary - (table.boundaries[start] ?? 0)) / ticks),
  );
  const lengths = frames.slice(1, firstWholeGroup + 2).map((frame, index) => frame - (frames[index] ?? 0));
  const groupFrames = Math.max(1, ...lengths);
  const keyFrames = everyGroup(groupFrames, frames.slice(start + 1, firstWholeGroup + 1));
  return { width, height, frameRate, bitrate, groupFrames, keyFrames, level: h264Level(rendition) };
}

function videoSpan({
  input,
  rendition,
  table,
  start,
  firstPicture,
  attempt,
}: HeadPlan<VideoEncode>): VideoSpan {
  const { ticks, timescale } = frameTicks(rendition.frameRate);
  const [first = 0] = table.boundaries;
  const phase = framePhase(first / timescale, firstPicture, ticks / timescale);
  return {
    shiftMicros: Math.round((phase - timelineOrigin(input.media)) * 1e6),
    firstFrame: Math.round((table.boundaries[start] ?? 0) / ticks),
    endFrame: Math.round((table.boundaries.at(-1) ?? 0) / ticks),
    padStart: start === 0 || attempt >= 2,
  };
}

function videoArguments(plan: HeadPlan<VideoEncode>): string[] {
  const { input, rendition, table, start, encoder, attempt } = plan;
  const cutSeconds = segmentStart(table, start);
  const burn = rendition.burn !== null;
  const seekTo = start === 0 ? null : seekPoint({ media: input.media, cutSeconds, burn, attempt });
  return [
    ...quiet,
    ...encoder.inputArguments,
    ...inputArguments(input, seekTo, plan.careful),
    ...pictureArguments(plan, encodePlan(rendition, table, start), videoSpan(plan)),
    ...encodedOutput(rendition, table, encoder, start),
  ];
}

/** From frames to the pipe: what a rendition's header depends on. */
export function encodedOutput(
  rendition: VideoEncode | AudioEncode,
  table: SegmentTable,
  encoder: VideoEncoder,
  start = 0,
): string[] {
  if (rendition.kind === 'audio') {
    const { bitrate, channels } = rendition;
    const encode = ['-c:a', 'aac', '-b:a', String(bitrate), '-ar', String(aacRate), '-ac', String(channels)];
    return ['-vn', ...encode, ...outputArguments('empty_moov')];
  }
  return [
    ...['-an', '-fps_mode', 'passthrough'],
    ...encoder.outputArguments(encodePlan(rendition, table, start)),
    ...(encoder.uploadFilters.length > 0 || encoder.scaleFilters ? [] : ['-pix_fmt', 'yuv420p']),
    ...colourLabels,
    ...['-video_track_timescale', String(table.timescale)],
    ...outputArguments('empty_moov'),
  ];
}

function audioArguments(plan: HeadPlan<AudioEncode>): string[] {
  const { input, rendition, table, start } = plan;
  const firstSample = table.boundaries[start] ?? 0;
  const span = {
    originSeconds: timelineOrigin(input.media),
    firstSample,
    endSample: table.boundaries.at(-1) ?? 0,
  };
  const from = (firstSample - prerollFrames * aacFrame) / aacRate - 1;
  return [
    ...quiet,
    ...inputArguments(input, start === 0 || from <= 0 ? null : from, plan.careful),
    ...['-map', `0:${rendition.stream.index}`, '-af', audioFilters(rendition, span).join(',')],
    ...encodedOutput(rendition, table, plan.encoder),
  ];
}

/** Begins between the key frame that is wanted and the next one: on a key frame, ffmpeg may land on the one before. */
function copyArguments(plan: HeadPlan<VideoCopy | AudioCopy>): string[] {
  const { input, rendition, table, start } = plan;
  const at = segmentStart(table, start);
  const gap = ((start + 1 < segmentCount(table) ? segmentStart(table, start + 1) : at + 1) - at) / 2;
  const seekTo = rendition.kind === 'video' ? at + Math.min(gap, 0.02) : at - 1;
  const timescale =
    rendition.kind === 'video' ? ['-video_track_timescale', String(table.timescale)] : ['-vn'];
  return [
    ...quiet,
    ...inputArguments(input, start === 0 || seekTo <= 0 ? null : seekTo, plan.careful),
    ...['-map', `0:${rendition.stream.index}`, '-c', 'copy', ...timescale],
    ...(rendition.stream.codec === 'hevc' ? ['-tag:v', 'hvc1'] : []),
    ...(rendition.stream.codec === 'aac' ? ['-bsf:a', 'aac_adtstoasc'] : []),
    ...outputArguments('delay_moov'),
  ];
}
