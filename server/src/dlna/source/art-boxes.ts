import type { ArtSize } from '@hearth/dlna/media-source.port';

/** Boxes of DLNA's media format profiles JPEG_TN, _SM, _MED and _LRG, pixels. */
export const artBoxes: Readonly<Record<ArtSize, { readonly width: number; readonly height: number }>> = {
  tn: { width: 160, height: 160 },
  sm: { width: 640, height: 480 },
  med: { width: 1024, height: 768 },
  lrg: { width: 4096, height: 4096 },
};

/** Whether a text names one. */
export const isArtSize = (text: string): text is ArtSize => Object.hasOwn(artBoxes, text);

/** The size a picture has once it fits into a box. */
export function fitInto(
  picture: { readonly width: number; readonly height: number },
  size: ArtSize,
): { width: number; height: number } {
  const box = artBoxes[size];
  const scale = Math.min(1, box.width / picture.width, box.height / picture.height);
  return { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
}
