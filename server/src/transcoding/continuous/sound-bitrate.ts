import type { AudioEncode } from '../rendition.js';
import { aacRate } from '../timeline/segment-table.js';
import type { SoundCodec } from './continuous-plan.js';

/** bits per second of AC-3, by channels (ATSC A/52 table 5.18 knows these) */
const ac3Rate = (channels: number): number => (channels > 2 ? 448_000 : channels === 2 ? 192_000 : 96_000);

/** bits per second of a sound that is encoded */
export function soundBitrate(codec: SoundCodec, { bitrate, channels }: AudioEncode): number {
  if (codec === 'ac3') return ac3Rate(channels);
  if (codec === 'mp3') return channels === 1 ? 160_000 : 320_000;
  return codec === 'pcm_s16be' ? aacRate * channels * 16 : bitrate;
}
