import type { Palette } from './palette.js';
import type { Random } from './random.js';
import { box, disc, glow, many, polygon } from './shapes.js';

/** What stands, floats or flies in the demo's landscapes: SVG fragments in silhouette. */

export interface Building {
  x: number;
  foot: number;
  width: number;
  height: number;
  fill: string;
  light: string;
  /** The share of windows with somebody at home. */
  lit: number;
}

export function building(random: Random, { x, foot, width, height, fill, light, lit }: Building): string {
  const pane = Math.max(3, width * 0.1);
  const columns = Math.floor(width / (pane * 2));
  const rows = Math.floor(height / (pane * 2.4));
  const windows = many(columns * rows, (index) => {
    if (random() > lit) return '';
    const column = index % columns;
    const line = Math.floor(index / columns);
    return box(
      x + pane * 0.6 + column * pane * 2,
      foot - height + pane + line * pane * 2.4,
      pane,
      pane * 1.3,
      light,
      random(0.35, 0.9),
    );
  });
  const mast =
    random() > 0.72
      ? box(x + width / 2, foot - height - width * 0.4, Math.max(1.5, width * 0.03), width * 0.4, fill)
      : '';
  return box(x, foot - height, width, height, fill) + mast + windows;
}

/** A sailing boat whose waterline is at y. */
export function boat(random: Random, x: number, y: number, size: number, colours: Palette): string {
  const hull = polygon(
    [
      [x - size * 0.6, y - size * 0.16],
      [x + size * 0.6, y - size * 0.16],
      [x + size * 0.4, y + size * 0.06],
      [x - size * 0.42, y + size * 0.06],
    ],
    colours.near,
  );
  const flip = random() > 0.5 ? 1 : -1;
  const main = polygon(
    [
      [x, y - size * 1.3],
      [x, y - size * 0.24],
      [x + flip * size * 0.5, y - size * 0.24],
    ],
    colours.ink,
    0.85,
  );
  const fore = polygon(
    [
      [x - flip * size * 0.05, y - size * 1.1],
      [x - flip * size * 0.05, y - size * 0.24],
      [x - flip * size * 0.38, y - size * 0.24],
    ],
    colours.accent,
    0.85,
  );
  const lantern = disc(x + size * 0.5 * flip, y - size * 0.26, size * 0.05, colours.light);
  return (
    hull +
    main +
    fore +
    lantern +
    box(x - 1, y - size * 1.34, 2, size * 1.2, colours.near) +
    box(x - size * 0.5, y + size * 0.08, size, 2, colours.light, 0.25)
  );
}

/** A lighthouse with its beams, standing on (x, y). */
export function lighthouse(x: number, y: number, size: number, colours: Palette): string {
  const half = size * 0.085;
  const head = y - size * 0.84;
  const lamp =
    glow(`lamp${Math.round(x)}`, x, head, size * 0.42, colours.light, 1) +
    box(x - half * 0.5, head - size * 0.06, half, size * 0.12, colours.light);
  const roof = polygon(
    [
      [x - half * 0.75, head - size * 0.06],
      [x + half * 0.75, head - size * 0.06],
      [x, head - size * 0.16],
    ],
    colours.near,
  );
  return (
    beam(x, head, size * 2.6, size, colours) +
    beam(x, head, -size * 2.6, size, colours) +
    bandedTower(x, y, size, half, colours) +
    lamp +
    roof +
    box(x - half, y - size * 0.79, half * 2, size * 0.018, colours.near)
  );
}

function bandedTower(x: number, y: number, size: number, half: number, colours: Palette): string {
  const tower = polygon(
    [
      [x - half, y],
      [x + half, y],
      [x + half * 0.62, y - size * 0.78],
      [x - half * 0.62, y - size * 0.78],
    ],
    colours.ink,
  );
  const bands = many(3, (index) => {
    const low = y - size * (0.12 + index * 0.24);
    const wide = half * (1 - index * 0.12) * 0.98;
    return polygon(
      [
        [x - wide, low],
        [x + wide, low],
        [x + wide * 0.93, low - size * 0.11],
        [x - wide * 0.93, low - size * 0.11],
      ],
      colours.accent,
    );
  });
  return tower + bands;
}

/** Light that fades from (x, head) to the side. @param to how far, negative to the left */
function beam(x: number, head: number, to: number, size: number, colours: Palette): string {
  const id = `beam${Math.round(x + to)}`;
  const [from, until] = to > 0 ? [0, 1] : [1, 0];
  const fade = `<linearGradient id="${id}" x1="${from}" x2="${until}"><stop offset="0" stop-color="${colours.light}" stop-opacity="0.34"/><stop offset="1" stop-color="${colours.light}" stop-opacity="0"/></linearGradient>`;
  const corners = [
    [x, head],
    [x + to, head - size * 0.3],
    [x + to, head + size * 0.1],
  ] as const;
  return fade + polygon(corners, `url(#${id})`);
}

