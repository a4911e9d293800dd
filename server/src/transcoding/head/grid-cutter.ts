import { writeSegment } from '../cmaf/segment-writer.js';
import type { Sample, Track } from '../cmaf/track.js';
import { type SegmentTable, segmentCount } from '../timeline/segment-table.js';
import type { CutSegment, Cutter } from './cutter.js';
import { HeadFailed, LateStart } from './head-errors.js';

/** Cuts encodes: so many frames a segment, all of one length. A segment leaves with its last frame, not with the next one. */
export class GridCutter implements Cutter {
  next: number;
  private samples: Sample[] = [];
  private begun = false;

  /** @param ticks of one frame */
  constructor(
    private readonly track: Track,
    private readonly table: SegmentTable,
    start: number,
    private readonly ticks: number,
  ) {
    this.next = start;
    if (track.timescale !== table.timescale)
      throw new HeadFailed('timeline-broken', `${track.timescale} ticks a second, not ${table.timescale}`);
  }

  push(samples: readonly Sample[]): CutSegment[] {
    const cut: CutSegment[] = [];
    for (const sample of samples) {
      const [start, end] = this.span();
      if (this.next >= segmentCount(this.table) || (!this.begun && sample.pts < start)) continue;
      if (!this.begun && sample.pts > start) throw new LateStart();
      this.begun = true;
      this.check(sample, start, end);
      this.samples.push(sample);
      if (this.samples.length * this.ticks >= end - start) cut.push(this.cut(end));
    }
    return cut;
  }

  end(): CutSegment[] {
    const [start] = this.span();
    return this.samples.length === 0 ? [] : [this.cut(start + this.samples.length * this.ticks)];
  }

  private span(): [number, number] {
    return [this.table.boundaries[this.next] ?? 0, this.table.boundaries[this.next + 1] ?? 0];
  }

  private check({ pts, key }: Sample, start: number, end: number): void {
    const first = this.samples.length === 0;
    const fits = pts >= start && pts < end && (pts - start) % this.ticks === 0;
    if (!fits || (first && (!key || pts !== start)))
      throw new HeadFailed('timeline-broken', `${key ? 'key ' : ''}frame ${pts} in ${start}–${end}`);
  }

  private cut(end: number): CutSegment {
    const index = this.next;
    const [start] = this.span();
    const bytes = writeSegment(this.track, this.samples, { sequence: index + 1, start, end });
    this.samples = [];
    this.next += 1;
    return { index, bytes };
  }
}
