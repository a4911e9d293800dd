import { type MediaInfo } from '../../ffmpeg/media-info.js';
import type { VideoEncoder } from '../head/encoder.js';
import type { MediaInput } from '../media-input.js';
import type { AudioEncode, VideoCopy, VideoEncode } from '../rendition.js';
import type { AudioStream } from '../../ffmpeg/media-info.js';
import type { KeyframeIndex } from '../timeline/segment-table.js';

/** What a continuous stream is made as: MPEG-TS in packets of 188 bytes, or sound alone (`lpcm`: big-endian 16-bit samples). */
export type ContinuousFormat = 'mpegts' | 'mp3' | 'adts' | 'lpcm';

export type ContinuousSound =
  | { readonly action: 'copy'; readonly stream: AudioStream }
  | { readonly action: 'encode'; readonly codec: SoundCodec; readonly rendition: AudioEncode };
export type SoundCodec = 'aac' | 'ac3' | 'mp3' | 'pcm_s16be';

/** What somebody wants to have sent. */
export interface ContinuousRequest {
  readonly input: MediaInput;
  readonly format: ContinuousFormat;
  readonly video: VideoCopy | VideoEncode | null;
  /** Instead of a copy where the picture cannot be entered near the second that was asked for. */
  readonly fallback: VideoEncode | null;
  readonly sound: ContinuousSound | null;
  /** s on the presentation timeline */
  readonly fromSeconds: number;
  /** Bits per second to which MPEG-TS with an encoded picture is stuffed; see `constantBitrate`. */
  readonly constantBitrate?: number | undefined;
}

/** Where a stream begins, and whether its picture can be copied from there. */
export interface ContinuousCut {
  /** s on the presentation timeline: 0 of the stream */
  readonly startSeconds: number;
  readonly video: VideoCopy | VideoEncode | null;
}

/** One ffmpeg. */
export interface ContinuousPlan extends ContinuousCut {
  readonly input: MediaInput;
  readonly format: ContinuousFormat;
  readonly sound: ContinuousSound | null;
  readonly encoder: VideoEncoder;
  readonly zscale: boolean;
  /** A filter that draws text subtitles, times on the presentation timeline; null where none are drawn. */
  readonly drawText: string | null;
  /** When the first picture of the file is shown, s; null where only reading the file would tell. */
  readonly firstPicture: number | null;
  /** Errors in the file are stepped over. */
  readonly careful: boolean;
  /** Bits per second; left out where the stream is as long as it is. */
  readonly constantBitrate?: number | undefined;
}

/** Nobody who seeks on a television notices that it begins so many seconds from where they pointed. */
const nearSeconds = 2.5;
/** Near the end there may be no picture any more. */
const lastSeconds = 1;

/** Where key frames are found by an index; elsewhere ffmpeg goes on to the next one, which broadcasts have every second. */
const indexed: ReadonlySet<string> = new Set(['matroska', 'webm', 'mp4', 'mov']);
/** Their pictures have times of their own: others would be shown in the wrong order. */
const timed: ReadonlySet<string> = new Set([...indexed, 'mpegts', 'mpegps', 'flv']);

/** Whether the place of key frames must be known before a picture of this file is copied from the middle. */
export const needsKeyframes = ({ container }: MediaInfo): boolean => indexed.has(container);

/** Whether this file's picture can be put into another container as it is. */
const hasTimes = ({ container }: MediaInfo): boolean => timed.has(container);

/** @param index null where it is not known */
export function cutOf(request: ContinuousRequest, index: KeyframeIndex | null): ContinuousCut {
  const { input, video, fallback, fromSeconds } = request;
  const { durationSeconds } = input.media;
  const latest = durationSeconds === null ? Infinity : Math.max(0, durationSeconds - lastSeconds);
  const startSeconds = Math.min(Math.max(0, fromSeconds), latest);
  if (video === null || video.action === 'encode') return { startSeconds, video };
  if (!hasTimes(input.media) && fallback) return { startSeconds, video: fallback };
  if (startSeconds <= (index?.startSeconds ?? 0) + 0.1) return { startSeconds: 0, video };
  if (!needsKeyframes(input.media)) return { startSeconds, video };
  const near = nearest(index?.keyframes ?? [], startSeconds);
  if (near !== undefined && (Math.abs(near - startSeconds) <= nearSeconds || !fallback))
    return { startSeconds: near, video };
  return { startSeconds, video: fallback ?? video };
}

const nearest = (times: readonly number[], to: number): number | undefined =>
  times.reduce<number | undefined>(
    (best, time) => (best === undefined || Math.abs(time - to) < Math.abs(best - to) ? time : best),
    undefined,
  );