/** An engine with its carriages on a line at y. */
export function train(x: number, y: number, size: number, colours: Palette): string {
  const carriages = many(6, (index) => {
    const left = x - (index + 1) * size * 2.1;
    const windows = many(5, (pane) =>
      box(left + size * (0.18 + pane * 0.36), y - size * 0.72, size * 0.22, size * 0.26, colours.light, 0.95),
    );
    return (
      box(left, y - size * 0.92, size * 2, size * 0.8, index % 2 ? colours.accent : colours.near) + windows
    );
  });
  const engine =
    box(x, y - size * 0.8, size * 2.2, size * 0.68, colours.near) +
    box(x, y - size * 1.25, size * 0.7, size * 0.6, colours.near) +
    box(x + size * 1.7, y - size * 1.35, size * 0.24, size * 0.6, colours.near);
  const wheels = many(22, (index) =>
    disc(x + size * 2 - index * size * 0.69, y - size * 0.06, size * 0.15, colours.near),
  );
  const smoke = many(9, (index) =>
    disc(
      x + size * (1.7 - index * 0.75),
      y - size * (1.6 + index * 0.2),
      size * (0.22 + index * 0.1),
      colours.ink,
      0.34 - index * 0.03,
    ),
  );
  return (
    smoke +
    carriages +
    engine +
    wheels +
    box(x - size * 14, y + size * 0.08, size * 20, size * 0.05, colours.near)
  );
}

export function cactus(x: number, y: number, size: number, fill: string): string {
  const arm = (side: number, low: number): string =>
    `<path d="M${x} ${y - size * low} h${side * size * 0.26} v${-size * 0.3}" stroke="${fill}" stroke-width="${size * 0.13}" fill="none" stroke-linecap="round" stroke-linejoin="round"/>`;
  return `<path d="M${x} ${y} V${y - size}" stroke="${fill}" stroke-width="${size * 0.18}" stroke-linecap="round"/>${arm(1, 0.42)}${arm(-1, 0.3)}`;
}

export function balloon(random: Random, x: number, y: number, size: number, colours: Palette): string {
  const dyes = [colours.accent, colours.ink, colours.light, colours.land[1]];
  const first = Math.floor(random(0, dyes.length));
  const gores = many(
    5,
    (index) =>
      `<ellipse cx="${x}" cy="${y}" rx="${size * (1 - index * 0.22)}" ry="${size * 1.12}" fill="${dyes[(first + index) % dyes.length] ?? colours.accent}"/>`,
  );
  const skirt = polygon(
    [
      [x - size * 0.4, y + size * 1.02],
      [x + size * 0.4, y + size * 1.02],
      [x + size * 0.16, y + size * 1.42],
      [x - size * 0.16, y + size * 1.42],
    ],
    dyes[first] ?? colours.accent,
  );
  return (
    skirt +
    gores +
    box(x - size * 0.16, y + size * 1.6, size * 0.32, size * 0.24, colours.near) +
    box(x - size * 0.14, y + size * 1.4, 1.2, size * 0.22, colours.near) +
    box(x + size * 0.13, y + size * 1.4, 1.2, size * 0.22, colours.near)
  );
}

/** A planet with a lit side, and rings when asked. */
export function planet(x: number, y: number, radius: number, colours: Palette, ringed: boolean): string {
  const id = `planet${Math.round(x)}`;
  const shade = `<radialGradient id="${id}" cx="0.32" cy="0.3" r="0.85"><stop offset="0" stop-color="${colours.light}"/><stop offset="0.55" stop-color="${colours.accent}"/><stop offset="1" stop-color="${colours.land[2]}"/></radialGradient>`;
  const ring = (front: boolean): string => {
    const arcs = many(4, (index) => {
      const wide = radius * (1.5 + index * 0.17);
      const sweep = front ? 0 : 1;
      return `<path d="M${x - wide} ${y} A${wide} ${wide * 0.3} 0 0 ${sweep} ${x + wide} ${y}" fill="none" stroke="${index % 2 ? colours.accent : colours.ink}" stroke-width="${radius * 0.09}" opacity="${0.75 - index * 0.12}"/>`;
    });
    return `<g transform="rotate(-18 ${x} ${y})">${arcs}</g>`;
  };
  return (ringed ? ring(false) : '') + shade + disc(x, y, radius, `url(#${id})`) + (ringed ? ring(true) : '');
}

/** Curtains of light over the upper half: strips of uneven strength along a drifting line, softened. */
export function aurora(random: Random, width: number, height: number, dyes: readonly string[]): string {
  const curtains = many(4, (index) => {
    const dye = dyes[index % dyes.length] ?? '#7fd';
    const base = height * (0.3 + 0.08 * index);
    const drift = random(0, 6);
    const foot = (x: number): number =>
      base +
      Math.sin(x / (height * 0.45) + drift) * height * 0.08 +
      Math.sin(x / (height * 0.16) + drift * 2) * height * 0.025;
    const strip = height * 0.03;
    const strips = many((width * 1.2) / strip, (step) => {
      const x = -width * 0.1 + step * strip;
      const tall = height * random(0.16, 0.4);
      const strength = random(0.12, 0.62) * (0.6 + 0.4 * Math.sin(x / (height * 0.3) + drift));
      const [left, right] = [foot(x), foot(x + strip)];
      return polygon(
        [
          [x, left],
          [x + strip + 1, right],
          [x + strip + 1, right - tall],
          [x, left - tall],
        ],
        `url(#curtain${index})`,
        Number(strength.toFixed(2)),
      );
    });
    const stops = [
      [0, 0],
      [0.75, 0.9],
      [1, 0],
    ].map(([offset, opacity]) => `<stop offset="${offset}" stop-color="${dye}" stop-opacity="${opacity}"/>`);
    const fade = `<linearGradient id="curtain${index}" x1="0" y1="0" x2="0" y2="1">${stops.join('')}</linearGradient>`;
    return fade + strips;
  });
  const margin = width * 0.1;
  const soft = `<filter id="soft" filterUnits="userSpaceOnUse" x="${-margin}" y="0" width="${width + 2 * margin}" height="${height}"><feGaussianBlur stdDeviation="${height * 0.014} ${height * 0.03}"/></filter>`;
  return `<defs>${soft}</defs><g filter="url(#soft)">${curtains}</g>`;
}
