import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that stay free on the disk whatever is made. */
const freeFloor = 2 * 1024 ** 3;

/** Made versions on disk, by id: whole, or a `.part` while they are made. */
export class VersionStore {
  constructor(private readonly directory: string) {}

  path(versionId: string): string {
    return join(this.directory, `${versionId}.mp4`);
  }

  /** Whether `bytes` more leave the disk room to breathe. */
  async hasRoom(bytes: number): Promise<boolean> {
    await mkdir(this.directory, { recursive: true });
    const { bavail, bsize } = await statfs(this.directory);
    return bavail * bsize - bytes > freeFloor;
  }

  /** Runs `make` on a file aside, which takes its place when that has ended well. @returns its bytes */
  async add(versionId: string, make: (path: string) => Promise<void>): Promise<number> {
    await mkdir(this.directory, { recursive: true });
    const aside = join(this.directory, `${versionId}.part`);
    try {
      await make(aside);
      await rename(aside, this.path(versionId));
    } finally {
      await rm(aside, { force: true });
    }
    return (await stat(this.path(versionId))).size;
  }

  remove(versionId: string): Promise<void> {
    return rm(this.path(versionId), { force: true });
  }

  /** Deletes what a crash left half made, and whatever no id in `known` names. */
  async sweep(known: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.directory).catch(() => []);
    const stray = names.filter((name) => name.endsWith('.part') || !known.has(name.replace(/\.mp4$/, '')));
    await Promise.all(stray.map((name) => rm(join(this.directory, name), { force: true })));
  }
}
