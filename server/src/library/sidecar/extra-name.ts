import { baseOf } from './file-kind.js';

/** Folders of extras, by the conventions of Jellyfin and Plex. https://jellyfin.org/docs/general/server/media/movies */
const folders = new Map<string, string>([
  ['trailers', 'trailer'],
  ['trailer', 'trailer'],
  ['extras', 'extra'],
  ['extra', 'extra'],
  ['bonus', 'extra'],
  ['featurettes', 'featurette'],
  ['behind the scenes', 'behind-the-scenes'],
  ['deleted scenes', 'deleted-scene'],
  ['interviews', 'interview'],
  ['scenes', 'scene'],
  ['shorts', 'short'],
  ['clips', 'clip'],
  ['other', 'extra'],
  ['samples', 'sample'],
  ['sample', 'sample'],
]);
const suffixes: readonly (readonly [RegExp, string])[] = [
  [/[-._ ]trailer\d*$/i, 'trailer'],
  [/-featurette\d*$/i, 'featurette'],
  [/-behindthescenes\d*$/i, 'behind-the-scenes'],
  [/-deleted(?:scene)?\d*$/i, 'deleted-scene'],
  [/-interview\d*$/i, 'interview'],
  [/-scene\d*$/i, 'scene'],
  [/-short\d*$/i, 'short'],
  [/-clip\d*$/i, 'clip'],
  [/-(?:extra|other)\d*$/i, 'extra'],
];

export interface ExtraName {
  kind: string;
  /** Path of the folder whose title it accompanies. */
  ownerDirectory: string;
  /** Beginning of the media file's name it accompanies, lower case; null: whatever the folder holds. */
  ownerBase: string | null;
}

/** Whether a path below the library folder is an extra, and of what; null for the thing itself. */
export function readExtraName(relativePath: string): ExtraName | null {
  const parts = relativePath.split('/');
  const base = baseOf(parts.pop() ?? '');
  for (const [index, part] of parts.entries()) {
    const kind = folders.get(part.toLowerCase().replaceAll(/[-_.]+/g, ' '));
    // At the top of a library such a folder is somebody's own order, not an extra of anything.
    if (kind !== undefined && index > 0) {
      return { kind, ownerDirectory: parts.slice(0, index).join('/'), ownerBase: null };
    }
  }
  for (const [pattern, kind] of suffixes) {
    const match = pattern.exec(base);
    if (match && match.index > 0) {
      return { kind, ownerDirectory: parts.join('/'), ownerBase: base.slice(0, match.index).toLowerCase() };
    }
  }
  if (parts.length > 0 && /^trailer\d*$/i.test(base)) {
    return { kind: 'trailer', ownerDirectory: parts.join('/'), ownerBase: null };
  }
  return null;
}
