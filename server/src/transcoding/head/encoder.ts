import type { Rational } from '../../ffmpeg/media-info.js';

/** What a video encoder is asked for. */
export interface EncodePlan {
  readonly width: number;
  readonly height: number;
  readonly frameRate: Rational;
  /** Most bits per second. */
  readonly bitrate: number;
  /** Most frames from one cut to the next; each cut is a key frame that closes the group before. */
  readonly groupFrames: number;
  /** Which frames are cuts: an expression of ffmpeg over `n`, a frame’s number from 0. */
  readonly keyFrames: string;
  /** H.264 level as x264 writes it: `3.1`, `4`. */
  readonly level: string;
}

/** A cut at frame 0 and at each of `first`; every so many frames from the last of them on. */
export function everyGroup(groupFrames: number, first: readonly number[] = []): string {
  const from = first.at(-1);
  if (from === undefined) return `not(mod(n,${groupFrames}))`;
  const single = [0, ...first.slice(0, -1)].map((frame) => `eq(n,${frame})+`).join('');
  return `${single}gte(n,${from})*not(mod(n-${from},${groupFrames}))`;
}

/** One H.264 encoder of ffmpeg and the arguments it needs. */
export interface VideoEncoder {
  /** ffmpeg's name: `libx264`, `h264_vaapi`… */
  readonly name: string;
  /** Whether a head that fails with it is tried again in software. */
  readonly hardware: boolean;
  /** Before `-i`: devices, hardware decoding. */
  readonly inputArguments: readonly string[];
  /**
   * Scales a decoded frame where the encoder's device does it better, and brings it into the form the encoder takes.
   * It is used only where nothing must be drawn or tone-mapped in software in between. Left out: scaled in software.
   */
  readonly scaleFilters?: (plan: EncodePlan) => readonly string[];
  /** From 8-bit `yuv420p` frames of the final size, in memory, to what the encoder takes: `format=nv12`, `hwupload`. */
  readonly uploadFilters: readonly string[];
  /** Codec, rate control, and a key frame every `groupFrames` and nowhere else. */
  readonly outputArguments: (plan: EncodePlan) => readonly string[];
}

/** x264: what every machine can do. */
export const softwareEncoder: VideoEncoder = {
  name: 'libx264',
  hardware: false,
  inputArguments: [],
  uploadFilters: [],
  outputArguments: ({ bitrate, groupFrames, keyFrames, level }) => [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-level:v', level],
    ...['-crf', '21', '-maxrate:v', String(bitrate), '-bufsize:v', String(bitrate * 2)],
    // The last frame of a segment leaves when the encoder has looked so far beyond it: 5 frames fewer than the preset's 10
    // bring the first segment 5 % sooner, for 4 % more bits.
    ...['-rc-lookahead', '5'],
    // Key frames on the cuts and nowhere else. Counting frames is exact, however long a head runs: the first frame it
    // is given is the first of a segment.
    ...[
      '-g',
      String(groupFrames),
      '-keyint_min',
      String(groupFrames),
      '-sc_threshold',
      '0',
      '-flags',
      '+cgop',
    ],
    ...['-force_key_frames', `expr:${keyFrames}`],
  ],
};
