/** One of the longest pieces, or seconds of a film. */
const mostBytes = 16 * 1024 * 1024;

/**
 * Pieces that have just come, of all torrents: who waits for one takes it from here instead of from the disk it was
 * written to.
 */
export class RecentPieces {
  private readonly pieces = new Map<string, Uint8Array>();
  private bytes = 0;

  get(infoHash: string, piece: number): Uint8Array | undefined {
    return this.pieces.get(`${infoHash}/${piece}`);
  }

  add(infoHash: string, piece: number, bytes: Uint8Array): void {
    this.delete(infoHash, piece);
    this.pieces.set(`${infoHash}/${piece}`, bytes);
    this.bytes += bytes.length;
    for (const oldest of this.pieces.keys()) {
      if (this.bytes <= mostBytes) return;
      this.forget(oldest);
    }
  }

  delete(infoHash: string, piece: number): void {
    this.forget(`${infoHash}/${piece}`);
  }

  deleteAll(infoHash: string): void {
    for (const key of this.pieces.keys()) if (key.startsWith(infoHash)) this.forget(key);
  }

  private forget(key: string): void {
    this.bytes -= this.pieces.get(key)?.length ?? 0;
    this.pieces.delete(key);
  }
}
