import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

interface Entry {
  readonly opened: Promise<FileHandle>;
  users: number;
  /** Nobody new may use it; it closes after its last user. */
  leaving: (() => void) | null;
}

/** Few, as peers ask for parts of the same pieces again and again, and a system gives 1024 to a process. */
const mostOpen = 64;

/**
 * Open files, a bounded number whatever torrents hold: the least recently used closes first. More are open only while
 * more are used at the same moment.
 */
export class FilePool {
  private readonly entries = new Map<string, Entry>();

  /**
   * Runs with a file open for reading and writing. @param create whether it is made where it is missing
   * @throws ENOENT and what else the system says
   */
  async use<T>(path: string, create: boolean, action: (file: FileHandle) => Promise<T>): Promise<T> {
    const entry = this.entries.get(path) ?? this.add(path, create);
    entry.users++;
    this.entries.delete(path);
    this.entries.set(path, entry);
    try {
      return await action(await entry.opened);
    } catch (error) {
      const isOpen = await entry.opened.then(
        () => true,
        () => false,
      );
      if (!isOpen && this.entries.get(path) === entry) this.entries.delete(path);
      throw error;
    } finally {
      entry.users--;
      if (entry.users === 0) entry.leaving?.();
      this.closeSurplus();
    }
  }

  /** Resolves when no descriptor of this file is left: only then does its removal free what it takes. */
  async close(path: string): Promise<void> {
    const entry = this.entries.get(path);
    if (!entry) return;
    this.entries.delete(path);
    await this.retire(entry);
  }

  async closeBelow(folder: string): Promise<void> {
    const paths = [...this.entries.keys()].filter((path) => path.startsWith(`${folder}/`));
    await Promise.all(paths.map((path) => this.close(path)));
  }

  get openFiles(): number {
    return this.entries.size;
  }

  private add(path: string, create: boolean): Entry {
    const flags = constants.O_RDWR | constants.O_NONBLOCK | (create ? constants.O_CREAT : 0);
    const entry: Entry = { opened: open(path, flags, 0o640), users: 0, leaving: null };
    this.entries.set(path, entry);
    return entry;
  }

  private closeSurplus(): void {
    for (const [path, entry] of this.entries) {
      if (this.entries.size <= mostOpen) return;
      if (entry.users > 0) continue;
      this.entries.delete(path);
      void this.retire(entry);
    }
  }

  private async retire(entry: Entry): Promise<void> {
    if (entry.users > 0) await new Promise<void>((resolve) => (entry.leaving = resolve));
    await entry.opened.then(
      (file) => file.close(),
      () => undefined,
    );
  }
}
