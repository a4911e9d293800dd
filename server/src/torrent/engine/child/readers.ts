import type { EngineError } from '../torrent-engine.js';
import { idleMs } from './governor.js';
import type { Layout } from './layout.js';
import { PieceGone } from './piece-store.js';
import { PieceWaits } from './piece-waits.js';

/** Somebody who reads a file. */
export interface Reader {
  readonly fileIndex: number;
  /** Next byte, from the torrent's first. */
  offset: number;
  /** ms of a clock that only goes forward; null while it takes, or waits for us */
  idleSince: number | null;
}

/** What is read from. */
export interface ReadTorrent {
  readonly layout: Layout;
  has(piece: number): boolean;
  /** @throws PieceGone */
  read(piece: number, offset: number, length: number, into: Uint8Array): Promise<Uint8Array>;
}

export interface ReadersListener {
  /** Why nothing will ever come; null: it may. */
  refusal(): EngineError | null;
  /** Somebody came, left or went elsewhere. */
  changed(isJump: boolean): void;
  /** Somebody reads the next piece, or waits for one. */
  moved(): void;
  /** A piece that was said to be there is not. */
  lost(piece: number): void;
}

/** Read at once, so that peers and other viewers get their turns; two of these are a reader's memory. */
const readLength = 256 * 1024;

/** Who reads a torrent, and where: what its windows follow. */
export class Readers {
  readonly active = new Set<Reader>();
  readonly waits = new PieceWaits();
  /** Where somebody will read next, they said; by file. */
  private readonly hints = new Map<number, Reader>();

  constructor(private readonly listener: ReadersListener) {}

  /** Those who read, in order, then those who will. */
  get places(): Reader[] {
    return [...this.active, ...this.hints.values()];
  }

  get isEmpty(): boolean {
    return this.active.size === 0 && this.hints.size === 0;
  }

  /** As if somebody had begun to read there. */
  hint(fileIndex: number, offset: number): void {
    this.hints.set(fileIndex, { fileIndex, offset, idleSince: performance.now() });
    this.listener.changed(true);
  }

  forgetOldHints(): void {
    for (const [index, { idleSince }] of this.hints) {
      if (idleSince !== null && performance.now() - idleSince >= idleMs) this.hints.delete(index);
    }
  }

  /**
   * Bytes from `start` up to and including `end`, as their pieces are verified. Ends when `signal` aborts. Each chunk is
   * valid until the next one is asked for.
   * @param start in the torrent @throws EngineError when they never will come
   */
  async *read(
    torrent: ReadTorrent,
    fileIndex: number,
    range: { readonly start: number; readonly end: number },
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const reader: Reader = { fileIndex, offset: range.start, idleSince: null };
    this.active.add(reader);
    this.hints.delete(fileIndex);
    this.listener.changed(true);
    const buffers = [Buffer.allocUnsafeSlow(readLength), Buffer.allocUnsafeSlow(readLength)] as const;
    let ahead: Promise<Uint8Array | null> | null = null;
    try {
      for (let turn = 0; reader.offset <= range.end && !signal.aborted; turn ^= 1) {
        const bytes: Uint8Array | null = await (ahead ??
          this.next(torrent, reader.offset, range.end, buffers[turn === 0 ? 0 : 1], signal));
        ahead = null;
        if (!bytes) continue;
        const from = reader.offset;
        const next = from + bytes.length;
        if (next <= range.end && torrent.has(torrent.layout.pieceAt(next))) {
          ahead = this.next(torrent, next, range.end, buffers[turn === 0 ? 1 : 0], signal);
          // A failure is for whoever asks for it.
          ahead.catch(() => undefined);
        }
        reader.idleSince = performance.now();
        yield bytes;
        reader.idleSince = null;
        reader.offset = next;
        if (torrent.layout.pieceAt(next) !== torrent.layout.pieceAt(from)) this.listener.moved();
      }
    } finally {
      this.active.delete(reader);
      this.listener.changed(false);
    }
  }

  private async next(
    torrent: ReadTorrent,
    offset: number,
    end: number,
    into: Uint8Array,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    const { layout } = torrent;
    const piece = layout.pieceAt(offset);
    while (!torrent.has(piece)) {
      const refusal = this.listener.refusal();
      if (refusal) throw refusal;
      const came = this.waits.for(piece, signal);
      this.listener.moved();
      await came;
      if (signal.aborted) return null;
    }
    const within = offset - piece * layout.pieceLength;
    const length = Math.min(readLength, layout.pieceSize(piece) - within, end - offset + 1);
    try {
      return await torrent.read(piece, within, length, into);
    } catch (error) {
      if (!(error instanceof PieceGone)) throw error;
      // Evicted or damaged: it is fetched again.
      this.listener.lost(piece);
      return null;
    }
  }
}
