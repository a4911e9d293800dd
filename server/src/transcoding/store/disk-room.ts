import { rm, rmdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SegmentStoreFull } from './segment-store.port.js';

export interface DiskRoomLimits {
  /** Bytes of all files together, those being written included; never exceeded. */
  readonly capacity: number;
  /** Bytes that stay free on the disk, whoever else fills it. */
  readonly floor: number;
  /** Files at most: what is remembered of them lies in memory. */
  readonly mostFiles: number;
}

/** Bytes a process without privileges may still write to the disk of `directory`. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/**
 * Who has which bytes of a store's disk. Room is reserved before anything is written and given back when a file is
 * gone, so that the sum of reservations, not of finished files, stays below the capacity.
 */
export class DiskRoom {
  /** Bytes by path, the longest unused first. */
  private readonly sizes = new Map<string, number>();
  /** Bytes reserved by writes under way. */
  private reserved = 0;
  /** Bytes of files that are listed or being removed. */
  private used = 0;
  private turn: Promise<void> = Promise.resolve();
  private waiting: (() => void)[] = [];

  constructor(
    private readonly root: string,
    private readonly limits: DiskRoomLimits,
    private readonly free: (directory: string) => Promise<number> = freeBytes,
  ) {}

  get bytes(): number {
    return this.used + this.reserved;
  }

  has(path: string): boolean {
    return this.sizes.has(path);
  }

  paths(prefix: string): string[] {
    return [...this.sizes.keys()].filter((path) => path.startsWith(prefix));
  }

  /** A file lies there, and is in use; what lay there before has been replaced. */
  note(path: string, size: number): void {
    this.used += size - (this.sizes.get(path) ?? 0);
    this.sizes.delete(path);
    this.sizes.set(path, size);
  }

  /** Somebody else removed it. */
  drop(path: string): void {
    this.used -= this.sizes.get(path) ?? 0;
    this.sizes.delete(path);
  }

  /** Evicts until `size` more bytes fit, and keeps them. One at a time. @throws SegmentStoreFull */
  reserve(size: number): Promise<void> {
    const mine = this.turn.then(() => this.makeRoom(size));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  release(size: number): void {
    this.reserved -= size;
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Removes a file; its bytes count until it is gone. */
  async remove(path: string): Promise<void> {
    const size = this.sizes.get(path) ?? 0;
    this.sizes.delete(path);
    try {
      await rm(join(this.root, path), { force: true });
    } catch (error) {
      if (size > 0 && !this.sizes.has(path)) this.sizes.set(path, size);
      throw error;
    }
    this.used -= size;
    await this.removeEmptyFolders(path);
  }

  /** Throws out the longest unused until `bytes` have gone. @returns how many did */
  async evict(bytes: number): Promise<number> {
    let gone = 0;
    for (const [path, size] of this.sizes) {
      if (gone >= bytes) break;
      await this.remove(path);
      gone += size;
    }
    return gone;
  }

  /** Back below the limits, as after a start with a smaller capacity. */
  async shrink(): Promise<void> {
    await this.evict(this.bytes - this.limits.capacity);
  }

  private async makeRoom(size: number): Promise<void> {
    const { capacity, mostFiles } = this.limits;
    if (size > capacity) throw new SegmentStoreFull('The segment is larger than the whole cache.');
    while (this.bytes + size > capacity || this.sizes.size >= mostFiles) {
      if ((await this.evict(1)) > 0) continue;
      if (this.reserved === 0) throw new SegmentStoreFull('The cache is full, and nothing can be freed.');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    await this.keepFloor(size);
    this.reserved += size;
  }

  /** The disk is shared: others may fill it, and then our files make way. */
  private async keepFloor(size: number): Promise<void> {
    for (;;) {
      // What others of ours are about to write is not yet missing there.
      const missing = this.limits.floor + size + this.reserved - (await this.free(this.root));
      if (missing <= 0) return;
      if ((await this.evict(missing)) === 0) {
        throw new SegmentStoreFull('The disk of the cache is full, and nothing more can be freed on it.');
      }
    }
  }

  /** A write that needs the folder again makes it again. */
  private async removeEmptyFolders(path: string): Promise<void> {
    const folder = dirname(path);
    const isGone = await rmdir(join(this.root, folder)).then(
      () => true,
      () => false,
    );
    if (isGone) await rmdir(join(this.root, dirname(folder))).catch(() => undefined);
  }
}
