import type { VideoEncode } from '../rendition.js';
import type { ContinuousSound } from './continuous-plan.js';
import { soundBitrate } from './sound-bitrate.js';

/**
 * Players that know byte ranges alone can seek where a byte is a moment: in MPEG-TS that is stuffed to one rate with
 * packets that mean nothing (ISO 13818-1 2.4.1, `-muxrate`).
 */

/** A picture arrives so long before it is shown, s: what the encoder’s buffer holds must be through by then. */
const delaySeconds = 0.5;
/** Times of all streams begin here, s: the first pictures’ decoding times must not be below 0 in one of them alone. */
const originSeconds = 1;

/** Headers of packets and of what they carry, and packets that are not filled, bits a picture. */
const pictureOverhead = 1200;
/** Tables and clock, and what encoders take beyond their word, bits per second. */
const spareBits = 100_000;
/** How far above its mean a copied sound may be. */
const copiedSoundPeak = 1.5;
/** Rates are whole multiples of this, bits per second. */
const step = 100_000;

/**
 * The rate that picture and sound never exceed together, bits per second.
 * @returns null where nobody knows: of a sound that is copied and has no rate
 */
export function constantBitrate(
  { bitrate, frameRate }: VideoEncode,
  sound: ContinuousSound | null,
): number | null {
  const heard =
    sound === null
      ? 0
      : sound.action === 'encode'
        ? soundBitrate(sound.codec, sound.rendition)
        : sound.stream.bitrate && sound.stream.bitrate * copiedSoundPeak;
  if (heard === null) return null;
  const most = (bitrate + heard) * 1.05 + (frameRate.num / frameRate.den) * pictureOverhead + spareBits;
  return Math.ceil(most / step) * step;
}

/** After an encoder’s own options: its peaks are no longer than the delay. */
export const steadyPicture = ({ bitrate }: VideoEncode): string[] => [
  '-bufsize:v',
  String(Math.round(bitrate * delaySeconds)),
];

/** Instead of those of any transport stream: wherever it begins, the same moment has the same clock. */
export const steadyTransport = (bitrate: number, startSeconds: number): string[] => [
  ...['-output_ts_offset', (startSeconds + originSeconds).toFixed(6), '-muxrate', String(bitrate)],
  ...['-muxdelay', String(delaySeconds), '-muxpreload', '0', '-f', 'mpegts'],
];
