/** Some of a torrent's pieces: one bit each, the first in the highest bit, as on the wire (BEP 3). */
export class PieceSet {
  size = 0;

  constructor(
    readonly pieceCount: number,
    readonly bytes: Uint8Array = new Uint8Array(Math.ceil(pieceCount / 8)),
  ) {
    for (let piece = 0; piece < pieceCount; piece++) if (this.has(piece)) this.size++;
  }

  has(piece: number): boolean {
    return ((this.bytes[piece >> 3] ?? 0) & (0x80 >> (piece & 7))) !== 0;
  }

  /** @returns false if it was there */
  add(piece: number): boolean {
    if (piece < 0 || piece >= this.pieceCount || this.has(piece)) return false;
    this.bytes[piece >> 3] = (this.bytes[piece >> 3] ?? 0) | (0x80 >> (piece & 7));
    this.size++;
    return true;
  }

  /** @returns false if it was not there */
  delete(piece: number): boolean {
    if (!this.has(piece)) return false;
    this.bytes[piece >> 3] = (this.bytes[piece >> 3] ?? 0) & ~(0x80 >> (piece & 7));
    this.size--;
    return true;
  }

  /** First piece from here on that is not in it; `to + 1` if all up to `to` are. */
  firstMissing(from: number, to: number): number {
    let piece = from;
    while (piece <= to && this.has(piece)) piece++;
    return piece;
  }
}
