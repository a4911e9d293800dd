/** Bytes that arrive in chunks and leave in other pieces; nothing is copied but what a piece joins. */
export class ChunkQueue {
  private chunks: Buffer[] = [];
  /** Chunks that have left already; cut off now and then, since shift() of a long array is not free. */
  private first = 0;
  private total = 0;

  get length(): number {
    return this.total;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.chunks.push(chunk);
    this.total += chunk.length;
  }

  /** The next bytes, left in place; fewer than asked for at the end. */
  peek(count: number): Buffer {
    const head = this.chunks[this.first];
    if (!head || head.length >= count) return head?.subarray(0, count) ?? Buffer.alloc(0);
    const parts: Buffer[] = [];
    let size = 0;
    for (let at = this.first; at < this.chunks.length && size < count; at++) {
      const chunk = this.chunks[at];
      if (chunk) parts.push(chunk);
      size += chunk?.length ?? 0;
    }
    return Buffer.concat(parts).subarray(0, count);
  }

  /** Exactly `count` bytes; there must be as many. */
  take(count: number): Buffer {
    if (count > this.total) throw new RangeError(`${count} bytes of ${this.total}`);
    const parts: Buffer[] = [];
    for (let wanted = count; wanted > 0;) {
      const chunk = this.chunks[this.first];
      if (!chunk) break;
      parts.push(chunk.subarray(0, wanted));
      if (chunk.length > wanted) this.chunks[this.first] = chunk.subarray(wanted);
      else this.first += 1;
      wanted -= chunk.length;
    }
    if (this.first > 1024 || this.first === this.chunks.length) {
      this.chunks = this.chunks.slice(this.first);
      this.first = 0;
    }
    this.total -= count;
    const [only] = parts;
    return parts.length === 1 && only ? only : Buffer.concat(parts, count);
  }
}
