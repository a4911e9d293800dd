import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';
import type { RendererCapabilities } from '../../playback/renderer/renderer-offers.service.js';

/** What playback has to know of a profile to decide. */
export const capabilitiesOf = ({ plays, convert, subtitles }: DeviceProfile): RendererCapabilities => ({
  ...plays,
  convert: {
    audio: convert.audio,
    maxHeight: convert.maxHeight,
    ...(convert.seek === 'bytes' && { seeksByBytes: true }),
  },
  burnsSubtitles: subtitles.length === 0 || subtitles[0] === 'burn',
});
