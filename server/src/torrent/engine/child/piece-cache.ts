import { mkdir, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Turns } from '../../../common/turns.js';
import { type FilePool, isMissing } from './file-pool.js';

/** Who knows what its cached pieces are worth. */
export interface CacheOwner {
  /** 0: needed now; larger: less; Infinity: nobody would miss it. */
  worthlessness(piece: number): number;
  /** It is gone: to be fetched again when it is needed. */
  evicted(piece: number): void;
}

interface Cached {
  readonly infoHash: string;
  readonly piece: number;
  readonly bytes: number;
  /** Part of a file that was asked for: not counted, never evicted. */
  pinned: boolean;
  state: 'writing' | 'there' | 'leaving';
}

const blockBytes = 4096;
/** What a file of this length takes from the disk. */
const onDisk = (length: number): number => Math.ceil(length / blockBytes) * blockBytes;
const keyOf = (infoHash: string, piece: number): string => `${infoHash}/${piece}`;

/**
 * Pieces of all torrents that nobody asked to keep, each in a file of its own, `<data>/<infohash>/pieces/<number>`.
 * What they take never exceeds the cap: room is made, and the descriptors of what goes are closed, before a write
 * begins. Least recently used pieces that no reader holds go first, then those farthest from any reader.
 */
export class PieceCache {
  /** On the disk, least recently used first. */
  private readonly pieces = new Map<string, Cached>();
  private readonly owners = new Map<string, CacheOwner>();
  private used = 0;
  /** One after the other: what is counted and what is on the disk must not part. */
  private readonly turns = new Turns();

  constructor(
    private readonly folder: string,
    private readonly files: FilePool,
    private cap: number,
  ) {}

  get usedBytes(): number {
    return this.used;
  }

  /** Finds what an earlier process left. Files that are no pieces are left alone. */
  async load(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const found: (Cached & { modifiedMs: number })[] = [];
    for (const infoHash of await readdir(this.folder)) {
      if (!/^[0-9a-f]{40}$/.test(infoHash)) continue;
      for (const name of await readdir(this.pieceFolder(infoHash)).catch(() => [])) {
        const { size, mtimeMs } = await stat(join(this.pieceFolder(infoHash), name));
        if (!/^\d{1,6}$/.test(name)) continue;
        const piece = { infoHash, piece: Number(name), bytes: size, pinned: false, state: 'there' as const };
        found.push({ ...piece, modifiedMs: mtimeMs });
      }
    }
    found.sort((a, b) => a.modifiedMs - b.modifiedMs);
    for (const each of found) {
      this.pieces.set(keyOf(each.infoHash, each.piece), each);
      this.used += onDisk(each.bytes);
    }
    await this.setCap(this.cap);
  }

  /** From now on; resolves when no more is taken than that. */
  async setCap(bytes: number): Promise<void> {
    this.cap = bytes;
    await this.turns.run(() => this.makeRoom(0, -1));
  }

  attach(infoHash: string, owner: CacheOwner): void {
    this.owners.set(infoHash, owner);
  }

  detach(infoHash: string): void {
    this.owners.delete(infoHash);
  }

  path(infoHash: string, piece: number): string {
    return join(this.pieceFolder(infoHash), String(piece));
  }

  has(infoHash: string, piece: number): boolean {
    return this.pieces.get(keyOf(infoHash, piece))?.state === 'there';
  }

  /** Whether it is on its way out, of which its owner was told. */
  isLeaving(infoHash: string, piece: number): boolean {
    return this.pieces.get(keyOf(infoHash, piece))?.state === 'leaving';
  }

  /** Pieces of one torrent with their lengths. */
  of(infoHash: string): { piece: number; bytes: number }[] {
    return [...this.pieces.values()].filter((each) => each.infoHash === infoHash && each.state === 'there');
  }

  touch(infoHash: string, piece: number): void {
    const key = keyOf(infoHash, piece);
    const entry = this.pieces.get(key);
    if (!entry) return;
    this.pieces.delete(key);
    this.pieces.set(key, entry);
  }

