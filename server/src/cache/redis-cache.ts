import { Redis } from 'ioredis';
import type { Logger } from '../common/log/logger.js';
import { Cache } from './cache.js';
import { TroubleLog } from './trouble-log.js';
import { encodeValue } from './value-text.js';

/** Bytes of JSON; more than that is not worth carrying over the network. */
const largestValue = 4 * 1024 * 1024;
/** A cache that is slower than this is no help. */
const commandTimeoutMs = 500;

const escapeGlob = (text: string): string => text.replaceAll(/[\\*?[\]]/g, '\\$&');

/** The cache all processes share. How much it may hold and what goes first is Redis' own `maxmemory` policy. */
export class RedisCache extends Cache {
  private readonly redis: Redis;
  private readonly trouble: TroubleLog;

  constructor(
    url: string,
    logger: Logger,
    private readonly prefix = 'hearth:cache:',
  ) {
    super();
    this.trouble = new TroubleLog(logger, 'The cache in Redis');
    // Fails at once while Redis is away, rather than keeping requests waiting for it.
    const impatient = {
      commandTimeout: commandTimeoutMs,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
    };
    this.redis = new Redis(url, { ...impatient, disconnectTimeout: 200, lazyConnect: true });
    this.redis.on('error', () => undefined);
  }

  /** Waits for the first connection; without one the cache misses until Redis comes. */
  async connect(): Promise<void> {
    await this.trouble.guard(undefined, () => this.redis.connect());
  }

  override close(): void {
    this.redis.disconnect();
  }

  override async get<T>(key: string): Promise<T | undefined> {
    return this.trouble.guard<T | undefined>(undefined, async () => {
      const text = await this.redis.get(this.prefix + key);
      return text === null ? undefined : (JSON.parse(text) as T);
    });
  }

  override async set(key: string, value: unknown, lifetimeSeconds: number): Promise<void> {
    await this.trouble.guard(undefined, async () => {
      const text = encodeValue(value);
      const isKept = text !== undefined && lifetimeSeconds > 0 && Buffer.byteLength(text) <= largestValue;
      const lifetimeMs = Math.max(1, Math.round(lifetimeSeconds * 1000));
      if (isKept) await this.redis.set(this.prefix + key, text, 'PX', lifetimeMs);
      else await this.redis.unlink(this.prefix + key);
    });
  }

  override async drop(prefix: string): Promise<void> {
    await this.trouble.guard(undefined, async () => {
      const match = `${escapeGlob(this.prefix + prefix)}*`;
      let cursor = '0';
      do {
        const [next, keys] = await this.redis.scan(cursor, 'MATCH', match, 'COUNT', 500);
        if (keys.length > 0) await this.redis.unlink(...keys);
        cursor = next;
      } while (cursor !== '0');
    });
  }
}
