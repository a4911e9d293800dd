import type { MediaInfo } from '../../ffmpeg/media-info.js';

/** Containers in which ffmpeg seeks to a key frame by an index; elsewhere it lands anywhere and decodes nothing until one. */
const indexed: ReadonlySet<string> = new Set(['matroska', 'webm', 'mp4', 'mov', 'avi']);

/** Seconds before the cut, by attempt. Broadcasts have a key frame every second or so. */
const leads = { indexed: [0.5, 12], other: [2, 12] };

/** Subtitles shown at the cut began before it. */
const burnLeadSeconds = 6;

export interface SeekQuery {
  readonly media: Pick<MediaInfo, 'container'>;
  /** Of the first picture that is wanted, s on the presentation timeline. */
  readonly cutSeconds: number;
  readonly burn: boolean;
  /** 0 at first; more where the frames at the cut did not come. */
  readonly attempt: number;
}

/**
 * Where to begin reading for a picture at the cut, s on the presentation timeline; null: at the beginning.
 *
 * Half a second ahead where there is an index, since MP4 seeks by decoding time and pictures of an open group need the
 * group before. The third attempt takes what the second found, from a minute before.
 */
export function seekPoint({ media, cutSeconds, burn, attempt }: SeekQuery): number | null {
  const lead = (indexed.has(media.container) ? leads.indexed : leads.other)[attempt] ?? 60;
  const at = cutSeconds - lead - (burn ? burnLeadSeconds : 0);
  return at <= 0 ? null : at;
}
