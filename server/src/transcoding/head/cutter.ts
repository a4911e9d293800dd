import type { Sample } from '../cmaf/track.js';

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
