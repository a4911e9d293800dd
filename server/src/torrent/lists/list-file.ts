import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What was fetched last, so that a start needs no network. */
export class ListFile {
  constructor(private readonly path: string) {}

  /** null where there is none that can be read. */
  async read(): Promise<{ readonly bytes: Uint8Array; readonly writtenAt: Date } | null> {
    try {
      return { bytes: await readFile(this.path), writtenAt: (await stat(this.path)).mtime };
    } catch {
      return null;
    }
  }

  /** Whole or not at all. */
  async write(bytes: Uint8Array): Promise<void> {
    const part = `${this.path}.${randomUUID()}.part`;
    await mkdir(dirname(this.path), { recursive: true });
    try {
      await writeFile(part, bytes);
      await rename(part, this.path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
