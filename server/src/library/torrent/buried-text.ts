import type { MediaInfo } from '../../ffmpeg/media-info.js';

/**
 * Subtitles inside a film lie all over it: without the whole film there are none. Those that are drawn into the picture
 * are read with it.
 */
export const withoutBuriedText = (media: MediaInfo): MediaInfo => ({
  ...media,
  streams: media.streams.filter((stream) => stream.kind !== 'subtitle' || stream.form !== 'text'),
});
