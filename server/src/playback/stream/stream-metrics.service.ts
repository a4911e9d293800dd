import type { PlayMethod } from '@hearth/contract/playback';
import { Injectable } from '@nestjs/common';

/** Upper bounds in seconds, as Prometheus counts them. */
const bounds = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16] as const;

export interface Histogram {
  /** How many took up to each bound. */
  readonly buckets: { le: number; count: number }[];
  count: number;
  sum: number;
}

const histogram = (): Histogram => ({ buckets: bounds.map((le) => ({ le, count: 0 })), count: 0, sum: 0 });

function observe(into: Histogram, seconds: number): void {
  for (const bucket of into.buckets) if (seconds <= bucket.le) bucket.count += 1;
  into.count += 1;
  into.sum += seconds;
}

/** Counts what viewers feel; whoever serves metrics reads it here. */
@Injectable()
export class StreamMetrics {
  /** From the request to play to the first media segment sent, s. */
  readonly firstSegment: Record<Exclude<PlayMethod, 'direct'>, Histogram> = {
    remux: histogram(),
    transcode: histogram(),
  };
  /** Every media segment, from the request to its first byte, s. */
  readonly segment: Histogram = histogram();
  /** Problems instead of a piece, by code. */
  readonly problems = new Map<string, number>();
  bytesSent = 0;

  firstSegmentSent(method: PlayMethod, seconds: number): void {
    if (method !== 'direct') observe(this.firstSegment[method], seconds);
  }

  segmentSent(seconds: number, bytes: number): void {
    observe(this.segment, seconds);
    this.bytesSent += bytes;
  }

  refused(code: string): void {
    this.problems.set(code, (this.problems.get(code) ?? 0) + 1);
  }
}
