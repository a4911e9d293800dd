import type { ReadingLimits } from './image-analyzer.js';
import { loadSharp } from './sharp-loader.js';

const quality = 78;

/** A picture as WebP, turned as EXIF says, at most so wide and never enlarged. @throws Error where it cannot be decoded */
export async function toWebp(
  picture: string | Uint8Array,
  width: number,
  reading: ReadingLimits,
): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(picture, { ...reading, autoOrient: true })
    .resize({ width, withoutEnlargement: true })
    .webp({ quality, effort: 3 })
    .toBuffer();
}
