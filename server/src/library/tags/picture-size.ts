import { firstLine } from '../../common/pictures/image-analyzer.js';
import { loadSharp, photoPixelLimit } from '../../common/pictures/sharp-loader.js';

export type PictureSize = { readonly width: number; readonly height: number } | { readonly failure: string };

/** Size as shown, from the header alone; or, for a person, why the picture cannot be shown. */
export async function readPictureSize(path: string): Promise<PictureSize> {
  try {
    const sharp = await loadSharp();
    const { autoOrient, format, compression } = await sharp(path, {
      autoOrient: true,
      limitInputPixels: false,
    }).metadata();
    if (format === 'heif' && compression === undefined)
      return { failure: 'Nothing here decodes what is in this HEIF file.' };
    const { width, height } = autoOrient;
    const megapixels = Math.round((width * height) / 1_000_000);
    if (width * height > photoPixelLimit(format))
      return { failure: `The picture is too large to be shown (${megapixels} megapixels).` };
    return { width, height };
  } catch (error) {
    return { failure: `The picture cannot be read: ${firstLine(error)}.` };
  }
}
