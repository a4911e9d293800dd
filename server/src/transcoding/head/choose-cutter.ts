import type { Track } from '../cmaf/track.js';
import type { Rendition } from '../rendition.js';
import { aacFrame, frameTicks, type SegmentTable } from '../timeline/segment-table.js';
import { CopyCutter } from './copy-cutter.js';
import type { Cutter } from './cutter.js';
import { GridCutter } from './grid-cutter.js';

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
