import type { Rational, VideoStream } from '../../ffmpeg/media-info.js';

/** Rates that cameras and broadcasters use. */
const standard: readonly Rational[] = [
  { num: 24000, den: 1001 }, { num: 24, den: 1 }, { num: 25, den: 1 }, { num: 30000, den: 1001 }, { num: 30, den: 1 },
  { num: 50, den: 1 }, { num: 60000, den: 1001 }, { num: 60, den: 1 },
]; // prettier-ignore

/** The constant frame rate a stream is encoded at: its own, or for a variable one the standard rate that holds its fastest part; at most 60. */
export function gridRate({ frameRate, framesPerSecond, variableFrameRate }: VideoStream): Rational {
  const own = frameRate && frameRate.num > 0 ? frameRate : null;
  const value = own ? own.num / own.den : (framesPerSecond ?? 0);
  if (own && variableFrameRate !== true && value >= 1 && value <= 60.5) return own;
  const mean = framesPerSecond ?? value;
  // Some containers state a clock (90000) for a rate.
  const fastest = value >= mean && value <= 60.5 ? value : mean;
  const last = { num: 60, den: 1 };
  return standard.find(({ num, den }) => num / den >= fastest * 0.998) ?? last;
}
