import { extensionOf } from '../sidecar/file-kind.js';
import { firstLine } from '../../common/pictures/image-analyzer.js';
import { loadSharp, photoPixelLimit } from '../../common/pictures/sharp-loader.js';

export type PictureSize = { readonly width: number; readonly height: number } | { readonly failure: string };

const noHevc = 'HEIC pictures cannot be decoded by this server; a JPEG beside it, or in its place, is shown.';

/** Size as shown, from the header alone; or, for a person, why the picture cannot be shown. */
export async function readPictureSize(path: string): Promise<PictureSize> {
  const extension = extensionOf(path);
  try {
    const sharp = await loadSharp();
    const { autoOrient, format, compression } = await sharp(path, {
      autoOrient: true,
      limitInputPixels: false,
    }).metadata();
    if (format === 'heif' && compression !== 'av1') return { failure: noHevc };
    const { width, height } = autoOrient;
    const megapixels = Math.round((width * height) / 1_000_000);
    if (width * height > photoPixelLimit(format))
      return { failure: `The picture is too large to be shown (${megapixels} megapixels).` };
    return { width, height };
  } catch (error) {
    if (/^hei[cf]s?$/.test(extension)) return { failure: noHevc };
    return { failure: `The picture cannot be read: ${firstLine(error)}.` };
  }
}
