import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ProblemError } from '../common/problem-error.js';

const refuse = (path: string, why: string): ProblemError =>
  new ProblemError('FOLDER_UNREADABLE', { detail: `“${path}” ${why}.` });

/** Where the kernel keeps things that look like files. */
const kernel = new Set(['/proc', '/sys', '/dev', '/run']);

/** @param path absolute, links resolved */
export const isKernel = (path: string): boolean =>
  kernel.has(`/${path.split('/')[1] ?? ''}`) && !path.startsWith('/run/media');

/**
 * The folder in its plain form, absolute and without a slash at its end.
 * @throws ProblemError FOLDER_UNREADABLE when it is missing, no folder, closed to the server, or no place
 * for media: a scan of the whole machine or of the kernel's own files would never end
 */
export async function checkFolder(path: string): Promise<string> {
  const plain = resolve(path);
  const stats = await stat(plain).catch(() => null);
  if (!stats) throw refuse(plain, 'is not there, or the server may not look at it');
  if (!stats.isDirectory()) throw refuse(plain, 'is not a folder');
  await access(plain, constants.R_OK | constants.X_OK).catch(() => {
    throw refuse(plain, 'may not be read by the server');
  });
  const real = await realOf(plain);
  if (real === '/' || isKernel(real)) throw refuse(plain, 'is not a place for media');
  return plain;
}

/** @throws ProblemError FOLDER_IN_USE when the folder is one of `others`, holds one or lies in one */
export async function checkOverlap(path: string, others: readonly string[]): Promise<void> {
  const own = await realOf(path);
  for (const other of others) {
    const theirs = await realOf(other);
    if (holds(own, theirs) || holds(theirs, own)) {
      throw new ProblemError('FOLDER_IN_USE', {
        detail: `“${path}” overlaps with “${other}”, which is in a library already.`,
      });
    }
  }
}

/** Media that the server makes itself, for `--demo`; the one part of the data folder that may be a library. */
const demoFolder = 'demo';

/**
 * @param dataDirectory where the server keeps its own files: pictures and films among them are no media of the house
 * @throws ProblemError FOLDER_RESERVED when the folder lies there. One around it is fine: the walk leaves it out
 */
export async function checkReserved(path: string, dataDirectory: string): Promise<void> {
  const own = await realOf(path);
  const data = await realOf(dataDirectory);
  if (!holds(data, own) || holds(join(data, demoFolder), own)) return;
  throw new ProblemError('FOLDER_RESERVED', {
    detail: `“${path}” lies in the folder where the server keeps its own files (${dataDirectory}).`,
  });
}

const realOf = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

/** Whether `path` is `folder` or lies in it; both absolute. The root alone ends in a slash. */
export const holds = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`);
