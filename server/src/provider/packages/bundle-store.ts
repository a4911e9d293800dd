import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha512 } from './read-package.js';

/** The code of added providers on the disk: a folder each, a file for each version, named after what is in it. */
export class BundleStore {
  /** @param folder of all of them; it need not be there */
  constructor(private readonly folder: string) {}

  /** Written aside and renamed: a file of that name is whole. */
  async write(providerId: string, bundle: Uint8Array): Promise<void> {
    const folder = join(this.folder, providerId);
    await mkdir(folder, { recursive: true });
    const aside = join(folder, `${randomUUID()}.new`);
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(bundle);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, join(folder, nameOf(sha512(bundle))));
  }

  /** @throws Error where it is gone, or is not what it was */
  async read(providerId: string, bundleHash: string): Promise<string> {
    const bytes = await readFile(join(this.folder, providerId, nameOf(bundleHash)));
    if (sha512(bytes) !== bundleHash) throw new Error('The code is another than what was installed');
    return bytes.toString('utf8');
  }

  /** @param bundleHash what stays; left out: nothing */
  async forget(providerId: string, bundleHash?: string): Promise<void> {
    const folder = join(this.folder, providerId);
    if (bundleHash === undefined) return rm(folder, { recursive: true, force: true });
    const others = (await readdir(folder).catch(() => [])).filter((name) => name !== nameOf(bundleHash));
    await Promise.all(others.map((name) => rm(join(folder, name), { force: true })));
  }
}

const nameOf = (bundleHash: string): string => `${bundleHash.slice(0, 32)}.js`;
