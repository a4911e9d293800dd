export interface CacheEntry {
  /** JSON. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** UTF-16 text of key and value, and about 100 bytes of bookkeeping. */
const sizeOf = (key: string, { text }: CacheEntry): number => 2 * (key.length + text.length) + 100;

/** The most recently used entries, at most `capacity` bytes of them. */
export class MemoryTier {
  /** In the order of use, the oldest first. */
  private readonly entries = new Map<string, CacheEntry>();
  private used = 0;

  constructor(private readonly capacity: number) {}

  get bytes(): number {
    return this.used;
  }

  get(key: string): CacheEntry | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry;
  }

  /** Does not keep what would push out more than an eighth of everything else. */
  set(key: string, entry: CacheEntry): void {
    this.delete(key);
    const size = sizeOf(key, entry);
    if (size > this.capacity / 8) return;
    this.entries.set(key, entry);
    this.used += size;
    for (const oldest of this.entries.keys()) {
      if (this.used <= this.capacity) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.used -= sizeOf(key, entry);
  }

  drop(prefix: string): void {
    for (const key of this.entries.keys()) if (key.startsWith(prefix)) this.delete(key);
  }
}
