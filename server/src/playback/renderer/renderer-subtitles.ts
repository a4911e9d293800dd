import { type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import type { SubtitleFile } from '../../library/playable.service.js';
import { isText } from '../subtitle-tracks.js';
import type { RendererSubtitle } from './renderer-offer.js';

/** Every subtitle there is, files beside the film first: somebody put them there on purpose. */
export function subtitlesOf(media: MediaInfo | null, files: readonly SubtitleFile[]): RendererSubtitle[] {
  const beside = files.map((file): RendererSubtitle => ({
    ...{ id: file.id, language: file.language, label: file.label, forced: file.forced },
    form: isText(file) ? 'text' : 'bitmap',
    origin: 'external',
  }));
  const inside = (media ? streamsOf(media, 'subtitle') : []).map(
    ({ index, language, title, flags, form }): RendererSubtitle => ({
      ...{ id: String(index), language, label: title, forced: flags.forced, form },
      origin: 'embedded',
    }),
  );
  return [...beside, ...inside];
}
