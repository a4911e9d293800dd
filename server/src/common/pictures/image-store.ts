import { mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../id.js';

/** Bytes of small pictures kept on disk; what was used longest ago goes first. */
const defaultCapacity = 1024 ** 3;
/** After trimming, so much of the capacity stays in use. */
const trimTo = 0.9;

/**
 * Small pictures on disk, by name. Files appear whole or not at all (written aside, then renamed), and their
 * modification time says when they were used last.
 */
export class ImageStore {
  private size: number | undefined;
  private trimming: Promise<void> | undefined;

  /** @param capacity bytes */
  constructor(
    private readonly directory: string,
    private readonly capacity = defaultCapacity,
    private readonly extension = 'webp',
  ) {}

  /** @param name letters, digits, `-` and `_` only */
  async read(name: string): Promise<Buffer | undefined> {
    const path = this.path(name);
    try {
      const file = await open(path, 'r');
      try {
        return await file.readFile();
      } finally {
        await file.close();
        const now = new Date();
        await utimes(path, now, now).catch(() => undefined);
      }
    } catch {
      // Not there, or taken by the trimmer a moment ago: a cache may miss.
      return undefined;
    }
  }

  /** A full or read-only disk only costs speed: the picture is served all the same. */
  async write(name: string, data: Buffer): Promise<void> {
    const aside = join(this.directory, `${newId()}.part`);
    try {
      await mkdir(this.directory, { recursive: true });
      await writeFile(aside, data);
      await rename(aside, this.path(name));
    } catch {
      await rm(aside, { force: true }).catch(() => undefined);
      return;
    }
    this.size = (this.size ?? (await this.measure())) + data.length;
    if (this.size > this.capacity)
      await (this.trimming ??= this.trim().finally(() => (this.trimming = undefined)));
  }

  private path(name: string): string {
    return join(this.directory, `${name}.${this.extension}`);
  }

  private async measure(): Promise<number> {
    return (await this.entries()).reduce((sum, entry) => sum + entry.size, 0);
  }

  private async entries() {
    const names = await readdir(this.directory);
    const entries = names.map(async (name) => {
      const path = join(this.directory, name);
      const facts = await stat(path).catch(() => undefined);
      return facts ? [{ path, size: facts.size, used: facts.mtimeMs }] : [];
    });
    return (await Promise.all(entries)).flat();
  }

  private async trim(): Promise<void> {
    const entries = (await this.entries()).sort((a, b) => a.used - b.used);
    let size = entries.reduce((sum, entry) => sum + entry.size, 0);
    for (const entry of entries) {
      if (size <= this.capacity * trimTo) break;
      await rm(entry.path, { force: true });
      size -= entry.size;
    }
    this.size = size;
  }
}
