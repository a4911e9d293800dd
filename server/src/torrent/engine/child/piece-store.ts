import { createHash } from 'node:crypto';
import { lstat, mkdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Turns } from '../../../common/turns.js';
import { type FilePool, isMissing, type OpenFile } from './file-pool.js';
import type { FilePart, Layout } from './layout.js';
import type { PieceCache } from './piece-cache.js';
import { PieceSet } from './piece-set.js';
import type { RecentPieces } from './recent-pieces.js';

/** The piece is not there (any more), or is not what its hash says: it has to be fetched. */
export class PieceGone extends Error {}

export interface PieceStoreOptions {
  /** `<data>/<infohash>`, and `<data>/<infohash>/<file index>` for files that are asked for as a whole. */
  readonly folder: string;
  readonly infoHash: string;
  readonly layout: Layout;
  /** SHA-1 of each piece, hexadecimal. */
  readonly hashes: readonly string[];
  readonly files: FilePool;
  readonly cache: PieceCache;
  readonly recent: RecentPieces;
  /** 0: needed now; Infinity: nobody needs it. */
  readonly worthlessness: (piece: number) => number;
  /** What was there is not any more: evicted, damaged, or given up with its file. */
  readonly gone: (piece: number) => void;
}

type Place = 'files' | 'pinned' | 'cache';

/**
 * Pieces of one torrent on the disk. Those that lie in files which are asked for as a whole are written at their place
 * in `<file index>`, ready to be kept; all others are files of their own in the cache (docs/adr/0021-pieces-on-disk.md).
 * A piece with a part in either lies in the cache, not counted, and its asked-for part in the file as well.
 */
export class PieceStore {
  /** Pieces at their place in their files. */
  readonly inFiles: PieceSet;
  /** Checked by this process: all others are checked when they are first read. */
  readonly trusted: PieceSet;
  private wished: ReadonlySet<number> = new Set();
  /** What moves pieces about, one after the other. */
  private readonly turns = new Turns();
  /** Pieces that are being written. */
  private readonly coming = new Set<Promise<boolean>>();

  constructor(readonly options: PieceStoreOptions) {
    this.inFiles = new PieceSet(options.layout.pieceCount);
    this.trusted = new PieceSet(options.layout.pieceCount);
    options.cache.attach(options.infoHash, {
      worthlessness: options.worthlessness,
      evicted: (piece) => this.lose(piece),
    });
  }

  holds(piece: number): boolean {
    return this.inFiles.has(piece) || this.options.cache.has(this.options.infoHash, piece);
  }

  /** Those that are asked for as a whole now. */
  get wishedFiles(): Iterable<number> {
    return this.wished;
  }

  filePath(index: number): string {
    return join(this.options.folder, String(index));
  }

  /** A verified piece. @returns false when the cap leaves no room for one that nobody needs */
  put(piece: number, bytes: Uint8Array): Promise<boolean> {
    // Side by side: one at a time a disk gives half of what it can.
    const coming = this.turns.settled.then(() => this.take(piece, bytes));
    this.coming.add(coming);
    return coming.finally(() => this.coming.delete(coming));
  }

  private async take(piece: number, bytes: Uint8Array): Promise<boolean> {
    const { cache, recent, infoHash } = this.options;
    const place = this.place(piece);
    const isStored = await (place === 'files'
      ? this.writeParts(piece, bytes, () => true).then(() => true)
      : this.putCached(piece, bytes, place));
    if (!isStored) return false;
    this.trusted.add(piece);
    recent.add(infoHash, piece, bytes);
    if (place !== 'files') return true;
    this.inFiles.add(piece);
    await cache.delete(infoHash, piece);
    return true;
  }

  /** After all that comes already, and before what comes later. */
  private alone(work: () => Promise<void>): Promise<void> {
    const coming = [...this.coming];
    return this.turns.run(async () => {
      await Promise.allSettled(coming);
      await work();
    });
  }

  /**
   * @param offset in the piece @param into as long as what is read, or longer: its memory may be used
   * @throws PieceGone
   */
  async read(piece: number, offset: number, length: number, into?: Uint8Array): Promise<Uint8Array> {
    const recent = this.options.recent.get(this.options.infoHash, piece);
    if (recent) return recent.subarray(offset, offset + length);
    if (this.trusted.has(piece)) return this.readPlaced(piece, offset, room(length, into));
    const whole = await this.readPlaced(piece, 0, room(this.options.layout.pieceSize(piece)));
    if (!this.isRight(piece, whole)) {
      this.discard(piece);
      throw new PieceGone('The piece is damaged');
    }
    this.trusted.add(piece);
    return whole.subarray(offset, offset + length);
  }

