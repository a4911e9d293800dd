import type { ChunkStore } from 'webtorrent/dist/webtorrent.min.js';

type Done<T> = (error: Error | null, value?: T) => void;

/** Pieces in memory, never more than fits; those that were used longest ago go first. */
export class PieceMemory implements ChunkStore {
  readonly #pieces = new Map<number, Uint8Array>();
  #bytes = 0;

  /** @param most bytes; two pieces are kept however large they are @param forgotten told of what went */
  constructor(
    private readonly most: number,
    private readonly forgotten: (piece: number) => void,
  ) {}

  put(piece: number, bytes: Uint8Array, done: Done<never>): void {
    this.#drop(piece);
    this.#pieces.set(piece, bytes);
    this.#bytes += bytes.length;
    for (const oldest of [...this.#pieces.keys()]) {
      if (this.#bytes <= this.most || this.#pieces.size <= 2) break;
      this.#drop(oldest);
      this.forgotten(oldest);
    }
    queueMicrotask(() => done(null));
  }

  get(piece: number, range: { offset?: number; length?: number } | null, done: Done<Uint8Array>): void {
    const bytes = this.read(piece);
    const { offset = 0, length = (bytes?.length ?? 0) - offset } = range ?? {};
    queueMicrotask(() =>
      bytes ? done(null, bytes.subarray(offset, offset + length)) : done(new Error('The piece is not here')),
    );
  }

  /** Undefined for one that is not here. */
  read(piece: number): Uint8Array | undefined {
    const bytes = this.#pieces.get(piece);
    if (!bytes) return undefined;
    this.#pieces.delete(piece);
    this.#pieces.set(piece, bytes);
    return bytes;
  }

  close(done: Done<never>): void {
    this.#pieces.clear();
    this.#bytes = 0;
    queueMicrotask(() => done(null));
  }

  destroy(done: Done<never>): void {
    this.close(done);
  }

  #drop(piece: number): void {
    this.#bytes -= this.#pieces.get(piece)?.length ?? 0;
    this.#pieces.delete(piece);
  }
}
