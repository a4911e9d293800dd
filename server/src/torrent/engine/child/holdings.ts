import type { Layout } from './layout.js';
import { PieceSet } from './piece-set.js';

/** What of a torrent is here, counted as it comes and goes: never added up. */
export class Holdings {
  readonly pieces: PieceSet;
  bytes = 0;
  /** Of each file. */
  readonly fileBytes: number[];

  constructor(readonly layout: Layout) {
    this.pieces = new PieceSet(layout.pieceCount);
    this.fileBytes = layout.files.map(() => 0);
  }

  /** @returns false if it was here */
  add(piece: number): boolean {
    if (!this.pieces.add(piece)) return false;
    this.count(piece, 1);
    return true;
  }

  /** @returns false if it was not here */
  delete(piece: number): boolean {
    if (!this.pieces.delete(piece)) return false;
    this.count(piece, -1);
    return true;
  }

  hasFile(index: number): boolean {
    return this.fileBytes[index] === this.layout.files[index]?.length;
  }

  private count(piece: number, sign: 1 | -1): void {
    this.bytes += sign * this.layout.pieceSize(piece);
    for (const { file, length } of this.layout.partsOf(piece)) {
      this.fileBytes[file] = (this.fileBytes[file] ?? 0) + sign * length;
    }
  }
}
