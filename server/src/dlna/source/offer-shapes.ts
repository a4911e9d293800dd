import type { Offer, SubtitleOffer } from '@hearth/dlna/media-source.port';
import type { RendererMedia, RendererOffer } from '../../playback/renderer/renderer-offers.service.js';
import type { Grant, ResourceIds } from './resource-ids.js';

/** Versions of a film that are listed; televisions take the first, people choose among few. */
const mostFiles = 4;
/** Subtitles that are listed: a televison's menu has no room for forty, and each costs a line in every list. */
const mostSubtitles = 12;
const formats = ['srt', 'vtt', 'smi'] as const;

export interface Offered {
  readonly offers: Offer[];
  readonly subtitles: SubtitleOffer[];
}

const offer = (kind: Offer['kind'], resourceId: string, media: RendererMedia): Offer => ({
  ...media,
  kind,
  resourceId,
});

/** The file as it is where the device plays that or nobody could convert it, else what is made of it. */
function offersOf(file: RendererOffer, ids: ResourceIds, grant?: Grant): Offer[] {
  const original = () => offer('original', ids.write('original', file.fileId, '', grant), file.original);
  if (file.action !== 'convert' || !file.converted) return [original()];
  return [offer('converted', ids.write('converted', file.fileId, '', grant), file.converted)];
}

/** Text can be sent beside a film; bitmaps cannot. */
export const subtitlesOf = (file: RendererOffer, ids: ResourceIds, grant?: Grant): SubtitleOffer[] =>
  file.subtitles
    .filter(({ form }) => form === 'text')
    .slice(0, mostSubtitles)
    .map(({ id, language, forced }) => ({
      resourceId: ids.write('subtitle', file.fileId, id, grant),
      formats,
      ...(language !== null && { language }),
      ...(forced && { forced }),
    }));

/**
 * How an item reaches a device, best first; its subtitles are those of the first version. What nothing can be done with
 * is still offered as it is, at the end: the profile may know less than the device.
 * @param grant of who sends it to a screen: the names are lent by them
 */
export function offered(files: readonly RendererOffer[], ids: ResourceIds, grant?: Grant): Offered {
  const playable = files.filter(({ action }) => action !== 'none');
  const listed = (playable.length > 0 ? playable : files).slice(0, mostFiles);
  const [first] = listed;
  return {
    offers: listed.flatMap((file) => offersOf(file, ids, grant)),
    subtitles: first ? subtitlesOf(first, ids, grant) : [],
  };
}
