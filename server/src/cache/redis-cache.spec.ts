import { describeWith, freePort, type PrivateServer } from '../../../tests/support/private-server.js';
import { hasRedis, startRedis } from '../../../tests/support/redis.js';
import { newId } from '../common/id.js';
import { Logger, LogSink } from '../common/log/logger.js';
import { cacheContract } from './cache.contract.js';
import { RedisCache } from './redis-cache.js';

describe('RedisCache', () => {
  const lines: string[] = [];
  const logger = new Logger(new LogSink('debug', (line) => void lines.push(line)), 'cache');
  beforeEach(() => void lines.splice(0));

  describeWith('Redis', hasRedis(), () => {
    let redis: PrivateServer;
    const open = async (prefix = `test-${newId()}:`): Promise<RedisCache> => {
      const cache = new RedisCache(redis.url, logger, prefix);
      await cache.connect();
      return cache;
    };

    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());

    cacheContract(() => open());

    test('is shared between processes, and apart from other prefixes', async () => {
      const [one, same, other] = [await open('shared:'), await open('shared:'), await open('other:')];
      await one.set('key', 1, 60);
      expect(await same.get('key')).toBe(1);
      expect(await other.get('key')).toBeUndefined();
      await other.drop('');
      expect(await one.get('key')).toBe(1);
      for (const cache of [one, same, other]) cache.close();
    });

    test('does not carry giants', async () => {
      const cache = await open();
      await cache.set('giant', 'x'.repeat(5 * 1024 * 1024), 60);
      expect(await cache.get('giant')).toBeUndefined();
      cache.close();
    });
  });

  test('misses while Redis is away, instead of waiting for it, and complains once', async () => {
    const cache = new RedisCache(`redis://127.0.0.1:${await freePort()}`, logger);
    await cache.connect();
    for (let n = 0; n < 5; n++) {
      await cache.set('key', n, 60);
      expect(await cache.get('key')).toBeUndefined();
      await cache.drop('');
    }
    expect(lines).toHaveLength(1);
    cache.close();
  });
});
