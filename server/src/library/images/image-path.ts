import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/**
 * The real place of a picture inside a folder.
 * @returns undefined when it is not there, or a link or `..` leads out of the folder
 */
export async function resolveInside(folder: string, relativePath: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, relativePath));
    return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}
