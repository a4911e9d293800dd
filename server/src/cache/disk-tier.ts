import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../common/id.js';
import { systemErrorCode } from '../common/system-error.js';
import { decodeEntry, encodeEntry, entryPath, startsWith } from './entry-file.js';
import type { CacheEntry } from './memory-tier.js';

/**
 * Entries as files, at most `capacity` bytes of them. A file appears whole or not at all (written aside, then
 * renamed), so a kill leaves a readable cache. Sizes are learnt from the directory, in the background, on first use.
 */
export class DiskTier {
  /** Bytes by path, in the order of use, the oldest first. */
  private readonly sizes = new Map<string, number>();
  private used = 0;
  private surveying: Promise<void> | undefined;

  constructor(
    private readonly root: string,
    private readonly capacity: number,
  ) {}

  get bytes(): number {
    return this.used;
  }

  /** @returns undefined when there is none or it is damaged; expired ones are the caller's to judge */
  async get(key: string): Promise<CacheEntry | undefined> {
    const path = entryPath(this.root, key);
    const bytes = await this.read(path);
    const entry = bytes && decodeEntry(bytes);
    // Another key: a file system that ignores case.
    if (bytes && entry?.key !== key) await this.delete(key);
    if (!bytes || entry?.key !== key) return undefined;
    this.note(path, bytes.length);
    return entry;
  }

  async set(key: string, entry: CacheEntry): Promise<void> {
    const path = entryPath(this.root, key);
    const bytes = encodeEntry(key, entry);
    if (bytes.length > this.capacity / 8) return this.delete(key);
    const aside = `${path}.${newId()}.tmp`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(aside, bytes);
      await rename(aside, path);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
    this.note(path, bytes.length);
    await this.survey();
    await this.shrink();
  }

  async delete(key: string): Promise<void> {
    await this.remove(entryPath(this.root, key));
  }

  async drop(prefix: string): Promise<void> {
    await this.survey();
    for (const path of [...this.sizes.keys()]) {
      if (startsWith(path, prefix) ?? (await this.keyAt(path))?.startsWith(prefix)) await this.remove(path);
    }
  }

  /** Learns what earlier runs left, and clears away their unfinished files. */
  private survey(): Promise<void> {
    this.surveying ??= this.readFolders().catch((error: unknown) => {
      this.surveying = undefined;
      throw error;
    });
    return this.surveying;
  }

  private async readFolders(): Promise<void> {
    const found: { path: string; size: number; time: number }[] = [];
    await mkdir(this.root, { recursive: true });
    for (const entry of await readdir(this.root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      if (this.sizes.has(path)) continue;
      const facts = await stat(path).catch(() => undefined);
      const isLeftOver = entry.name.endsWith('.tmp') && facts && facts.mtimeMs < Date.now() - 60_000;
      if (isLeftOver) await rm(path, { force: true });
      else if (facts && entry.name.endsWith('.json')) {
        found.push({ path, size: facts.size, time: facts.mtimeMs });
      }
    }
    const recent = [...this.sizes];
    this.sizes.clear();
    for (const { path, size } of found.sort((a, b) => a.time - b.time)) this.sizes.set(path, size);
    for (const [path, size] of recent) this.sizes.set(path, size);
    this.used = [...this.sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  private async shrink(): Promise<void> {
    for (const path of this.sizes.keys()) {
      if (this.used <= this.capacity) return;
      await this.remove(path);
    }
  }

  private note(path: string, size: number): void {
    this.used += size - (this.sizes.get(path) ?? 0);
    this.sizes.delete(path);
    this.sizes.set(path, size);
  }

  private async remove(path: string): Promise<void> {
    this.used -= this.sizes.get(path) ?? 0;
    this.sizes.delete(path);
    await rm(path, { force: true });
  }

  private async keyAt(path: string): Promise<string | undefined> {
    const bytes = await this.read(path);
    return bytes && decodeEntry(bytes)?.key;
  }

  private async read(path: string): Promise<Buffer | undefined> {
    try {
      return await readFile(path);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }
}
