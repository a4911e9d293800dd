import { writeSegment } from '../cmaf/segment-writer.js';
import type { Sample, Track } from '../cmaf/track.js';
import { type SegmentTable, segmentCount } from '../timeline/segment-table.js';
import type { CutSegment, Cutter } from './cutter.js';
import { LateStart } from './head-errors.js';

/** Key-frame times were told by something else than ffmpeg, in ms perhaps. */
const toleranceSeconds = 0.0015;

/**
 * Cuts what is copied: pictures at the key frame that begins the next segment, sound at the first frame behind the
 * boundary. A segment leaves when the next one begins.
 */
export class CopyCutter implements Cutter {
  next: number;
  private samples: Sample[] = [];
  private readonly origin: number;
  private readonly video: boolean;

  constructor(
    private readonly track: Track,
    private readonly table: SegmentTable,
    start: number,
    originSeconds: number,
  ) {
    this.next = start;
    this.origin = Math.round(originSeconds * track.timescale);
    this.video = track.kind === 'video';
  }

  push(samples: readonly Sample[]): CutSegment[] {
    const cut: CutSegment[] = [];
    for (const one of samples) {
      const sample = { ...one, pts: one.pts - this.origin };
      const begins = !this.video || sample.key;
      if (this.next >= segmentCount(this.table)) continue;
      if (this.samples.length > 0 && begins && sample.pts >= this.boundary(this.next + 1))
        cut.push(this.cut(sample.pts));
      if (this.samples.length === 0) {
        if (!begins || sample.pts < this.boundary(this.next)) continue;
        if (sample.pts >= this.boundary(this.next + 1)) throw new LateStart();
      }
      this.samples.push(sample);
    }
    return cut;
  }

  end(): CutSegment[] {
    const last = this.samples.reduce((end, { pts, duration }) => Math.max(end, pts + duration), 0);
    return this.samples.length === 0 ? [] : [this.cut(last)];
  }

  /** Ticks of the track. */
  private boundary(index: number): number {
    const ticks = this.table.boundaries[index] ?? Infinity;
    const slack = this.video ? toleranceSeconds * this.track.timescale : 0.5;
    return (ticks / this.table.timescale) * this.track.timescale - slack;
  }

  private cut(followedBy: number): CutSegment {
    const index = this.next;
    const first = Math.max(0, this.samples[0]?.pts ?? 0);
    const end = Math.max(followedBy, first + this.samples.length);
    const bytes = writeSegment(this.track, this.samples, { sequence: index + 1, start: first, end });
    this.samples = [];
    this.next += 1;
    return { index, bytes };
  }
}
