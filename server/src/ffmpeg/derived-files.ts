import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../common/id.js';

const unfinished = '.unfinished-';
/** ms; nothing takes longer to make. */
const abandonedAfter = 2 * 60 * 60_000;

/**
 * Files and folders made from media, for programs that need them under a name: made once however many ask, there
 * whole or not at all, and the longest unused removed beyond `capacity` bytes.
 */
export class DerivedFiles {
  private readonly flights = new Map<string, Promise<string>>();

  constructor(
    private readonly directory: string,
    private readonly capacity = 1024 ** 3,
  ) {}

  /** @param name letters, digits, `.`, `-`, `_` @param make writes a file or folder at the path it is given @returns where it lies */
  path(name: string, make: (path: string) => Promise<void>): Promise<string> {
    if (!/^\w[\w.-]{0,200}$/.test(name)) throw new RangeError('Not a name of a derived file.');
    const flight = this.flights.get(name) ?? this.find(name, make).finally(() => this.flights.delete(name));
    this.flights.set(name, flight);
    return flight;
  }

  private async find(name: string, make: (path: string) => Promise<void>): Promise<string> {
    const path = join(this.directory, name);
    const now = new Date();
    const isThere = await utimes(path, now, now).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
    const aside = join(this.directory, `${unfinished}${newId()}-${name}`);
    await mkdir(this.directory, { recursive: true });
    try {
      await make(aside);
      await rename(aside, path);
    } catch (error) {
      const isThereNow = await stat(path).catch(() => undefined); // another process was faster
      if (!isThereNow) throw error;
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
    await this.shrink(name);
    return path;
  }

  private async shrink(keep: string): Promise<void> {
    const found = await Promise.all(
      (await readdir(this.directory)).map(async (name) => {
        const facts = await stat(join(this.directory, name)).catch(() => undefined);
        return { name, usedMs: facts?.mtimeMs ?? 0, size: await sizeOf(join(this.directory, name)) };
      }),
    );
    let total = 0;
    for (const { name, usedMs, size } of found.sort((a, b) => b.usedMs - a.usedMs)) {
      if (name.startsWith(unfinished) && usedMs > Date.now() - abandonedAfter) continue;
      total += size;
      const isTooMuch = total > this.capacity || name.startsWith(unfinished);
      if (isTooMuch && name !== keep) await rm(join(this.directory, name), { recursive: true, force: true });
    }
  }
}

/** Bytes of a file, or of the files in a folder. */
async function sizeOf(path: string): Promise<number> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts?.isDirectory()) return facts?.size ?? 0;
  const inside = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return inside.reduce((sum, size) => sum + size, 0);
}
