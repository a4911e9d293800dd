import type { VideoEncode } from '../rendition.js';

/** Table A-1 of ITU-T H.264: macroblocks per second, per frame, and kbit/s in the High profile. */
const levels: readonly (readonly [level: string, rate: number, frame: number, kilobits: number])[] = [
  ['3', 40_500, 1_620, 12_500], ['3.1', 108_000, 3_600, 17_500], ['3.2', 216_000, 5_120, 25_000],
  ['4', 245_760, 8_192, 25_000], ['4.1', 245_760, 8_192, 62_500], ['4.2', 522_240, 8_704, 62_500],
  ['5', 589_824, 22_080, 168_750], ['5.1', 983_040, 36_864, 300_000], ['5.2', 2_073_600, 36_864, 300_000],
]; // prettier-ignore

type Sized = Pick<VideoEncode, 'width' | 'height' | 'frameRate' | 'bitrate'>;

/** The lowest level from 3 up that holds an encode, as x264 writes it. */
export function h264Level({ width, height, frameRate, bitrate }: Sized): string {
  const frame = Math.ceil(width / 16) * Math.ceil(height / 16);
  const rate = (frame * frameRate.num) / frameRate.den;
  const fits = levels.find(
    ([, most, size, kilobits]) => rate <= most && frame <= size && bitrate <= kilobits * 1000,
  );
  return fits?.[0] ?? '5.2';
}

/** RFC 6381 string of what an encode sends, High profile: known without running anything. */
export function encodedVideoCodec(rendition: Sized): string {
  const level = Math.round(Number(h264Level(rendition)) * 10);
  return `avc1.6400${level.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** RFC 6381 string of the sound that is encoded: AAC-LC. */
export const encodedAudioCodec = 'mp4a.40.2';
