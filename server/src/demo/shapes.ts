import type { Random } from './random.js';

/** SVG fragments. Lengths are in pixels of the picture that they go into. */

const round = (value: number): string => value.toFixed(1);

/** Fractal value noise along one line: hills and waves. @returns a function of x with values in about [-1, 1] */
export function noise(random: Random, wavelength: number, octaves = 4): (x: number) => number {
  const lattice = Array.from({ length: 512 }, () => random(-1, 1));
  const at = (index: number): number => lattice[((index % 512) + 512) % 512] ?? 0;
  const smooth = (x: number): number => {
    const left = Math.floor(x);
    const t = x - left;
    const eased = t * t * (3 - 2 * t);
    return at(left) * (1 - eased) + at(left + 1) * eased;
  };
  return (x) => {
    let sum = 0;
    for (let octave = 0; octave < octaves; octave++)
      sum += smooth((x / wavelength) * 2 ** octave + octave * 37) / 2 ** octave;
    return sum / 1.6;
  };
}

export interface Ridge {
  width: number;
  height: number;
  /** The mean level, from the top. */
  level: number;
  amplitude: number;
  wavelength: number;
  octaves?: number;
  fill: string;
}

/** A landscape's outline filled down to the bottom. */
export function ridge(random: Random, shape: Ridge): { path: string; top: (x: number) => number } {
  const wave = noise(random, shape.wavelength, shape.octaves);
  const top = (x: number): number => shape.level - shape.amplitude * wave(x);
  const points: string[] = [];
  for (let x = 0; x <= shape.width + 4; x += 4) points.push(`${x} ${round(top(x))}`);
  const path = `<path d="M0 ${shape.height} L${points.join('L')} V${shape.height} Z" fill="${shape.fill}"/>`;
  return { path, top };
}

/** A vertical gradient under a name. @param stops colours from top to bottom, evenly spread */
export function gradient(id: string, stops: readonly string[]): string {
  const all = stops.map((colour, index) => {
    const offset = stops.length === 1 ? 0 : index / (stops.length - 1);
    return `<stop offset="${offset.toFixed(3)}" stop-color="${colour}"/>`;
  });
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${all.join('')}</linearGradient>`;
}

/** A light with its halo. */
export function glow(
  id: string,
  x: number,
  y: number,
  radius: number,
  colour: string,
  strength = 0.9,
): string {
  const stops = `<stop offset="0" stop-color="${colour}" stop-opacity="${strength}"/>
    <stop offset="0.35" stop-color="${colour}" stop-opacity="${strength * 0.35}"/>
    <stop offset="1" stop-color="${colour}" stop-opacity="0"/>`;
  return `<radialGradient id="${id}">${stops}</radialGradient><circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="url(#${id})"/>`;
}

export const disc = (x: number, y: number, radius: number, fill: string, opacity = 1): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}" opacity="${opacity}"/>`;

export const box = (x: number, y: number, width: number, height: number, fill: string, opacity = 1): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}" opacity="${opacity}"/>`;

export const polygon = (points: readonly (readonly [number, number])[], fill: string, opacity = 1): string =>
  `<polygon points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}" fill="${fill}" opacity="${opacity}"/>`;

/** Many of one thing. */
export const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: Math.max(0, Math.round(count)) }, (_, index) => one(index)).join('');

export function stars(random: Random, width: number, height: number, density = 1): string {
  const count = (width * height * density) / 5200;
  return many(count, () =>
    disc(random(0, width), random(0, height), random(0.4, 1.5) * (height / 700), '#fff', random(0.25, 0.95)),
  );
}

/** A conifer standing on (x, y). */
export function pine(random: Random, x: number, y: number, size: number, fill: string): string {
  const tiers = 4;
  const parts = many(tiers, (tier) => {
    const top = y - size * 0.93 + (size * 0.8 * tier) / tiers;
    const half = size * (0.1 + 0.075 * tier) * random(0.9, 1.1);
    return polygon(
      [
        [x, top],
        [x + half, top + size * 0.36],
        [x - half, top + size * 0.36],
      ],
      fill,
    );
  });
  return parts + box(x - size * 0.025, y - size * 0.1, size * 0.05, size * 0.14, fill);
}
