import type { LibraryKind } from '@hearth/contract/library';
import type { LibraryFolder } from '../entities/library-folder.entity.js';
import type { FileKind } from '../sidecar/file-kind.js';
import { type DirectoryTree, isWithin, parentOf } from './directory-tree.js';
import { Neighbourhood } from './surroundings.js';
import { systemErrorCode } from '../../common/system-error.js';
import { walk } from './walk.js';

/** One library folder as a scan sees it. */
export interface FolderView {
  folder: LibraryFolder;
  tree: DirectoryTree;
  neighbourhood: Neighbourhood;
  /** Directories the view is restricted to; the empty path for all of it. */
  scopes: readonly string[];
  /** False when the folder itself could not be read: nothing can be said about its files. */
  isReadable: boolean;
}

/** Which files are media in a library of a kind; in a mixed one, pictures are sorted out later (`adoptPhotos`). */
export function isMediaIn(kind: LibraryKind): (file: FileKind) => boolean {
  if (kind === 'music') return (file) => file === 'audio';
  if (kind === 'photos') return (file) => file === 'image';
  return (file) => file === 'video' || (kind === 'mixed' && file === 'audio');
}

/** Walks a folder, whole or in part; a folder that cannot be read gives an empty view, not an error. */
export async function viewFolder(
  folder: LibraryFolder,
  kind: LibraryKind,
  scopes: readonly string[],
  breathe: () => Promise<void>,
): Promise<FolderView> {
  const tree: DirectoryTree = { directories: new Map(), unreadable: [] };
  let isReadable = true;
  for (const { start, shallow } of walksOf(scopes)) {
    try {
      const part = await walk(folder.path, { isMedia: isMediaIn(kind), start, shallow, breathe });
      for (const [path, directory] of part.directories) tree.directories.set(path, directory);
      tree.unreadable.push(...part.unreadable);
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === undefined) throw error;
      const isGone = code === 'ENOENT' || code === 'ENOTDIR';
      if (start === '') isReadable = false;
      else if (!isGone) tree.unreadable.push(start);
    }
  }
  if (kind === 'mixed') adoptPhotos(tree);
  return { folder, tree, neighbourhood: new Neighbourhood(tree), scopes, isReadable };
}

/** What to walk for some scopes: they and, since a file's meaning depends on what lies above it, their ancestors. */
function walksOf(scopes: readonly string[]): { start: string; shallow: boolean }[] {
  const outer = [...new Set(scopes)].filter(
    (scope) => !scopes.some((other) => other !== scope && isWithin(scope, other)),
  );
  const above = new Set<string>();
  for (const scope of outer) {
    for (let at = scope; at !== '';) above.add((at = parentOf(at)));
  }
  const deep = outer.map((start) => ({ start, shallow: false }));
  return [...[...above].map((start) => ({ start, shallow: true })), ...deep];
}

/** Pictures far from any video or music are photos, not artwork. */
function adoptPhotos(tree: DirectoryTree): void {
  const withMedia = new Set<string>();
  for (const { path, media } of tree.directories.values()) {
    if (media.length === 0) continue;
    for (let at = path; ; at = parentOf(at)) {
      withMedia.add(at);
      if (at === '') break;
    }
  }
  for (const directory of tree.directories.values()) {
    const holder = tree.directories.get(parentOf(directory.path));
    const belongsToMedia =
      withMedia.has(directory.path) || (directory.path !== '' && (holder?.media.length ?? 0) > 0);
    if (belongsToMedia) continue;
    directory.media.push(...directory.sidecars.filter(({ kind }) => kind === 'image'));
    directory.sidecars = directory.sidecars.filter(({ kind }) => kind !== 'image');
  }
}
