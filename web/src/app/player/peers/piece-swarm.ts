/** Other browsers that have pieces of a torrent, as a film is read from them. Places are bytes of the torrent. */
export interface PieceSwarm {
  readonly pieceLength: number;
  /** Bytes of the torrent. */
  readonly length: number;
  /** Undefined for a piece that is not here. */
  read(piece: number): Uint8Array | undefined;
  /** Whether another browser has it and gives it. */
  isOffered(piece: number): boolean;
  /** These are asked for, in this order, from whoever has them; nothing else is. */
  want(from: number, to: number): void;
  /** Waits for a piece. @returns whether it came within `ms` */
  until(piece: number, ms: number, signal: AbortSignal): Promise<boolean>;
  /** A whole piece that came from the server: others may have it. */
  give(piece: number, bytes: Uint8Array): void;
}
