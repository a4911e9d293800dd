import { readExtraName } from '../sidecar/extra-name.js';
import { extensionOf, fileKindOf } from '../sidecar/file-kind.js';
import { isIgnoredDirectory, isIgnoredFile } from '../scan/ignored-names.js';
import { nameOf, parentOf } from '../scan/directory-tree.js';

const subtitleFolder = /^(?:subs|subtitles|sub|vobsubs)$/i;

/**
 * The directory to scan after a change; null for a change that no library cares about.
 * @param path below the library folder
 * @param isDirectory whether it is one; unknown (it is gone) counts by its name
 */
export function scopeOf(path: string, isDirectory: boolean | null): string | null {
  const parts = path.split('/');
  if (parts.slice(0, -1).some(isIgnoredDirectory)) return null;
  const name = nameOf(path);
  const looksLikeDirectory = isDirectory ?? extensionOf(name) === '';
  if (name !== '.hearthignore') {
    if (looksLikeDirectory ? isIgnoredDirectory(name) : isIgnoredFile(name)) return null;
    if (isDirectory === false && fileKindOf(name) === null) return null;
  }
  // A folder that is gone may have had a dot in its name: looking at it finds nothing, which is the point.
  if (looksLikeDirectory || (isDirectory === null && fileKindOf(name) === null)) return ownerOf(path);
  return ownerOf(parentOf(path));
}

/** Subtitles and extras say something about what lies above them. */
function ownerOf(directory: string): string {
  let owner = directory;
  while (owner !== '' && subtitleFolder.test(nameOf(owner))) owner = parentOf(owner);
  return readExtraName(`${owner}/x.mkv`)?.ownerDirectory ?? owner;
}
