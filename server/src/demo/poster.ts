import sharp, { type Sharp } from 'sharp';
import type { Look } from './household.js';
import { drawLayer } from './motifs.js';

// The library refuses drawings from strangers, for the whole process; these are our own.
sharp.unblock({ operation: ['VipsForeignLoadSvg'] });

/** Fonts that Debian's ffmpeg and most desktops bring; the widths below hold for the widest of them. */
const SERIF = 'Liberation Serif, DejaVu Serif, serif';
const SANS = 'Liberation Sans, DejaVu Sans, sans-serif';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const svg = (width: number, height: number, content: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`);

/** Each layer is a document of its own: gradients of one must not answer to names of another. */
const layerSvg = (look: Look, layer: 'sky' | 'mid' | 'near', width: number, height: number): Buffer =>
  svg(width, height, drawLayer(look.motif, layer, look.colours, look.seed, width, height));

const paint = (look: Look, width: number, height: number): Sharp =>
  sharp(layerSvg(look, 'sky', width, height)).composite([
    { input: layerSvg(look, 'mid', width, height) },
    { input: layerSvg(look, 'near', width, height) },
  ]);

/** Sky and middle ground in one, wider than the picture: what the camera of a clip travels along. */
export function paintBackground(look: Look, width: number, height: number): Promise<Buffer> {
  return sharp(layerSvg(look, 'sky', width, height), { limitInputPixels: false })
    .composite([{ input: layerSvg(look, 'mid', width, height), limitInputPixels: false }])
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** The nearest layer below `top`, transparent where nothing stands. */
export function paintForeground(look: Look, width: number, height: number, top: number): Promise<Buffer> {
  return sharp(layerSvg(look, 'near', width, height), { limitInputPixels: false })
    .extract({ left: 0, top, width, height: height - top })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** All ways to break words into exactly `lines` lines. */
function breaks(words: readonly string[], lines: number): string[][] {
  if (lines === 1) return [[words.join(' ')]];
  return words
    .slice(0, words.length - lines + 1)
    .flatMap((_, index) =>
      breaks(words.slice(index + 1), lines - 1).map((rest) => [words.slice(0, index + 1).join(' '), ...rest]),
    );
}

const longest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));

/** Breaks a title so that its longest line is short, in as few lines as do that: a third must win a quarter. */
export function breakTitle(title: string): string[] {
  const words = title.split(' ');
  const best = (lines: number): string[] =>
    breaks(words, Math.min(lines, words.length)).reduce((a, b) => (longest(b) < longest(a) ? b : a));
  return [1, 2, 3].map(best).reduce((a, b) => (longest(b) < longest(a) * 0.75 ? b : a));
}

interface Lettering {
  width: number;
  /** The lowest baseline. */
  foot: number;
  anchor: 'start' | 'middle';
  x: number;
  size: number;
}

function lettering(
  look: Look,
  title: string,
  small: string,
  { width, foot, anchor, x, size }: Lettering,
): string {
  const lines = breakTitle(title.toUpperCase());
  const large = Math.min(size, width / (longest(lines) * 0.74));
  const gap = large * 1.04;
  const start = foot - large * 0.9 - (lines.length - 1) * gap;
  const shadow = `<filter id="shade" x="-20%" y="-20%" width="140%" height="140%"><feDropShadow dx="0" dy="${large * 0.03}" stdDeviation="${large * 0.09}" flood-color="${look.colours.near}" flood-opacity="0.75"/></filter>`;
  const text = lines
    .map(
      (line, index) =>
        `<text x="${x}" y="${start + index * gap}" text-anchor="${anchor}" font-family="${SERIF}" font-weight="700" font-size="${large}" letter-spacing="${large * 0.03}" fill="${look.colours.ink}">${escape(line)}</text>`,
    )
    .join('');
  const below = `<text x="${x}" y="${foot}" text-anchor="${anchor}" font-family="${SANS}" font-size="${large * 0.24}" letter-spacing="${large * 0.055}" fill="${look.colours.ink}" opacity="0.86">${escape(small)}</text>`;
  return `<defs>${shadow}</defs><g filter="url(#shade)">${text}${below}</g>`;
}

/** The lower part darker, so that type stands out on any landscape. */
const veil = (look: Look, width: number, height: number): string =>
  `<defs><linearGradient id="veil" x1="0" y1="0" x2="0" y2="1"><stop offset="0.5" stop-color="${look.colours.near}" stop-opacity="0"/><stop offset="1" stop-color="${look.colours.near}" stop-opacity="0.82"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#veil)"/>`;

/** A poster of 1000 × 1500. @param small what stands under the title */
export async function drawPoster(look: Look, title: string, small: string): Promise<Buffer> {
  const [width, height] = [1000, 1500];
  const type = lettering(look, title, small, {
    width: width * 0.86,
    foot: height - 110,
    anchor: 'middle',
    x: width / 2,
    size: 150,
  });
  const picture = paint(look, width, height);
  const painted = await picture.png().toBuffer();
  return sharp(painted)
    .composite([{ input: svg(width, height, veil(look, width, height) + type) }])
    .jpeg({ quality: 88, mozjpeg: false })
    .toBuffer();
}

/** A record's cover of 1000 × 1000. @param small what stands under the title */
export async function drawCover(look: Look, title: string, small: string): Promise<Buffer> {
  const side = 1000;
  const type = lettering(look, title, small, { width: side * 0.84, foot: side - 90, anchor: 'middle', x: side / 2, size: 130 }); // prettier-ignore
  const painted = await paint(look, side, side).png().toBuffer();
  return sharp(painted)
    .composite([{ input: svg(side, side, veil(look, side, side) + type) }])
    .jpeg({ quality: 88, mozjpeg: false })
    .toBuffer();
}

/** A backdrop without type. */
export async function drawBackdrop(look: Look, width = 1920, height = 1080): Promise<Buffer> {
  const picture = paint(look, width, height);
  return picture.jpeg({ quality: 86 }).toBuffer();
}

/** The title as a clip shows it at its start: ink on nothing. */
export function drawTitleCard(
  look: Look,
  title: string,
  small: string,
  width: number,
  height: number,
): Promise<Buffer> {
  const type = lettering(look, title, small, {
    width: width * 0.6,
    foot: height * 0.56,
    anchor: 'middle',
    x: width / 2,
    size: height * 0.13,
  });
  return sharp(svg(width, height, type))
    .png()
    .toBuffer();
}