  /**
   * Makes room and writes. @param worth of the new piece, as its owner measures it
   * @returns false when all that is there matters more: it is not there now, whether it was before or not
   */
  async put(
    infoHash: string,
    piece: number,
    bytes: Uint8Array,
    pinned: boolean,
    worth: number,
  ): Promise<boolean> {
    const key = keyOf(infoHash, piece);
    const entry: Cached = { infoHash, piece, bytes: bytes.length, pinned, state: 'writing' };
    const hasRoom = await this.turns.run(async () => {
      await this.drop(this.pieces.get(key));
      if (!pinned && !(await this.makeRoom(onDisk(bytes.length), worth))) return false;
      if (!pinned) this.used += onDisk(bytes.length);
      this.pieces.set(key, entry);
      return true;
    });
    if (!hasRoom) return false;
    try {
      const path = this.path(infoHash, piece);
      await this.write(path, bytes).catch(async (error: unknown) => {
        if (!isMissing(error)) throw error;
        await mkdir(this.pieceFolder(infoHash), { recursive: true });
        await this.write(path, bytes);
      });
      return this.arrived(entry);
    } catch (error) {
      await this.turns.run(() => this.drop(entry));
      throw error;
    }
  }

  /** Pinned pieces do not count. Unpinning evicts others where it must. */
  async setPinned(infoHash: string, piece: number, pinned: boolean): Promise<void> {
    await this.turns.run(async () => {
      const entry = this.pieces.get(keyOf(infoHash, piece));
      if (!entry || entry.pinned === pinned) return;
      entry.pinned = pinned;
      this.used += pinned ? -onDisk(entry.bytes) : onDisk(entry.bytes);
      await this.makeRoom(0, -1);
    });
  }

  /** Deletes one piece; its owner is not told. */
  async delete(infoHash: string, piece: number): Promise<void> {
    await this.turns.run(() => this.drop(this.pieces.get(keyOf(infoHash, piece))));
  }

  /** Deletes all pieces of a torrent. */
  async deleteAll(infoHash: string): Promise<void> {
    await this.turns.run(async () => {
      for (const entry of [...this.pieces.values()]) if (entry.infoHash === infoHash) await this.drop(entry);
    });
  }

  /** Bytes that can still be written without evicting anything. */
  get freeBytes(): number {
    return Math.max(0, this.cap - this.used);
  }

  /** @returns false if it was replaced or deleted while it was written */
  private arrived(entry: Cached): boolean {
    if (entry.state !== 'writing') return false;
    entry.state = 'there';
    return true;
  }

  private pieceFolder(infoHash: string): string {
    return join(this.folder, infoHash, 'pieces');
  }

  private write(path: string, bytes: Uint8Array): Promise<void> {
    return this.files.use(path, true, (file) => file.write(bytes, 0));
  }

  /** Only what matters less than `worth` goes (-1: anything). @returns whether there is room now */
  private async makeRoom(bytes: number, worth: number): Promise<boolean> {
    while (this.used + bytes > this.cap) {
      const victim = this.victim(worth);
      if (!victim) return false;
      victim.state = 'leaving';
      // Told before it goes: from now on nobody announces it, or reads it.
      this.owners.get(victim.infoHash)?.evicted(victim.piece);
      await this.drop(victim);
    }
    return true;
  }

  private victim(worth: number): Cached | undefined {
    let found: Cached | undefined;
    let most = worth;
    for (const entry of this.pieces.values()) {
      if (entry.pinned || entry.state !== 'there') continue;
      const each = this.owners.get(entry.infoHash)?.worthlessness(entry.piece) ?? Infinity;
      if (each === Infinity) return entry;
      if (each > most) [found, most] = [entry, each];
    }
    return found;
  }

  /** Descriptors first: a deleted file that is still open takes its place on. */
  private async drop(entry: Cached | undefined): Promise<void> {
    if (!entry) return;
    entry.state = 'leaving';
    const path = this.path(entry.infoHash, entry.piece);
    await this.files.close(path);
    await unlink(path).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    const key = keyOf(entry.infoHash, entry.piece);
    if (this.pieces.get(key) !== entry) return;
    this.pieces.delete(key);
    if (!entry.pinned) this.used -= onDisk(entry.bytes);
  }
}
