import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { systemErrorCode } from '../../../common/system-error.js';

export interface PlaceOptions {
  readonly signal: AbortSignal;
  /** Told of bytes as they are copied. */
  readonly onBytes: (count: number) => void;
  /** How a second name is given; left out: as the system does. */
  readonly link?: typeof link;
}

/** Codes of a hard link that cannot be: another disk, or one without them. */
const notHere = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS']);

/**
 * Gives a file a second name: by a hard link, else by a copy that takes its place, so that nothing lies there twice. Never
 * writes over another file. @returns the path it got: the wanted one, or one beside it where that is another file's
 */
export async function placeFile(from: string, wanted: string, options: PlaceOptions): Promise<string> {
  await mkdir(dirname(wanted), { recursive: true });
  for (let number = 1; number < 100; number += 1) {
    const to = number === 1 ? wanted : beside(wanted, number);
    if (await isSameFile(from, to)) return to;
    try {
      await placeAt(from, to, options);
      return to;
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
  }
  throw new Error('There are a hundred files of this name already');
}

async function placeAt(from: string, to: string, options: PlaceOptions): Promise<void> {
  try {
    await (options.link ?? link)(from, to);
  } catch (error) {
    if (!notHere.has(systemErrorCode(error) ?? '')) throw error;
    await copyAside(from, to, options);
  }
}

/** Scans leave out names that begin with a dot: nobody sees half a film. */
async function copyAside(
  from: string,
  to: string,
  { signal, onBytes, link: name = link }: PlaceOptions,
): Promise<void> {
  const aside = join(dirname(to), `.${basename(to)}.part`);
  try {
    const source = createReadStream(from, { highWaterMark: 1024 * 1024 });
    source.on('data', (chunk) => onBytes(chunk.length));
    await pipeline(source, createWriteStream(aside), { signal });
    // A link refuses where a rename would write over.
    await name(aside, to).catch(async (error: unknown) => {
      if (!notHere.has(systemErrorCode(error) ?? '')) throw error;
      await refuseTaken(to);
      await rename(aside, to);
    });
  } finally {
    await rm(aside, { force: true });
  }
  const door = `${from}.link`;
  await rm(door, { force: true });
  await symlink(to, door);
  await rename(door, from);
}

async function refuseTaken(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found) throw Object.assign(new Error('There is a file of this name'), { code: 'EEXIST' });
}

/** After a crash in the middle it may be there already. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one), stat(other).catch(() => null)]);
  return b !== null && a.dev === b.dev && a.ino === b.ino;
}

const beside = (path: string, number: number): string => {
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)} (${number})${ending}`;
};
