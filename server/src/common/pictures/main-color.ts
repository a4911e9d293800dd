interface Bucket {
  weight: number;
  red: number;
  green: number;
  blue: number;
}

/** How much a pixel says about a picture's mood: vivid, neither black nor white. */
function vividness(red: number, green: number, blue: number): number {
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  const lightness = (high + low) / 510;
  const saturation = high === 0 ? 0 : (high - low) / high;
  return (0.03 + saturation ** 2) * (1 - Math.abs(lightness * 2 - 1) ** 2);
}

/** Kept between these, of 1, so that white text stays readable on it and it still shows on near-black. */
const lightnessRange = [0.22, 0.5] as const;

const hex = (value: number): string =>
  Math.round(Math.max(0, Math.min(255, value)))
    .toString(16)
    .padStart(2, '0');

/** Moves the lightness (HSL) of a colour into the range, its hue kept. */
function tame(red: number, green: number, blue: number): [number, number, number] {
  const lightness = (Math.max(red, green, blue) + Math.min(red, green, blue)) / 510;
  const [darkest, lightest] = lightnessRange;
  const dim = lightest / lightness;
  if (dim < 1) return [red * dim, green * dim, blue * dim];
  if (lightness >= darkest) return [red, green, blue];
  const lift = (darkest - lightness) * 255;
  return [red + lift, green + lift, blue + lift];
}

/**
 * The colour a page may be tinted with: the mean of the most telling region of the colour cube, each channel cut in
 * eight.
 * @param pixels RGB, three bytes a pixel @returns `#rrggbb`
 */
export function mainColor(pixels: Uint8Array): string {
  const buckets = new Map<number, Bucket>();
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
    const weight = vividness(red, green, blue) + 1e-6;
    const key = ((red >> 5) << 6) | ((green >> 5) << 3) | (blue >> 5);
    const bucket = buckets.get(key) ?? { weight: 0, red: 0, green: 0, blue: 0 };
    bucket.weight += weight;
    bucket.red += red * weight;
    bucket.green += green * weight;
    bucket.blue += blue * weight;
    buckets.set(key, bucket);
  }
  const [best] = [...buckets.values()].sort((a, b) => b.weight - a.weight);
  if (!best) return '#333333';
  const { weight } = best;
  return `#${tame(best.red / weight, best.green / weight, best.blue / weight)
    .map(hex)
    .join('')}`;
}
