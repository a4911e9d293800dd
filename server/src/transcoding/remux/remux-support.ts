import type { MediaInfo } from '../../ffmpeg/media-info.js';
import type { AudioCopy, VideoCopy } from '../rendition.js';

const containers: ReadonlySet<string> = new Set(['matroska', 'webm', 'mp4', 'mov']);
const videoCodecs: ReadonlySet<string> = new Set(['h264', 'hevc', 'vp9', 'av1']);
const audioCodecs: ReadonlySet<string> = new Set(['aac', 'mp3', 'ac3', 'eac3', 'opus', 'flac']);

/**
 * Whether a stream can be copied in process: media containers with an index that we read, codecs with a place in CMAF. A
 * file may still turn out to be laid out otherwise; then `init` says so (RemuxFailed with `fallBack`).
 */
export function canRemux({ container }: MediaInfo, { stream }: VideoCopy | AudioCopy): boolean {
  if (!containers.has(container)) return false;
  if (stream.kind === 'audio') return audioCodecs.has(stream.codec) && stream.sampleRate > 0;
  return videoCodecs.has(stream.codec) && (stream.codec !== 'vp9' || stream.codecString !== null);
}
