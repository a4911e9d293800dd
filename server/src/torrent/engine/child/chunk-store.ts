import type { ChunkStoreClass, Torrent } from 'webtorrent';
import type { PieceStore } from './piece-store.js';

type Done = (error: Error | null, bytes?: Uint8Array) => void;

/**
 * Our piece store as WebTorrent plugs one in (abstract-chunk-store).
 * @param opened gives the store once the metadata is known; null: the torrent is refused
 * @param unwanted told of pieces that were taken and stored nowhere
 */
export function chunkStoreClass(
  opened: (torrent: Torrent) => PieceStore | null,
  unwanted: (piece: number) => void,
): ChunkStoreClass {
  const refused = new Error('The torrent is refused');
  return class {
    private readonly store: PieceStore | null;

    constructor(
      readonly chunkLength: number,
      { torrent }: { torrent: Torrent },
    ) {
      this.store = opened(torrent);
    }

    put(piece: number, bytes: Uint8Array, done: Done): void {
      if (!this.store) return done(refused);
      this.store.put(piece, bytes).then(
        (isStored) => {
          done(null);
          if (!isStored) unwanted(piece);
        },
        (error: unknown) => done(asError(error)),
      );
    }

    get(piece: number, options: { offset?: number; length?: number } | null, done: Done): void {
      if (!this.store) return done(refused);
      const offset = options?.offset ?? 0;
      const length = options?.length ?? this.store.options.layout.pieceSize(piece) - offset;
      this.store.read(piece, offset, length).then(
        (bytes) => done(null, bytes),
        (error: unknown) => done(asError(error)),
      );
    }

    // The store outlives the swarm: it closes with the torrent.
    close(done: Done): void {
      queueMicrotask(() => done(null));
    }

    destroy(done: Done): void {
      queueMicrotask(() => done(null));
    }
  };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
