import { contentPrefix, segmentPath } from '../../server/src/transcoding/store/segment-path.js';
import {
  type SegmentKey,
  type SegmentStore,
  SegmentStoreFull,
} from '../../server/src/transcoding/store/segment-store.port.js';

/** A segment store for tests of what uses one. */
export class MemorySegmentStore implements SegmentStore {
  /** The longest unused first. */
  private readonly kept = new Map<string, Uint8Array>();

  constructor(private readonly capacity = Infinity) {}

  get bytes(): number {
    return [...this.kept.values()].reduce((sum, { length }) => sum + length, 0);
  }

  get(key: SegmentKey): Promise<Uint8Array | undefined> {
    return attempt(() => {
      const path = segmentPath(key);
      const bytes = this.kept.get(path);
      if (bytes) this.keep(path, bytes);
      return bytes && Uint8Array.from(bytes);
    });
  }

  put(key: SegmentKey, bytes: Uint8Array): Promise<void> {
    return attempt(() => {
      const path = segmentPath(key);
      if (bytes.length > this.capacity)
        throw new SegmentStoreFull('The segment is larger than the whole cache.');
      this.kept.delete(path);
      for (const oldest of this.kept.keys()) {
        if (this.bytes + bytes.length <= this.capacity) break;
        this.kept.delete(oldest);
      }
      this.keep(path, Uint8Array.from(bytes));
    });
  }

  has(key: SegmentKey): Promise<boolean> {
    return attempt(() => this.kept.has(segmentPath(key)));
  }

  forget(contentKey: string): Promise<void> {
    return attempt(() => {
      for (const path of this.kept.keys())
        if (path.startsWith(contentPrefix(contentKey))) this.kept.delete(path);
    });
  }

  private keep(path: string, bytes: Uint8Array): void {
    this.kept.delete(path);
    this.kept.set(path, bytes);
  }
}

/** What throws rejects, as in a store that really waits. */
const attempt = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));
