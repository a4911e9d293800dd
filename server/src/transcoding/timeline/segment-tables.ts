import type { MediaInfo } from '../../ffmpeg/media-info.js';
import type { Rendition } from '../rendition.js';
import {
  aacTable,
  evenTable,
  frameGrid,
  type KeyframeIndex,
  keyframeTable,
  type SegmentTable,
} from './segment-table.js';

/** Seconds of a segment: of an encoder's, so that the first is soon there; of a copy. */
const encodedSeconds = 2;
const copiedSeconds = 6;

/** Where a file's sound or picture ends is not known. */
export class NoDuration extends Error {
  override readonly name = 'NoDuration';
}

/** Containers whose index says where the picture begins and ends; of others, reading all of the file would. */
const indexed: ReadonlySet<string> = new Set(['matroska', 'webm', 'mp4', 'mov']);

/** Whether a table needs the key-frame index. */
export function needsIndex({ container, streams }: MediaInfo, { kind, action }: Rendition): boolean {
  if (!streams.some((stream) => stream.kind === 'video')) return false;
  return indexed.has(container) || (kind === 'video' && action === 'copy');
}

/** @param index null where `needsIndex` says so @throws NoDuration */
export function segmentTable(
  media: MediaInfo,
  rendition: Rendition,
  index: KeyframeIndex | null,
): SegmentTable {
  if (rendition.kind === 'video' && rendition.action === 'copy') {
    if (!index) throw new NoDuration('Copied video is cut at key frames, which are not known.');
    return keyframeTable(index, copiedSeconds);
  }
  if (rendition.kind === 'video')
    return frameGrid(
      rendition.frameRate,
      index ?? { startSeconds: 0, endSeconds: lengthOf(media) },
      encodedSeconds,
    );
  const end =
    index?.audio?.find((one) => one.index === rendition.stream.index)?.endSeconds ?? lengthOf(media);
  return rendition.action === 'copy' ? evenTable(end, copiedSeconds) : aacTable(end);
}

function lengthOf({ durationSeconds }: MediaInfo): number {
  if (durationSeconds === null || durationSeconds <= 0)
    throw new NoDuration('The file does not say how long it is.');
  return durationSeconds;
}

/** Longest stretch without a key frame, s. */
export function longestGap({ keyframes, endSeconds }: KeyframeIndex): number {
  return keyframes.reduce((most, at, index) => Math.max(most, (keyframes[index + 1] ?? endSeconds) - at), 0);
}
