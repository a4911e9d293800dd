import { type AudioStream, type MediaInfo, streamsOf, type VideoStream } from '../../ffmpeg/media-info.js';

/** bits per second of the whole file */
export function fileBitrate({ bitrate, size, durationSeconds }: MediaInfo): number | null {
  return bitrate ?? (durationSeconds ? (size * 8) / durationSeconds : null);
}

/** bits per second of a stream; of the picture, what the rest leaves where the file does not say. */
export function streamBitrate(media: MediaInfo, stream: VideoStream | AudioStream): number | null {
  if (stream.bitrate !== null && stream.bitrate > 0) return stream.bitrate;
  const whole = fileBitrate(media);
  if (whole === null) return null;
  const tracks = streamsOf(media, 'audio');
  if (stream.kind === 'audio')
    return tracks.length === 1 && streamsOf(media, 'video').length === 0 ? whole : null;
  return Math.max(whole / 2, whole - tracks.reduce((sum, track) => sum + (track.bitrate ?? 0), 0));
}
