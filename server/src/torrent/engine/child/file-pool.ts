import { close, constants, fstat, ftruncate, open, read, type Stats, write } from 'node:fs';
import { promisify } from 'node:util';
import { systemErrorCode } from '../../../common/system-error.js';

/** An open file. By number: handles of `fs/promises` cost a third more, thousands of times a second. */
export class OpenFile {
  constructor(private readonly descriptor: number) {}

  /** @returns bytes read; 0 at the end */
  read(bytes: Uint8Array, offset: number, length: number, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      read(this.descriptor, bytes, offset, length, position, (error, count) => {
        if (error) reject(error);
        else resolve(count);
      });
    });
  }

  /** Writes all of it: the system may take less at a time. */
  async write(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length;)
      done += await this.writeSome(bytes.subarray(done), position + done);
  }

  truncate(length: number): Promise<void> {
    return promisify(ftruncate)(this.descriptor, length);
  }

  stat(): Promise<Stats> {
    return promisify(fstat)(this.descriptor);
  }

  close(): Promise<void> {
    return promisify(close)(this.descriptor);
  }

  private writeSome(bytes: Uint8Array, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      write(this.descriptor, bytes, 0, bytes.length, position, (error, count) => {
        if (error) reject(error);
        else resolve(count);
      });
    });
  }
}

interface Entry {
  readonly opened: Promise<OpenFile>;
  users: number;
  /** Nobody new may use it; it closes after its last user. */
  leaving: (() => void) | null;
}

/** Few, as peers ask for parts of the same pieces again and again, and many systems give 1024 to a process. */
const mostOpen = 128;

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
  async use<T>(path: string, create: boolean, action: (file: OpenFile) => Promise<T>): Promise<T> {
    const entry = this.entries.get(path) ?? this.add(path, create);
    entry.users++;
    this.entries.delete(path);
    this.entries.set(path, entry);
    try {
      return await action(await entry.opened);
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
    const opened = new Promise<OpenFile>((resolve, reject) => {
      open(path, flags, 0o640, (error, descriptor) => {
        if (error) reject(error);
        else resolve(new OpenFile(descriptor));
      });
    });
    const entry: Entry = { opened, users: 0, leaving: null };
    this.entries.set(path, entry);
    // What could not be opened is tried again by the next.
    opened.catch(() => this.entries.get(path) === entry && this.entries.delete(path));
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
    const file = await entry.opened.catch(() => null);
    await file?.close();
  }
}

/** Whether the system said that there is no such file. */
export const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '');
