import { loadSharp } from '../../common/pictures/sharp-loader.js';

/** Seen once more when it is made smaller for a screen. */
const quality = 92;

/**
 * The picture of an HEIC file, as phones store their photos, as JPEG: sharp has no decoder of HEVC. libheif in
 * WebAssembly takes 1.4 s and 150 MB for 12 megapixels, so it runs in a thread that ends when nobody needs it.
 * @param file the whole of it @throws Error where it cannot be decoded
 */
export async function heicAsJpeg(file: Uint8Array): Promise<Buffer> {
  const { default: decode } = await import('heic-decode');
  const { width, height, data } = await decode({ buffer: file });
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 4 } })
    .flatten({ background: '#000000' })
    .jpeg({ quality })
    .toBuffer();
}
