import type { Palette } from './palette.js';
import { seeded, type Random } from './random.js';
import { box, disc, glow, gradient, many, pine, polygon, ridge, stars } from './shapes.js';
import { aurora, balloon, boat, building, cactus, lighthouse, planet, train } from './things.js';

export type Motif =
  'mountains' | 'sea' | 'dunes' | 'city' | 'forest' | 'aurora' | 'space' | 'balloons' | 'harbour';

/** One layer of a landscape: a fragment that fills `width` × `height`, transparent where nothing is. */
export interface Canvas {
  width: number;
  height: number;
  colours: Palette;
  random: Random;
}

type Layer = (canvas: Canvas) => string;
interface Scenery {
  sky: Layer;
  mid: Layer;
  near: Layer;
  /** Above this share of the height the nearest layer is empty. */
  nearTop: number;
}

const backdrop = ({ width, height, colours }: Canvas): string =>
  `<defs>${gradient('sky', colours.sky)}</defs>${box(0, 0, width, height, 'url(#sky)')}`;

/** The distance between two rare things: a share of the height, but never more than a narrow picture shows. */
const span = ({ width, height }: Canvas, share: number): number => Math.min(height * share, width * 1.3);

/** A sun or moon at a share of the width and height. */
const lamp = (canvas: Canvas, x: number, y: number, radius: number): string => {
  const { width, height, colours } = canvas;
  const size = Math.min(width, height) * radius;
  return (
    glow('halo', width * x, height * y, size * 5, colours.light, 0.75) +
    disc(width * x, height * y, size, colours.light)
  );
};

/** Ridges behind each other, each with a mist that rises from its foot. */
function ridges(
  canvas: Canvas,
  levels: readonly number[],
  amplitude: number,
  wavelength: number,
  octaves = 4,
): string {
  const { width, height, colours, random } = canvas;
  return levels
    .map((level, index) => {
      const id = `ridge${index}`;
      const colour = colours.land[Math.min(index, 2)] ?? colours.near;
      const shape = ridge(random, {
        width,
        height,
        level: height * level,
        amplitude: height * amplitude * (1 - index * 0.12),
        wavelength: height * wavelength * (1 - index * 0.15),
        octaves,
        fill: `url(#${id})`,
      });
      return `<defs>${gradient(id, [colour, colour, colours.land[Math.max(0, index - 1)] ?? colour])}</defs>${shape.path}`;
    })
    .join('');
}

/** Ground at the bottom with things that stand on it. */
function ground(canvas: Canvas, level: number, things: (top: (x: number) => number) => string): string {
  const { width, height, colours, random } = canvas;
  const shape = ridge(random, {
    width,
    height,
    level: height * level,
    amplitude: height * 0.05,
    wavelength: height * 0.9,
    octaves: 3,
    fill: colours.near,
  });
  return things(shape.top) + shape.path;
}

/** Water from a level down, with strokes of light. */
function water({ width, height, colours, random }: Canvas, level: number): string {
  const top = height * level;
  const strokes = many(width / 9, () => {
    const depth = random() ** 1.6;
    return box(
      random(0, width),
      top + depth * (height - top),
      (14 + 90 * depth) * (height / 900),
      1 + 2.4 * depth,
      colours.light,
      random(0.05, 0.32),
    );
  });
  return `<defs>${gradient('water', [colours.land[0], colours.land[2]])}</defs>${box(0, top, width, height - top, 'url(#water)')}${strokes}`;
}

const pines =
  (canvas: Canvas, gap: number, least: number, most: number) =>
  (top: (x: number) => number): string =>
    many(canvas.width / (canvas.height * gap), (index) => {
      const x = index * canvas.height * gap + canvas.random(0, canvas.height * gap);
      return pine(
        canvas.random,
        x,
        top(x) + 8,
        canvas.height * canvas.random(least, most),
        canvas.colours.near,
      );
    });

/** Houses or towers in a row along the whole width. */
const row = (
  canvas: Canvas,
  foot: number,
  least: number,
  most: number,
  fill: string,
  lit: number,
): string => {
  const { width, height, random, colours } = canvas;
  let drawn = '';
  for (let x = -10; x < width;) {
    const wide = height * random(0.06, 0.14);
    drawn += building(random, {
      x,
      foot: height * foot,
      width: wide,
      height: height * random(least, most),
      fill,
      light: colours.light,
      lit,
    });
    x += wide * random(0.98, 1.25);
  }
  return drawn;
};

