import type { Stats } from 'node:fs';

/** Bytes read from anywhere, synchronously: worker threads have nothing else to do meanwhile. */
export interface RandomAccess {
  /** bytes */
  readonly size: number;
  /** Places that may be visited to find an index: each of a torrent costs a piece. */
  readonly mostPlaces: number;
  /** Null behind an address. */
  readonly stats: Stats | null;
  /** @returns how many bytes came; fewer than `length` only at the end, 0 behind it @throws the system's error */
  read(target: Buffer, at: number, length: number, position: number): number;
  close(): void;
}
