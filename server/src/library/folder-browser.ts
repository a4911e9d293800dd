import { constants, type Dirent } from 'node:fs';
import { access, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { FolderListing } from '@hearth/contract/system';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../common/problem-error.js';
import { isKernel } from './library-folders.js';
import { isIgnoredDirectory } from './scan/ignored-names.js';
import { fileKindOf } from './sidecar/file-kind.js';

const mostFolders = 500;
const mostSamples = 5;

/** Folders that the server may read, for choosing where a library lives. */
@Injectable()
export class FolderBrowser {
  /** @throws ProblemError FOLDER_UNREADABLE */
  async list(path = '/'): Promise<FolderListing> {
    const plain = resolve('/', path);
    const entries = await readFolder(plain);
    const names = entries.filter((entry) => isOffered(plain, entry)).map((entry) => entry.name);
    const sorted = names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' }));
    const folders: FolderListing['folders'] = [];
    for (const name of sorted) {
      if (folders.length > mostFolders) break;
      if (await isReadableFolder(join(plain, name))) folders.push({ name, path: join(plain, name) });
    }
    const media = entries.filter(
      (entry) => entry.isFile() && !entry.name.startsWith('.') && isMedia(entry.name),
    );
    return {
      path: plain,
      parent: plain === '/' ? null : dirname(plain),
      folders: folders.slice(0, mostFolders),
      sampleFiles: media.slice(0, mostSamples).map((entry) => entry.name),
      truncated: folders.length > mostFolders,
    };
  }
}

async function readFolder(path: string): Promise<Dirent[]> {
  try {
    if (isKernel(await realpath(path))) throw new Error('not a place for media');
    return await readdir(path, { withFileTypes: true });
  } catch {
    throw new ProblemError('FOLDER_UNREADABLE', { detail: `“${path}” cannot be read by the server.` });
  }
}

const isOffered = (parent: string, entry: Dirent): boolean =>
  (entry.isDirectory() || entry.isSymbolicLink()) &&
  !isIgnoredDirectory(entry.name) &&
  (parent !== '/' || entry.name === 'run' || !isKernel(`/${entry.name}`));

const isMedia = (name: string): boolean => ['video', 'audio'].includes(fileKindOf(name) ?? '');

/** A link is shown when it leads to a readable folder outside the kernel's places, and not back above itself. */
async function isReadableFolder(path: string): Promise<boolean> {
  try {
    const real = await realpath(path);
    const isUpward = real !== path && (path === real || path.startsWith(real === '/' ? '/' : `${real}/`));
    if (isUpward || (real !== '/run' && isKernel(real))) return false;
    await access(path, constants.R_OK | constants.X_OK);
    return (await stat(path)).isDirectory();
  } catch {
    return false; // closed to the server, or gone
  }
}
