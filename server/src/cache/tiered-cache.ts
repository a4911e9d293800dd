import type { Logger } from '../common/log/logger.js';
import { Cache } from './cache.js';
import { DiskTier } from './disk-tier.js';
import { type CacheEntry, MemoryTier } from './memory-tier.js';
import { TroubleLog } from './trouble-log.js';
import { encodeValue } from './value-text.js';

const mebibyte = 1024 * 1024;

export interface TieredCacheSettings {
  readonly directory: string;
  readonly logger: Logger;
  /** Bytes. */
  readonly memoryCapacity?: number;
  /** Bytes. */
  readonly diskCapacity?: number;
  readonly now?: () => number;
}

/** The default cache: the most recently used in memory, more of it on disk, where it outlives the process. */
export class TieredCache extends Cache {
  private readonly memory: MemoryTier;
  private readonly disk: DiskTier;
  private readonly trouble: TroubleLog;
  private readonly now: () => number;

  constructor(settings: TieredCacheSettings) {
    super();
    this.memory = new MemoryTier(settings.memoryCapacity ?? 32 * mebibyte);
    this.disk = new DiskTier(settings.directory, settings.diskCapacity ?? 256 * mebibyte);
    this.trouble = new TroubleLog(settings.logger, 'The cache on disk');
    this.now = settings.now ?? Date.now;
  }

  override async get<T>(key: string): Promise<T | undefined> {
    const entry = this.fresh(this.memory.get(key)) ?? (await this.fromDisk(key));
    return entry && (JSON.parse(entry.text) as T);
  }

  override async set(key: string, value: unknown, lifetimeSeconds: number): Promise<void> {
    await this.trouble.guard(undefined, async () => {
      const text = encodeValue(value);
      if (text === undefined || !(lifetimeSeconds > 0)) return this.forget(key);
      const entry = { text, expiresAt: this.now() + lifetimeSeconds * 1000 };
      this.memory.set(key, entry);
      await this.disk.set(key, entry);
    });
  }

  override async drop(prefix: string): Promise<void> {
    this.memory.drop(prefix);
    await this.trouble.guard(undefined, () => this.disk.drop(prefix));
  }

  private async fromDisk(key: string): Promise<CacheEntry | undefined> {
    const stored = await this.trouble.guard(undefined, () => this.disk.get(key));
    if (!stored) return undefined;
    const entry = this.fresh(stored);
    if (entry) this.memory.set(key, entry);
    else await this.forget(key);
    return entry;
  }

  private async forget(key: string): Promise<void> {
    this.memory.delete(key);
    await this.trouble.guard(undefined, () => this.disk.delete(key));
  }

  private fresh(entry: CacheEntry | undefined): CacheEntry | undefined {
    return entry && entry.expiresAt > this.now() ? entry : undefined;
  }
}
