import { Injectable } from '@nestjs/common';
import { encode } from 'blurhash';
import { mainColor } from './main-color.js';
import { loadSharp, pixelLimit } from './sharp-loader.js';

export interface ImageFacts {
  /** As shown: EXIF orientation applied. */
  width: number;
  height: number;
  /** https://blurha.sh, 4 × 3 components or 3 × 4. */
  blurhash: string;
  /** `#rrggbb`, fit to tint a page with. */
  color: string;
}

/** A picture that cannot be decoded; `reason` is for a person. */
export class ImageUnreadable extends Error {
  override readonly name = 'ImageUnreadable';

  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** How much of a picture's faults and size is put up with. */
export interface ReadingLimits {
  readonly limitInputPixels: number;
  readonly failOn: 'none' | 'warning';
}

export const usualLimits: ReadingLimits = { limitInputPixels: pixelLimit, failOn: 'warning' };

/** Blurhash of more than this many pixels a side looks the same and costs much more. */
const sampleSide = 48;

/**
 * Looks at a picture. A scan need not call it: rows may be stored with width and height 0 and blurhash and colour
 * null; they are filled when the picture is served for the first time, which keeps scans fast.
 */
@Injectable()
export class ImageAnalyzer {
  /** @param picture absolute path, or the picture itself @throws ImageUnreadable */
  async analyze(picture: string | Uint8Array, reading: ReadingLimits = usualLimits): Promise<ImageFacts> {
    const sharp = await loadSharp();
    try {
      const input = sharp(picture, { ...reading, autoOrient: true });
      const { autoOrient } = await input.metadata();
      const { data, info } = await input
        .resize(sampleSide, sampleSide, { fit: 'inside' })
        .flatten({ background: '#101014' })
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const [across, down] = info.width >= info.height ? [4, 3] : [3, 4];
      return {
        width: autoOrient.width,
        height: autoOrient.height,
        blurhash: encode(withAlpha(data), info.width, info.height, across, down),
        color: mainColor(data),
      };
    } catch (cause) {
      throw new ImageUnreadable(firstLine(cause), { cause });
    }
  }
}

/** What libvips says, without the path that may be in it. */
export const firstLine = (cause: unknown): string => {
  const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  return line.replace(/\/\S+/g, 'the file');
};

/** RGB to RGBA, as blurhash wants it. */
function withAlpha(rgb: Uint8Array): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4)
    rgba.set(rgb.subarray(from, from + 3), to);
  return rgba;
}
