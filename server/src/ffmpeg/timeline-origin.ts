import type { MediaInfo } from './media-info.js';

/**
 * File time that is 0 on the presentation timeline, s. Matroska and MP4 count from 0 already, and a first frame a
 * little later belongs there; transport streams begin anywhere.
 */
export function timelineOrigin({ container, startSeconds }: MediaInfo): number {
  return ['matroska', 'webm', 'mp4', 'mov'].includes(container) ? 0 : startSeconds;
}