const SCENERY: Record<Motif, Scenery> = {
  mountains: {
    nearTop: 0.56,
    sky: (c) => backdrop(c) + lamp(c, 0.66, 0.36, 0.055),
    mid: (c) => ridges(c, [0.5, 0.62, 0.74], 0.2, 0.62, 6),
    near: (c) => ground(c, 0.9, pines(c, 0.045, 0.1, 0.24)),
  },
  sea: {
    nearTop: 0.3,
    sky: (c) => backdrop(c) + stars(c.random, c.width, c.height * 0.5, 0.6) + lamp(c, 0.3, 0.25, 0.06),
    mid: (c) =>
      water(c, 0.62) +
      many(c.width / (c.height * 0.8), (i) =>
        boat(
          c.random,
          (i + c.random(0.1, 0.8)) * c.height * 0.8,
          c.height * c.random(0.64, 0.74),
          c.height * 0.07,
          c.colours,
        ),
      ),
    near: (c) =>
      ground(c, 0.93, (top) =>
        many(c.width / span(c, 2.4), (i) =>
          lighthouse(
            (i + 0.42) * span(c, 2.4),
            top((i + 0.42) * span(c, 2.4)) + 10,
            c.height * 0.42,
            c.colours,
          ),
        ),
      ),
  },
  dunes: {
    nearTop: 0.66,
    sky: (c) =>
      backdrop(c) +
      lamp(c, 0.72, 0.3, 0.085) +
      planet(c.width * 0.24, c.height * 0.22, c.height * 0.05, c.colours, false),
    mid: (c) =>
      ridges(c, [0.58, 0.68, 0.8], 0.1, 1.1, 2) +
      many(c.width / span(c, 2.2), (i) =>
        train((i + 0.3) * span(c, 2.2), c.height * 0.79, c.height * 0.05, c.colours),
      ),
    near: (c) =>
      ground(c, 0.94, (top) =>
        many(c.width / (c.height * 0.5), (i) =>
          cactus(
            (i + c.random()) * c.height * 0.5,
            top((i + 0.5) * c.height * 0.5) + 12,
            c.height * c.random(0.08, 0.2),
            c.colours.near,
          ),
        ),
      ),
  },
  city: {
    nearTop: 0.62,
    sky: (c) => backdrop(c) + lamp(c, 0.7, 0.2, 0.045),
    mid: (c) =>
      row(c, 1, 0.35, 0.62, c.colours.land[0], 0.18) + row(c, 1, 0.22, 0.5, c.colours.land[1], 0.3) + rain(c),
    near: (c) => row(c, 1, 0.1, 0.3, c.colours.near, 0.34),
  },
  forest: {
    nearTop: 0.2,
    sky: (c) => backdrop(c) + lamp(c, 0.5, 0.34, 0.07),
    mid: (c) =>
      trunks(c, 0.05, c.colours.land[0]) + mist(c, 0.7) + trunks(c, 0.085, c.colours.land[1]) + mist(c, 0.8),
    near: (c) => ground(c, 0.9, pines(c, 0.16, 0.3, 0.62)) + many(c.width / 60, () => glowworm(c)),
  },
  aurora: {
    nearTop: 0.72,
    sky: (c) =>
      backdrop(c) +
      stars(c.random, c.width, c.height * 0.7) +
      aurora(c.random, c.width, c.height, [c.colours.accent, c.colours.light]),
    mid: (c) => ridges(c, [0.64, 0.74, 0.82], 0.14, 0.7, 6),
    near: (c) =>
      ground(
        c,
        0.92,
        (top) =>
          many(c.width / span(c, 1.5), (i) =>
            station((i + 0.55) * span(c, 1.5), top((i + 0.55) * span(c, 1.5)), c),
          ) + pines(c, 0.2, 0.06, 0.12)(top),
      ),
  },
  space: {
    nearTop: 0.72,
    sky: (c) =>
      backdrop(c) +
      nebula(c) +
      stars(c.random, c.width, c.height, 1.6) +
      planet(c.width * 0.62, c.height * 0.36, Math.min(c.width, c.height) * 0.17, c.colours, true),
    mid: (c) =>
      ridges(c, [0.8, 0.87], 0.07, 0.5, 5) +
      many(c.width / (c.height * 0.12), () =>
        disc(
          c.random(0, c.width),
          c.height * c.random(0.45, 0.7),
          c.height * c.random(0.002, 0.012),
          c.colours.land[0],
          0.9,
        ),
      ),
    near: (c) =>
      ground(c, 0.94, (top) =>
        many(c.width / span(c, 1.4), (i) =>
          station((i + 0.3) * span(c, 1.4), top((i + 0.3) * span(c, 1.4)), c),
        ),
      ),
  },
  balloons: {
    nearTop: 0.7,
    sky: (c) => backdrop(c) + clouds(c) + lamp(c, 0.24, 0.22, 0.06),
    mid: (c) =>
      many(c.width / (c.height * 0.34), (i) =>
        balloon(
          c.random,
          (i + c.random(0.2, 0.8)) * c.height * 0.34,
          c.height * c.random(0.2, 0.55),
          c.height * c.random(0.05, 0.12),
          c.colours,
        ),
      ) + ridges(c, [0.7, 0.78], 0.09, 0.8, 3),
    near: (c) => ground(c, 0.9, pines(c, 0.3, 0.05, 0.12)),
  },
  harbour: {
    nearTop: 0.66,
    sky: (c) => backdrop(c) + clouds(c) + lamp(c, 0.6, 0.33, 0.06),
    mid: (c) =>
      ridges(c, [0.56], 0.06, 0.9, 4) +
      row(c, 0.66, 0.06, 0.17, c.colours.land[1], 0.4) +
      water(c, 0.66) +
      many(c.width / (c.height * 0.45), (i) =>
        boat(
          c.random,
          (i + c.random(0.1, 0.9)) * c.height * 0.45,
          c.height * c.random(0.7, 0.8),
          c.height * c.random(0.06, 0.1),
          c.colours,
        ),
      ),
    near: (c) => quay(c),
  },
};

