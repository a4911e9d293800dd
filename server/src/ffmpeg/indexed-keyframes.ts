import { FileBytes } from './file-bytes.js';
import type { KeyframeFacts } from './keyframe-facts.js';
import { matroskaKeyframes } from './matroska-keyframes.js';
import { looksLikeMatroska } from './matroska-segment.js';
import { mp4Keyframes } from './mp4-keyframes.js';
import { looksLikeMp4 } from './mp4-probe.js';
import { withAccess } from './open-access.js';

/** Small reads: the headers of blocks and fragments lie far apart. */
const BLOCK = 2048;

/**
 * The key frames of a video stream by the container's index; null if it has none that is read here. Synchronous: a
 * worker thread runs it. @throws the system's error or ProbeFailed
 */
export function indexedKeyframes(path: string, streamIndex: number): KeyframeFacts | null {
  return withAccess(path, (access) => {
    const file = new FileBytes(access, BLOCK);
    const head = file.read(0, 64);
    if (looksLikeMatroska(head)) return matroskaKeyframes(file, streamIndex);
    return looksLikeMp4(head) ? mp4Keyframes(file, streamIndex) : null;
  });
}
