import { inside, uint, type Element } from './ebml.js';
import type { FileBytes } from './file-bytes.js';

/** One place of the cue index, RFC 9559 5.1.5: positions count from the segment's and the cluster's payload. */
export type CuePosition = {
  track: number;
  /** In ticks of the segment. */
  time: number;
  cluster: number;
  /** -1 where the index names the cluster only. */
  relative: number;
  duration: number | null;
};

const CUE_POINT = 0xbb;
const CUE_TIME = 0xb3;
const CUE_TRACK_POSITIONS = 0xb7;

/** All places of the index, in file order. */
export function cuePositions(file: FileBytes, cues: Element): CuePosition[] {
  file.seed(cues.start, file.read(cues.start, cues.end - cues.start));
  const found: CuePosition[] = [];
  for (const point of inside(file, cues)) {
    let time = 0;
    for (const part of point.id === CUE_POINT ? inside(file, point) : []) {
      if (part.id === CUE_TIME) time = uint(file, part);
      if (part.id === CUE_TRACK_POSITIONS) found.push(position(file, part, time));
    }
  }
  return found;
}

function position(file: FileBytes, element: Element, time: number): CuePosition {
  const found: CuePosition = { track: 0, time, cluster: -1, relative: -1, duration: null };
  for (const field of inside(file, element)) {
    if (field.id === 0xf7) found.track = uint(file, field);
    if (field.id === 0xf1) found.cluster = uint(file, field);
    if (field.id === 0xf0) found.relative = uint(file, field);
    if (field.id === 0xb2) found.duration = uint(file, field);
  }
  return found;
}
