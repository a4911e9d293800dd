import type { ArtSize } from '../media-source.port.js';
import type { Servable } from './media-plan.js';

const ART_SIZES: readonly ArtSize[] = ['tn', 'sm', 'med', 'lrg'];
const SUBTITLE_FORMATS = ['srt', 'vtt', 'smi'] as const;

/** @param asked of the query @returns undefined for a size that does not exist */
export const artSizeOf = (asked: string | null, usual: ArtSize): ArtSize | undefined =>
  asked === null ? usual : ART_SIZES.find((size) => size === asked);

export const isSubtitleFormat = (extension: string): extension is (typeof SUBTITLE_FORMATS)[number] =>
  SUBTITLE_FORMATS.some((format) => format === extension);

export const natureOf = (mime: string): Servable['nature'] => {
  if (mime.startsWith('image/')) return 'image';
  return mime.startsWith('text/') ? 'text' : 'av';
};
