import type Sharp from 'sharp';

/**
 * Most pixels a picture may have when decoded: about 40 megapixels need 160 MB. A picture that claims more is not
 * artwork.
 */
export const pixelLimit = 40_000_000;

/** A phone's largest; JPEG is decoded at a fraction of its size, so that these cost no more than others. */
const jpegPixelLimit = 250_000_000;

/** A phone's largest again, but decoded whole. */
const heifPixelLimit = 50_000_000;

/** Most pixels a photo may have. @param format as sharp names it */
export const photoPixelLimit = (format: string | undefined): number =>
  format === 'jpeg' ? jpegPixelLimit : format === 'heif' ? heifPixelLimit : pixelLimit;

let loading: Promise<typeof Sharp> | undefined;

/** Sharp, loaded when the first picture is asked for: an idle server does not pay for libvips. */
export function loadSharp(): Promise<typeof Sharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // A drawing named poster.jpg is a program: small ones take minutes to render.
    sharp.block({ operation: ['VipsForeignLoadSvg'] });
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  });
  return loading;
}
