import { type MediaInfo, type MediaStream, streamsOf, type SubtitleStream } from '../../ffmpeg/media-info.js';

const isBuried = (stream: MediaStream): boolean => stream.kind === 'subtitle' && stream.form === 'text';

/**
 * Subtitles inside a film lie all over it: without the whole film only those of its parts that are here can be read, and
 * who needs all of them at once has none. Those that are drawn into the picture are read with it.
 */
export const withoutBuriedText = (media: MediaInfo): MediaInfo => ({
  ...media,
  streams: media.streams.filter((stream) => !isBuried(stream)),
});

export const buriedText = (media: MediaInfo): SubtitleStream[] =>
  streamsOf(media, 'subtitle').filter(isBuried);