const rain = (c: Canvas): string =>
  many(c.width / 7, () => {
    const x = c.random(0, c.width);
    const y = c.random(0, c.height);
    return `<line x1="${x.toFixed(0)}" y1="${y.toFixed(0)}" x2="${(x - c.height * 0.012).toFixed(0)}" y2="${(y + c.height * 0.05).toFixed(0)}" stroke="${c.colours.ink}" stroke-width="1" opacity="0.16"/>`;
  });

const trunks = (c: Canvas, thickness: number, fill: string): string =>
  many(c.width / (c.height * thickness * 3.4), (i) => {
    const x = (i + c.random()) * c.height * thickness * 3.4;
    const half = c.height * thickness * c.random(0.2, 0.45);
    const lean = c.random(-1, 1) * half;
    return polygon(
      [
        [x - half * 0.7 + lean, 0],
        [x + half * 0.7 + lean, 0],
        [x + half, c.height],
        [x - half, c.height],
      ],
      fill,
    );
  });

const mist = (c: Canvas, level: number): string =>
  `<defs><linearGradient id="mist${level * 100}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${c.colours.light}" stop-opacity="0"/><stop offset="1" stop-color="${c.colours.light}" stop-opacity="0.34"/></linearGradient></defs>${box(0, c.height * (level - 0.4), c.width, c.height * (1.4 - level), `url(#mist${level * 100})`)}`;

const glowworm = (c: Canvas): string => {
  const x = c.random(0, c.width);
  const y = c.height * c.random(0.5, 0.95);
  return (
    disc(x, y, c.height * 0.007, c.colours.accent, 0.18) +
    disc(x, y, c.height * 0.0028, c.colours.accent, 0.95)
  );
};

const station = (x: number, y: number, c: Canvas): string => {
  const r = c.height * 0.07;
  const windows = many(4, (i) =>
    box(x - r * 0.66 + i * r * 0.36, y - r * 0.34, r * 0.18, r * 0.16, c.colours.light),
  );
  return `<path d="M${x - r} ${y + 14} V${y} A${r} ${r} 0 0 1 ${x + r} ${y} V${y + 14} Z" fill="${c.colours.near}"/>${windows}${box(x + r * 1.25, y - r * 1.7, r * 0.06, r * 2, c.colours.near)}${disc(x + r * 1.28, y - r * 1.75, r * 0.08, c.colours.accent)}`;
};

const nebula = (c: Canvas): string => {
  const spots = many(9, (i) => {
    const colour = i % 2 ? c.colours.accent : c.colours.land[0];
    return glow(
      `cloud${i}`,
      c.width * c.random(),
      c.height * c.random(0, 0.9),
      Math.max(c.width, c.height) * c.random(0.14, 0.34),
      colour,
      0.26,
    );
  });
  return spots;
};

const clouds = (c: Canvas): string =>
  many(c.width / (c.height * 0.2), () => {
    const x = c.random(0, c.width);
    const y = c.height * c.random(0.08, 0.46);
    const size = c.height * c.random(0.02, 0.05);
    return `<ellipse cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" rx="${(size * 4.2).toFixed(0)}" ry="${(size * 0.5).toFixed(0)}" fill="#fff" opacity="${c.random(0.06, 0.2).toFixed(2)}"/>`;
  });

const quay = (c: Canvas): string => {
  const top = c.height * 0.9;
  const posts = many(c.width / (c.height * 0.34), (i) => {
    const x = (i + 0.5) * c.height * 0.34;
    const high = c.height * 0.15;
    return i % 2
      ? box(x, top - c.height * 0.03, c.height * 0.022, c.height * 0.05, c.colours.near)
      : box(x, top - high, c.height * 0.006, high, c.colours.near) +
          glow(`post${i}`, x + 2, top - high, c.height * 0.07, c.colours.light, 0.8) +
          disc(x + 2, top - high, c.height * 0.008, c.colours.light);
  });
  return posts + box(0, top, c.width, c.height - top, c.colours.near);
};

/** Where the nearest layer of a motif begins, as a share of the height. */
export const nearTop = (motif: Motif): number => SCENERY[motif].nearTop;

/** One layer of a motif; the same seed gives the same layer at every size ratio. */
export function drawLayer(
  motif: Motif,
  layer: Exclude<keyof Scenery, 'nearTop'>,
  colours: Palette,
  seed: number,
  width: number,
  height: number,
): string {
  return SCENERY[motif][layer]({ width, height, colours, random: seeded(seed * 31 + layer.length) });
}
