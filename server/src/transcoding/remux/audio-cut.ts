import type { Cut, CutSpan } from './track-source.js';

/** One frame of sound; times in ticks. */
export interface AudioFrame {
  readonly pts: number;
  readonly duration: number;
  readonly bytes: () => Uint8Array;
}

/**
 * The frames that begin within a span, and where the next one begins. What lies before 0 (priming) is left out, and a
 * frame across it begins at 0.
 * @param frames in order, from some time before the span on
 */
export function cutAudio(frames: Iterable<AudioFrame>, { from, to }: CutSpan, timescale: number): Cut {
  const samples: { pts: number; key: boolean; bytes: Uint8Array }[] = [];
  let end: number | null = null;
  for (const { pts, duration, bytes } of frames) {
    if (pts + duration <= 0) continue;
    const begin = Math.max(0, pts);
    const micros = Math.round((begin * 1e6) / timescale);
    if (to !== null && micros >= to) {
      end = begin;
      break;
    }
    if (from !== null && micros < from) continue;
    // Two frames of one time, or out of order, as damage leaves them.
    const last = samples.at(-1);
    if (last && begin <= last.pts) continue;
    samples.push({ pts: begin, key: true, bytes: bytes() });
    end = pts + duration;
  }
  const start = samples[0]?.pts ?? Math.round(((from ?? 0) * timescale) / 1e6);
  return { samples, start, end: Math.max(end ?? start, start) };
}
