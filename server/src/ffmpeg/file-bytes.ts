import { ProbeFailed } from './media-probe.js';
import type { RandomAccess } from './random-access.js';

const BLOCK = 32 * 1024;
const KEPT_BLOCKS = 8;
const LARGEST_READ = 32 * 1024 * 1024;
/** More than the headers of any sound media file; a file that leads a probe further is damaged or hostile. */
const BUDGET = 128 * 1024 * 1024;
/** Bytes that are one place. */
const PLACE = 64 * 1024;

type Block = { readonly start: number; readonly bytes: Buffer };

/**
 * Random access to an open file in small cached blocks. Synchronous, because it runs in a worker thread where a
 * read from the page cache is cheaper than a promise. What it reads in all is bounded.
 */
export class FileBytes {
  private readonly blocks: Block[] = [];
  private spent = 0;
  private readonly visited = new Set<number>();
  readonly size: number;

  constructor(
    private readonly access: RandomAccess,
    /** Bytes read at least; small where many far places are visited. */
    private readonly block = BLOCK,
    /** Bytes read in all at most. */
    private readonly budget = BUDGET,
    /** Places visited at most: while an index is looked for, but not for what is found by one. */
    private readonly mostPlaces = access.mostPlaces,
  ) {
    this.size = access.size;
  }

  /** Bytes read elsewhere from the same file, so that they are not read twice. */
  seed(start: number, bytes: Buffer): void {
    this.blocks.push({ start, bytes });
  }

  /** Up to `length` bytes; fewer only at the end of the file. The result is a view, not a copy. */
  read(offset: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    if (wanted === 0 || offset < 0) return Buffer.alloc(0);
    const end = offset + wanted;
    for (const { start, bytes } of this.blocks) {
      if (offset >= start && end <= start + bytes.length) return bytes.subarray(offset - start, end - start);
    }
    const bytes = this.load(offset, Math.max(wanted, Math.min(this.block, this.size - offset)));
    if (bytes.length <= this.block) {
      if (this.blocks.length >= KEPT_BLOCKS) this.blocks.shift();
      this.blocks.push({ start: offset, bytes });
    }
    return bytes.subarray(0, wanted);
  }

  /** Exactly `length` bytes, or the file is cut. */
  exactly(offset: number, length: number): Buffer {
    const bytes = this.read(offset, length);
    if (bytes.length < length) throw new ProbeFailed('damaged', 'The file ends in the middle of its index.');
    return bytes;
  }

  private load(offset: number, length: number): Buffer {
    this.spent += length;
    if (length > LARGEST_READ || this.spent > this.budget) {
      throw new ProbeFailed('damaged', 'The index of the file is larger than any sound one.');
    }
    this.visit(offset);
    const bytes = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
      const count = this.access.read(bytes, filled, length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  }

  private visit(offset: number): void {
    if (this.mostPlaces === Infinity) return;
    this.visited.add(Math.floor(offset / PLACE));
    if (this.visited.size > this.mostPlaces)
      throw new ProbeFailed('damaged', 'The index of the file is scattered over all of it.');
  }
}