  /** Whether what lies in the files at its place is this piece; then it is held. */
  async check(piece: number): Promise<boolean> {
    const bytes = await this.readFiles(piece, 0, room(this.options.layout.pieceSize(piece))).catch(
      () => null,
    );
    if (!bytes || !this.isRight(piece, bytes)) return false;
    this.inFiles.add(piece);
    this.trusted.add(piece);
    return true;
  }

  /** Files that are asked for as a whole from now on: what is there already moves to its place. */
  async setWished(indices: readonly number[]): Promise<void> {
    const before = this.wished;
    this.wished = new Set(indices);
    const changed = new Set([...before, ...this.wished].filter((i) => before.has(i) !== this.wished.has(i)));
    if (changed.size === 0) return;
    await this.alone(() => this.settle([...changed]));
  }

  /** Takes what lies on the disk in files that nobody asks for any more into the cache, as far as there is room. */
  async giveUpFiles(indices: readonly number[]): Promise<void> {
    await this.alone(() => this.settle(indices.filter((index) => !this.wished.has(index))));
  }

  /** Nothing is read or written any more. @param data whether what is on the disk goes too */
  async close(data: boolean): Promise<void> {
    const { cache, recent, infoHash, files, folder } = this.options;
    cache.detach(infoHash);
    await this.alone(async () => {
      recent.deleteAll(infoHash);
      if (data) await cache.deleteAll(infoHash);
      await files.closeBelow(folder);
      if (data) await rm(folder, { recursive: true, force: true });
    });
  }

  private place(piece: number): Place {
    const parts = this.options.layout.partsOf(piece).filter(({ file }) => !this.isPadding(file));
    const wished = parts.filter(({ file }) => this.wished.has(file)).length;
    if (wished === 0) return 'cache';
    return wished === parts.length ? 'files' : 'pinned';
  }

  private isPadding(index: number): boolean {
    return this.options.layout.files[index]?.padding ?? false;
  }

  private isRight(piece: number, bytes: Uint8Array): boolean {
    return createHash('sha1').update(bytes).digest('hex') === this.options.hashes[piece];
  }

  private async putCached(piece: number, bytes: Uint8Array, place: Place): Promise<boolean> {
    const { cache, infoHash, worthlessness } = this.options;
    const isPinned = place === 'pinned';
    if (isPinned) await this.writeParts(piece, bytes, (file) => this.wished.has(file));
    return cache.put(infoHash, piece, bytes, isPinned, worthlessness(piece));
  }

