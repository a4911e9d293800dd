import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { baseOf, extensionOf, type FileKind, fileKindOf } from '../sidecar/file-kind.js';
import type { Directory, FileEntry } from './directory-tree.js';
import { isIgnoredDirectory, isIgnoredFile, isSample, readIgnoreFile } from './ignored-names.js';

const statsAtOnce = 16;

/** One directory, sorted into what a library has a use for. */
export interface Listing {
  directory: Directory;
  /** Names of directories below, in order. */
  directories: string[];
  /** Names of symbolic links to directories. */
  links: string[];
}

/** @param isMedia whether files of a kind are media in this library. @throws the system's error */
export async function listDirectory(
  root: string,
  path: string,
  isMedia: (kind: FileKind) => boolean,
): Promise<Listing> {
  const absolute = join(root, path);
  const entries = await readdir(absolute, { withFileTypes: true });
  const isLeftOut = await ignoreRules(absolute, entries);
  const wanted = entries.filter((entry) => !isLeftOut(entry.name));
  const directories = wanted.filter((entry) => entry.isDirectory() && !isIgnoredDirectory(entry.name));
  // A link may lead to a file or a directory; only a stat tells.
  const candidates = wanted.filter(
    (entry) => isWanted(entry) || (entry.isSymbolicLink() && !entry.name.startsWith('.')),
  );
  const { files, links } = await statAll(
    absolute,
    candidates.map((entry) => entry.name),
  );
  return {
    directory: sortOut(path, files, isMedia),
    directories: directories.map((entry) => entry.name).sort(),
    links: links.sort(),
  };
}

/** Bytes; a larger `.hearthignore` is none. */
const largestIgnoreFile = 64 * 1024;

/** Only a regular file of a sane size is read: opening a pipe would wait for ever, and hang the scan. */
async function ignoreRules(absolute: string, entries: Dirent[]): Promise<(name: string) => boolean> {
  const entry = entries.find(({ name }) => name === '.hearthignore');
  const stats = entry && (await stat(join(absolute, entry.name)).catch(() => null));
  if (!entry || !stats?.isFile() || stats.size > largestIgnoreFile) return () => false;
  return readIgnoreFile(await readFile(join(absolute, entry.name), 'utf8'));
}

/** Whether a `.hearthignore` above leaves this directory out: a walk that starts there would not come by it. */
export async function isLeftOut(root: string, path: string): Promise<boolean> {
  const parts = path === '' ? [] : path.split('/');
  for (const [depth, name] of parts.entries()) {
    const absolute = join(root, ...parts.slice(0, depth));
    const entries = await readdir(absolute, { withFileTypes: true }).catch(() => []);
    if ((await ignoreRules(absolute, entries))(name)) return true;
  }
  return false;
}

const isUseful = (name: string): boolean => fileKindOf(name) !== null;

const isWanted = (entry: Dirent): boolean =>
  entry.isFile() && !isIgnoredFile(entry.name) && isUseful(entry.name);

/** Stats names a few at a time; what is gone meanwhile, and broken links, are left out. */
async function statAll(absolute: string, names: string[]): Promise<{ files: FileEntry[]; links: string[] }> {
  const files: FileEntry[] = [];
  const links: string[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let name = names[next++]; name !== undefined; name = names[next++]) {
      const stats = await stat(join(absolute, name)).catch(() => null);
      if (stats?.isDirectory()) links.push(name);
      const kind = fileKindOf(name);
      if (!stats?.isFile() || kind === null) continue;
      files.push({
        name,
        kind,
        size: stats.size,
        modifiedMs: Math.floor(stats.mtimeMs),
        changedMs: Math.floor(stats.ctimeMs),
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(statsAtOnce, names.length) }, worker));
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), links };
}

/** Pictures that cannot be shown here, but as a rule have a JPEG beside them. */
const isUndeveloped = /\.(?:hei[cf]|3fr|arw|cr[23]|dng|nef|nrw|orf|pef|raf|rw2|srw)$/i;
const isShowable = ({ name, kind }: FileEntry): boolean => kind === 'image' && !isUndeveloped.test(name);

/** VobSub is two files, of which `.idx` is the subtitle: nothing without `.sub`, which is no text beside it. */
function isHalfVobSub(name: string, names: ReadonlySet<string>): boolean {
  const extension = extensionOf(name);
  const has = (other: string): boolean => names.has(`${baseOf(name).toLowerCase()}.${other}`);
  return (extension === 'idx' && !has('sub')) || (extension === 'sub' && has('idx'));
}

function sortOut(path: string, files: FileEntry[], isMedia: (kind: FileKind) => boolean): Directory {
  const videos = files.filter((file) => file.kind === 'video');
  const largest = videos.reduce((most, file) => Math.max(most, file.size), 0);
  const names = new Set(files.map(({ name }) => name.toLowerCase()));
  const directory: Directory = { path, media: [], sidecars: [] };
  const developed = new Set(files.filter(isShowable).map((file) => baseOf(file.name).toLowerCase()));
  const isDeveloped = (name: string): boolean =>
    isUndeveloped.test(name) && developed.has(baseOf(name).toLowerCase());
  for (const file of files) {
    if (isHalfVobSub(file.name, names) || isSample(file.name, file.size, largest)) continue;
    // Music beside a film is its sound track, in the other sense of the word; a raw photo beside its JPEG is the same.
    const isBesideFilm = isMedia('video') && file.kind !== 'video' && videos.length > 0;
    const isListed = isMedia(file.kind) && !isBesideFilm && !isDeveloped(file.name);
    (isListed ? directory.media : directory.sidecars).push(file);
  }
  return directory;
}
