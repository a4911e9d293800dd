import { createHash } from 'node:crypto';
import type { MediaInfo, SubtitleStream } from '../ffmpeg/media-info.js';
import type { SubtitleFile } from '../library/playable.service.js';

/** Streams of a media file have smaller numbers. */
const firstIndex = 10_000;
const mostIndices = 90_000_000;

const codecs: Readonly<Record<string, string>> = {
  ...{ srt: 'subrip', vtt: 'webvtt', sub: 'microdvd', ass: 'ass', ssa: 'ass' },
  ...{ sup: 'hdmv_pgs_subtitle', idx: 'dvd_subtitle' },
};

/** Its number among the streams: of its contents, since segments it is drawn into are kept by that number. */
export function besideIndex({ id, size, modifiedMs }: SubtitleFile): number {
  const hash = createHash('sha256').update(`${id} ${size} ${modifiedMs}`).digest();
  return firstIndex + (hash.readUInt32BE() % mostIndices);
}

/** Whether a number is that of a file beside, which a media file has not. */
export const isBeside = (index: number): boolean => index >= firstIndex;

/**
 * A film with the subtitle files beside it as streams of its own, before the others: somebody put them there on purpose.
 * So they are wished for and drawn into the picture as those inside are.
 */
export function withBeside(media: MediaInfo, files: readonly SubtitleFile[]): MediaInfo {
  return { ...media, streams: [...files.map(besideStream), ...media.streams] };
}

/** A subtitle's id by its number: that of a file beside is its own. */
export const subtitleId = (files: readonly SubtitleFile[], index: number): string =>
  files.find((file) => besideIndex(file) === index)?.id ?? String(index);

function besideStream(file: SubtitleFile): SubtitleStream {
  const { language, label, forced, hearingImpaired, format } = file;
  return {
    kind: 'subtitle',
    index: besideIndex(file),
    codec: codecs[format] ?? format,
    form: format === 'sup' || format === 'idx' ? 'bitmap' : 'text',
    ...{ language, title: label, bitrate: null },
    flags: {
      default: false,
      forced,
      hearingImpaired,
      visualImpaired: false,
      commentary: false,
      original: false,
    },
  };
}
