import type { Sample, Track } from '../cmaf/track.js';
import type { Rendition } from '../rendition.js';
import { aacFrame, frameTicks, type SegmentTable } from '../timeline/segment-table.js';
import { CopyCutter } from './copy-cutter.js';
import { GridCutter } from './grid-cutter.js';

export interface CutSegment {
  readonly index: number;
  readonly bytes: Buffer;
}

/** Samples in, whole segments out. */
export interface Cutter {
  /** The segment that is being filled. */
  readonly next: number;
  /** @throws LateStart, HeadFailed */
  push(samples: readonly Sample[]): CutSegment[];
  /** The stream ended by itself. */
  end(): CutSegment[];
}

/** @param originSeconds file time that is 0 on the presentation timeline */
export function cutterFor(
  rendition: Rendition,
  track: Track,
  table: SegmentTable,
  start: number,
  originSeconds: number,
): Cutter {
  if (rendition.action === 'copy') return new CopyCutter(track, table, start, originSeconds);
  const ticks = rendition.kind === 'video' ? frameTicks(rendition.frameRate).ticks : aacFrame;
  return new GridCutter(track, table, start, ticks);
}
