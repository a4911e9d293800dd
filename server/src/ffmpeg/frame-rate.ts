import type { Rational } from './media-info.js';

const usual: readonly Rational[] = [
  { num: 24000, den: 1001 }, { num: 30000, den: 1001 }, { num: 60000, den: 1001 }, { num: 120000, den: 1001 },
  ...[24, 25, 30, 50, 60, 120, 48, 100, 15, 10, 12, 20].map((num) => ({ num, den: 1 })),
]; // prettier-ignore

/**
 * The exact rate meant by a rounded one: 1e9/41708333 is 24000/1001.
 * @param tolerance relative; stay under 1e-3, which is the distance from 24 to 23.976.
 */
export function frameRateOf(framesPerSecond: number, tolerance = 1e-4): Rational | null {
  if (!Number.isFinite(framesPerSecond) || framesPerSecond <= 0 || framesPerSecond > 1000) return null;
  const distance = ({ num, den }: Rational): number => Math.abs((framesPerSecond * den) / num - 1);
  const nearest = usual.reduce((best, rate) => (distance(rate) < distance(best) ? rate : best));
  return distance(nearest) < tolerance ? nearest : reduce(Math.round(framesPerSecond * 1000), 1000);
}

export function reduce(num: number, den: number): Rational {
  let [a, b] = [num, den];
  while (b > 0) [a, b] = [b, a % b];
  return a > 0 ? { num: num / a, den: den / a } : { num, den: 1 };
}

/** Width over height as shown. */
export function displayAspectOf(
  width: number,
  height: number,
  sample: Rational,
  rotation: number,
): number | null {
  if (width <= 0 || height <= 0) return null;
  const aspect = (width * sample.num) / (height * sample.den);
  return Math.round((rotation % 180 === 0 ? aspect : 1 / aspect) * 10000) / 10000;
}
