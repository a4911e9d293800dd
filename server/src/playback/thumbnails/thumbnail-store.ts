import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const planFile = 'plan.json';
const plan = z.object({
  intervalSeconds: z.number().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  columns: z.int().positive(),
  rows: z.int().positive(),
  count: z.int().positive(),
});
export type StoredPlan = z.infer<typeof plan>;

/** Bytes of thumbnails kept: those of about a thousand films. What was looked at longest ago goes first. */
const defaultCapacity = 4 * 1024 ** 3;

/** Seek thumbnails on disk, a folder a content. A folder is there whole or not at all. */
export class ThumbnailStore {
  constructor(
    private readonly directory: string,
    private readonly capacity = defaultCapacity,
  ) {}

  /** How the thumbnails of a content are laid out; undefined until they are made. */
  async plan(contentKey: string): Promise<StoredPlan | undefined> {
    const path = join(this.folder(contentKey), planFile);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return plan.safeParse(JSON.parse(text)).data;
  }

  path(contentKey: string, sprite: string): string {
    return join(this.folder(contentKey), sprite);
  }

  /** Runs `make` in a folder of its own, which takes its place when that has ended well. */
  async add(contentKey: string, made: StoredPlan, make: (folder: string) => Promise<void>): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const aside = await mkdtemp(join(this.directory, '.making-'));
    try {
      await make(aside);
      await writeFile(join(aside, planFile), JSON.stringify(made));
      await rm(this.folder(contentKey), { recursive: true, force: true });
      await rename(aside, this.folder(contentKey));
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
    await this.trim(contentKey);
  }

  /** What a crash left half made. */
  async sweep(): Promise<void> {
    const names = await readdir(this.directory).catch(() => []);
    const half = names.filter((name) => name.startsWith('.making-'));
    await Promise.all(half.map((name) => rm(join(this.directory, name), { recursive: true, force: true })));
  }

  private folder(contentKey: string): string {
    return join(this.directory, contentKey);
  }

  private async trim(newest: string): Promise<void> {
    const names = (await readdir(this.directory)).filter((name) => !name.startsWith('.') && name !== newest);
    const folders = (await Promise.all(names.map((name) => this.measure(name)))).sort(
      (a, b) => a.used - b.used,
    );
    let size = folders.reduce((sum, one) => sum + one.size, (await this.measure(newest)).size);
    for (const folder of folders) {
      if (size <= this.capacity) return;
      await rm(this.folder(folder.name), { recursive: true, force: true });
      size -= folder.size;
    }
  }

  private async measure(name: string): Promise<{ name: string; size: number; used: number }> {
    const files = await readdir(this.folder(name)).catch(() => []);
    const facts = await Promise.all(
      files.map((file) => stat(join(this.folder(name), file)).catch(() => undefined)),
    );
    const used = await stat(join(this.folder(name), planFile)).catch(() => undefined);
    return { name, size: facts.reduce((sum, one) => sum + (one?.size ?? 0), 0), used: used?.mtimeMs ?? 0 };
  }
}
