import { join } from 'node:path';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Logger } from '../common/log/logger.js';
import type { Config } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { Cache } from './cache.js';
import { TieredCache } from './tiered-cache.js';

/** Redis is loaded only where it is used: the default start should not pay for it. */
async function makeCache(config: Config, root: Logger): Promise<Cache> {
  const logger = root.scoped('cache');
  if (!config.redisUrl) return new TieredCache({ directory: join(config.dataDirectory, 'cache'), logger });
  const { RedisCache } = await import('./redis-cache.js');
  const cache = new RedisCache(config.redisUrl, logger);
  await cache.connect();
  return cache;
}

/** One cache for everyone; start keys with what they are about, `provider:`, so that they can be dropped together. */
@Global()
@Module({
  providers: [{ provide: Cache, inject: [configToken, Logger], useFactory: makeCache }],
  exports: [Cache],
})
export class CacheModule implements OnApplicationShutdown {
  constructor(@Inject(Cache) private readonly cache: Cache) {}

  onApplicationShutdown(): void {
    this.cache.close();
  }
}
