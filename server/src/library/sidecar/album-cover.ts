import { baseOf, isRawPhoto } from './file-kind.js';

/** By the usual conventions, in order of preference. */
const names = ['cover', 'folder', 'front', 'album', 'albumart', 'albumartlarge', 'thumb'];

/**
 * The picture of an album among the pictures in its folder: one of the usual names, or one whose name begins so
 * (`cover-large`, `AlbumArt_{…}_Large`), or the only one there is.
 */
export function albumCover<T extends { readonly name: string }>(pictures: readonly T[]): T | undefined {
  const shown = pictures.filter(({ name }) => !isRawPhoto(name));
  const bases = shown.map(({ name }) => baseOf(name).toLowerCase());
  for (const name of names) {
    const at = bases.indexOf(name);
    if (at >= 0) return shown[at];
  }
  for (const name of names) {
    const at = bases.findIndex((base) => base.startsWith(name) && /^[^a-z]/.test(base.slice(name.length)));
    if (at >= 0) return shown[at];
  }
  return shown.length === 1 ? shown[0] : undefined;
}
