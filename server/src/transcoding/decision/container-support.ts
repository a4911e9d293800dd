import type { ClientCapabilities } from '@hearth/contract/playback';
import type { Container, MediaInfo, VideoStream } from '../../ffmpeg/media-info.js';

/** Names under which a device may list a media container. */
const containerNames: Partial<Record<Container, readonly string[]>> = {
  matroska: ['matroska', 'mkv', 'x-matroska'],
  webm: ['webm'],
  mp4: ['mp4', 'm4v', 'm4a'],
  // A QuickTime file is MP4 to whoever reads MP4: the boxes are the same.
  mov: ['mov', 'quicktime', 'mp4'],
  mpegts: ['mpegts', 'ts', 'mp2t', 'm2ts'],
  mpegps: ['mpegps', 'mpeg', 'mpg', 'vob'],
  asf: ['asf', 'wmv', 'wma', 'x-ms-wmv', 'x-ms-wma'],
  avi: ['avi', 'x-msvideo', 'vnd.avi'],
  ogg: ['ogg', 'oga', 'ogv', 'opus'],
  mp3: ['mp3', 'mpeg'],
  wav: ['wav', 'x-wav', 'wave'],
  flac: ['flac', 'x-flac'],
  aac: ['aac', 'adts', 'aacp'],
  flv: ['flv', 'x-flv'],
};

/** Whether a device opens files of this container; media types name them too, `video/mpeg` other ones than `audio/mpeg`. */
export function opensContainer(container: Container, client: ClientCapabilities): boolean {
  const names = containerNames[container] ?? [container];
  const others = container === 'mp3' ? 'video' : 'audio';
  return client.containers.some((claim) => {
    const [, kind, name = ''] = /^(?:(video|audio|application)\/)?(.+)$/.exec(claim.toLowerCase()) ?? [];
    return names.includes(name) && !(name === 'mpeg' && (kind ?? 'video') === others);
  });
}

/**
 * Whether an MP4 file's HEVC lies under a sample entry that the device does not know: Safari plays `hvc1` and not the
 * `hev1` of the same stream. In other containers, and in our own segments, there is no such difference.
 */
export function hasForeignSampleEntry(
  { container }: MediaInfo,
  video: VideoStream,
  claims: readonly string[],
): boolean {
  const entry = /^(hev1|hvc1)\./.exec(video.codecString ?? '')?.[1];
  if (entry === undefined || (container !== 'mp4' && container !== 'mov')) return false;
  const claimed = claims.flatMap((claim) => /^(hev1|hvc1)\./.exec(claim)?.[1] ?? []);
  return claimed.length > 0 && !claimed.includes(entry);
}