  private async readPlaced(piece: number, offset: number, into: Uint8Array): Promise<Uint8Array> {
    const { cache, infoHash, files } = this.options;
    // It may move between its two places while it is looked for.
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        if (this.inFiles.has(piece)) return await this.readFiles(piece, offset, into);
        if (!cache.has(infoHash, piece)) continue;
        cache.touch(infoHash, piece);
        await files.use(cache.path(infoHash, piece), false, (file) => fill(file, into, offset));
        return into;
      } catch (error) {
        if (!(error instanceof PieceGone) && !isMissing(error)) throw error;
      }
    }
    if (!cache.isLeaving(infoHash, piece)) this.discard(piece);
    throw new PieceGone('The piece is not there');
  }

  private async readFiles(piece: number, offset: number, into: Uint8Array): Promise<Uint8Array> {
    for (const part of this.options.layout.partsOf(piece)) {
      const from = Math.max(offset, part.offset);
      const to = Math.min(offset + into.length, part.offset + part.length);
      if (to <= from) continue;
      const target = into.subarray(from - offset, to - offset);
      const position = part.position + from - part.offset;
      if (this.isPadding(part.file)) target.fill(0);
      else
        await this.options.files.use(this.filePath(part.file), false, (file) => fill(file, target, position));
    }
    return into;
  }

  private async writeParts(
    piece: number,
    bytes: Uint8Array,
    isMeant: (file: number) => boolean,
  ): Promise<void> {
    for (const part of this.options.layout.partsOf(piece)) {
      if (this.isPadding(part.file) || !isMeant(part.file)) continue;
      await this.writePart(part, bytes);
    }
  }

  /** Only where it is not there already: a file that nothing changes keeps its time, by which it is known again. */
  private async writeMissing(piece: number, bytes: Uint8Array): Promise<void> {
    for (const part of this.options.layout.partsOf(piece)) {
      if (this.isPadding(part.file) || !this.wished.has(part.file)) continue;
      const there = Buffer.allocUnsafe(part.length);
      const isThere = await this.options.files
        .use(this.filePath(part.file), false, (file) => fill(file, there, part.position))
        .then(
          () => there.equals(bytes.subarray(part.offset, part.offset + part.length)),
          () => false,
        );
      if (!isThere) await this.writePart(part, bytes);
    }
  }

  private async writePart({ file, offset, length, position }: FilePart, bytes: Uint8Array): Promise<void> {
    const path = this.filePath(file);
    // What a library has been given is its own: a person may have changed it there.
    if (await isShared(path)) throw new Error('A file that was kept is not what the torrent says any more');
    const write = (): Promise<void> =>
      this.options.files.use(path, true, (handle) =>
        handle.write(bytes.subarray(offset, offset + length), position),
      );
    await write().catch(async (error: unknown) => {
      if (!isMissing(error)) throw error;
      await mkdir(this.options.folder, { recursive: true });
      await write();
    });
  }

  /** Moves pieces to where they belong now, the last one first: so a file that goes can be cut short on the way. */
  private async settle(changed: readonly number[]): Promise<void> {
    const pieces = new Set<number>();
    for (const index of changed) {
      const range = this.options.layout.piecesOf(index);
      for (let piece = range?.from ?? 0; range && piece <= range.to; piece++) pieces.add(piece);
    }
    const shared = new Set<number>();
    for (const index of changed) if (await isShared(this.filePath(index))) shared.add(index);
    const leaving = changed.filter((index) => !this.wished.has(index));
    for (const piece of [...pieces].sort((a, b) => b - a)) {
      await this.move(piece);
      for (const { file, position } of this.options.layout.partsOf(piece)) {
        if (leaving.includes(file) && !shared.has(file)) await this.cut(file, position);
      }
    }
    for (const index of leaving) {
      await this.options.files.close(this.filePath(index));
      await unlink(this.filePath(index)).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    }
  }

  private async move(piece: number): Promise<void> {
    const { cache, infoHash, layout, worthlessness } = this.options;
    const place = this.place(piece);
    const size = layout.pieceSize(piece);
    if (cache.has(infoHash, piece)) {
      if (place !== 'cache') {
        const bytes = await this.read(piece, 0, size).catch(() => null);
        if (!bytes) return;
        await this.writeMissing(piece, bytes);
      }
      if (place !== 'files') return cache.setPinned(infoHash, piece, place === 'pinned');
      this.inFiles.add(piece);
      return cache.delete(infoHash, piece);
    }
    if (!this.inFiles.has(piece) || place === 'files') return;
    const isWorth = place === 'pinned' || worthlessness(piece) < Infinity || cache.freeBytes > size;
    const bytes = isWorth ? await this.read(piece, 0, size).catch(() => null) : null;
    const isKept = bytes !== null && (await this.putCached(piece, bytes, place));
    this.inFiles.delete(piece);
    if (!isKept) this.lose(piece);
  }

  private async cut(index: number, length: number): Promise<void> {
    await this.options.files
      .use(this.filePath(index), false, (file) => file.truncate(length))
      .catch(() => undefined);
  }

  private discard(piece: number): void {
    this.inFiles.delete(piece);
    void this.options.cache.delete(this.options.infoHash, piece).catch(() => undefined);
    this.lose(piece);
  }

  private lose(piece: number): void {
    this.trusted.delete(piece);
    this.options.recent.delete(this.options.infoHash, piece);
    this.options.gone(piece);
  }
}

const room = (length: number, into?: Uint8Array): Uint8Array =>
  into?.subarray(0, length) ?? Buffer.allocUnsafe(length);

/** Fills all of `bytes`. @throws PieceGone when the file is shorter */
async function fill(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const count = await file.read(bytes, done, bytes.length - done, position + done);
    if (count === 0) throw new PieceGone('The file is too short');
    done += count;
  }
}

/** Whether somebody else has this file too: by a hard link, or it is but a link to theirs. */
async function isShared(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => null);
  return stats !== null && (stats.isSymbolicLink() || stats.nlink > 1);
}
