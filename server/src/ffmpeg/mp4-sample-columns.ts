/** Every sample of a track in decoding order, a column each; times in ticks of the track. */
export interface SampleTable {
  readonly timescale: number;
  readonly count: number;
  /** Presentation time, edit list applied. */
  readonly pts: Float64Array;
  /** Ticks to the next sample in decoding order. */
  readonly duration: Uint32Array;
  readonly size: Uint32Array;
  readonly offset: Float64Array;
  /** 1 for a sample that decoding can begin with. */
  readonly sync: Uint8Array;
}

/** Columns that grow: nobody knows how many samples the fragments hold. */
export class SampleColumns {
  count = 0;
  pts = new Float64Array(1024);
  offset = new Float64Array(1024);
  duration = new Uint32Array(1024);
  size = new Uint32Array(1024);
  sync = new Uint8Array(1024);

  push(pts: number, duration: number, size: number, offset: number, sync: boolean): void {
    if (this.count === this.pts.length) this.grow();
    const at = this.count++;
    this.pts[at] = pts;
    this.duration[at] = duration;
    this.size[at] = size;
    this.offset[at] = offset;
    this.sync[at] = sync ? 1 : 0;
  }

  private grow(): void {
    const room = this.pts.length * 2;
    const { pts, offset, duration, size, sync } = this;
    (this.pts = new Float64Array(room)).set(pts);
    (this.offset = new Float64Array(room)).set(offset);
    (this.duration = new Uint32Array(room)).set(duration);
    (this.size = new Uint32Array(room)).set(size);
    (this.sync = new Uint8Array(room)).set(sync);
  }

  table(timescale: number): SampleTable {
    const { count } = this;
    return {
      timescale,
      count,
      pts: this.pts.subarray(0, count),
      offset: this.offset.subarray(0, count),
      duration: this.duration.subarray(0, count),
      size: this.size.subarray(0, count),
      sync: this.sync.subarray(0, count),
    };
  }
}
