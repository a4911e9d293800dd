import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionOf, type FileKind, fileKindOf } from '../sidecar/file-kind.js';
import { type Directory, type DirectoryTree, type FileEntry, joinPath } from './directory-tree.js';
import { isSystemError } from './system-error.js';
import { isIgnoredDirectory, isIgnoredFile, isSample, readIgnoreFile } from './ignored-names.js';

export interface WalkOptions {
  /** Whether files of a kind are media here; music and photos are not in a library of films. */
  isMedia: (kind: FileKind) => boolean;
  /** Where to start, below the folder; the whole folder by default. */
  start?: string;
  /** Lists the start only, nothing below it. */
  shallow?: boolean;
  /** Awaited between directories: pause, cancel. */
  breathe?: () => Promise<void>;
}

/** Deeper is a loop that no inode gave away, or nobody's film collection. */
const deepest = 40;
const statsAtOnce = 16;

/**
 * Lists what a library folder holds, from directory entries and stats alone. Symbolic links are followed, each
 * directory is entered once.
 * @param root absolute path of the library folder
 * @throws the system's error when the start itself cannot be read
 */
export async function walk(root: string, options: WalkOptions): Promise<DirectoryTree> {
  const tree: DirectoryTree = { directories: new Map(), unreadable: [] };
  const entered = new Set<string>();
  const pending = [options.start ?? ''];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    await options.breathe?.();
    try {
      const { dev, ino } = await stat(join(root, path));
      if (entered.has(`${dev}:${ino}`) || path.split('/').length > deepest) continue;
      entered.add(`${dev}:${ino}`);
      const { directory, below } = await list(root, path, options);
      tree.directories.set(path, directory);
      // Reversed, so that they are taken off the stack in the order of their names.
      if (!options.shallow) pending.push(...below.sort().reverse());
    } catch (error) {
      if (path === (options.start ?? '')) throw error;
      if (isSystemError(error)) tree.unreadable.push(path);
      else throw error;
    }
  }
  return tree;
}

async function list(
  root: string,
  path: string,
  options: WalkOptions,
): Promise<{ directory: Directory; below: string[] }> {
  const absolute = join(root, path);
  const entries = await readdir(absolute, { withFileTypes: true });
  const isLeftOut = entries.some((entry) => entry.name === '.hearthignore')
    ? readIgnoreFile(await readFile(join(absolute, '.hearthignore'), 'utf8'))
    : () => false;
  const below: string[] = [];
  const candidates: string[] = [];
  for (const entry of entries) {
    if (isLeftOut(entry.name)) continue;
    if (entry.isDirectory() || entry.isSymbolicLink()) {
      if (!isIgnoredDirectory(entry.name)) below.push(entry.name);
    } else if (isWanted(entry)) candidates.push(entry.name);
  }
  // A link may lead to a file or a directory; only a stat tells.
  const links = new Set(entries.filter((entry) => entry.isSymbolicLink()).map((entry) => entry.name));
  const directories = below.filter((name) => !links.has(name));
  const files = await statAll(
    absolute,
    [...candidates, ...below.filter((name) => links.has(name))],
    directories,
  );
  return {
    directory: sortOut(path, files, options),
    below: directories.map((name) => joinPath(path, name)),
  };
}

const isWanted = (entry: Dirent): boolean =>
  entry.isFile() &&
  !isIgnoredFile(entry.name) &&
  (fileKindOf(entry.name) !== null || extensionOf(entry.name) === 'idx');

/** Stats names a few at a time; links to directories are added to `directories`, broken ones dropped. */
async function statAll(absolute: string, names: string[], directories: string[]): Promise<FileEntry[]> {
  const files: FileEntry[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let name = names[next++]; name !== undefined; name = names[next++]) {
      const stats = await stat(join(absolute, name)).catch(() => null); // gone meanwhile, or a broken link
      if (stats?.isDirectory()) directories.push(name);
      const kind = fileKindOf(name);
      if (!stats?.isFile() || (kind === null && extensionOf(name) !== 'idx')) continue;
      files.push({
        name,
        kind: kind ?? 'subtitle',
        size: stats.size,
        modifiedMs: Math.floor(stats.mtimeMs),
        changedMs: Math.floor(stats.ctimeMs),
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(statsAtOnce, names.length) }, worker));
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function sortOut(path: string, files: FileEntry[], options: WalkOptions): Directory {
  const largest = files.reduce((most, file) => (file.kind === 'video' ? Math.max(most, file.size) : most), 0);
  const bitmaps = new Set(
    files.filter((file) => extensionOf(file.name) === 'idx').map((file) => file.name.slice(0, -4)),
  );
  const hasVideo = files.some((file) => file.kind === 'video');
  const directory: Directory = { path, media: [], sidecars: [] };
  for (const file of files) {
    const isBitmapSubtitle = file.kind === 'subtitle' && bitmaps.has(file.name.slice(0, -4));
    if (isBitmapSubtitle || isSample(file.name, file.size, largest)) continue;
    const isMedia = options.isMedia(file.kind) && (file.kind === 'video' || !hasVideo);
    (isMedia ? directory.media : directory.sidecars).push(file);
  }
  return directory;
}
