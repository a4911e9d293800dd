import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { holds, isKernel } from '../library-folders.js';
import type { FileKind } from '../sidecar/file-kind.js';
import { type Directory, type DirectoryTree, joinPath } from './directory-tree.js';
import { isIgnoredDirectory } from './ignored-names.js';
import { isLeftOut, listDirectory, type Listing } from './list-directory.js';
import { systemErrorCode } from '../../common/system-error.js';

export interface WalkOptions {
  /** Whether files of a kind are media here; music and photos are not in a library of films. */
  isMedia: (kind: FileKind) => boolean;
  /** Where to start, below the folder; the whole folder by default. */
  start?: string;
  /** Lists the start only, nothing below it. */
  shallow?: boolean;
  /** Awaited between a few directories and the next: pause, cancel. */
  breathe?: () => Promise<void>;
}

/** Deeper is nobody's film collection. */
const deepest = 40;
/** Directories read at once: hides the latency of a disk or a share, and keeps the threads that read from falling asleep. */
const readAtOnce = 32;

/**
 * Lists what a library folder holds, from directory entries and stats alone. Symbolic links are followed, unless they
 * lead to what is walked anyway.
 * @param root absolute path of the library folder
 * @throws the system's error when the start itself cannot be read
 */
export async function walk(root: string, options: WalkOptions): Promise<DirectoryTree> {
  return new Walk(root, options).run();
}

class Walk {
  private readonly found: Directory[] = [];
  private readonly unreadable: string[] = [];
  private readonly pending: string[] = [];
  /** Real paths that are walked, with all below them: the folder's own and those of links out of it. */
  private readonly walked: string[] = [];

  constructor(
    private readonly root: string,
    private readonly options: WalkOptions,
  ) {}

  async run(): Promise<DirectoryTree> {
    const start = this.options.start ?? '';
    this.walked.push(await realpath(this.root));
    if (!(await isLeftOut(this.root, start))) {
      await this.take(start, await listDirectory(this.root, start, this.options.isMedia));
      if (!this.options.shallow) await this.drain();
    }
    const directories = this.found.sort((a, b) => (a.path < b.path ? -1 : 1));
    return {
      directories: new Map(directories.map((each) => [each.path, each])),
      unreadable: this.unreadable,
    };
  }

  /** Reads what is pending, several at once, until nothing adds more. */
  private async drain(): Promise<void> {
    for (let together = this.next(); together.length > 0; together = this.next()) {
      await this.options.breathe?.();
      await Promise.all(together.map((path) => this.read(path)));
    }
  }

  private next(): string[] {
    return this.pending.splice(-readAtOnce);
  }

  private async read(path: string): Promise<void> {
    try {
      await this.take(path, await listDirectory(this.root, path, this.options.isMedia));
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      this.unreadable.push(path);
    }
  }

  private async take(path: string, { directory, directories, links }: Listing): Promise<void> {
    this.found.push(directory);
    if (path.split('/').length >= deepest) return;
    for (const name of directories) this.pending.push(joinPath(path, name));
    for (const name of links)
      if (await this.leadsElsewhere(joinPath(path, name))) this.pending.push(joinPath(path, name));
  }

  /** Whether a link leads to a place that is not walked anyway: no loops, nothing twice. */
  private async leadsElsewhere(path: string): Promise<boolean> {
    const target = await realpath(join(this.root, path)).catch(() => null);
    if (target === null || isKernel(target)) return false;
    for (const known of this.walked) {
      if (holds(target, known)) return false;
      if (!holds(known, target)) continue;
      // Inside, but in a hidden place that the walk leaves out.
      if (!target.slice(known.length).split('/').some(isIgnoredDirectory)) return false;
    }
    this.walked.push(target);
    return true;
  }
}
