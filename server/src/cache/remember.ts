import type { Cache } from './cache.js';

const flights = new WeakMap<Cache, Map<string, Promise<unknown>>>();

/**
 * The cached value, or what `produce` makes, kept for `lifetimeSeconds`. Callers that come while it is being made wait
 * for the same one. A failure goes to all of them and is not kept; neither is `undefined`.
 */
export async function remember<T>(
  cache: Cache,
  key: string,
  lifetimeSeconds: number,
  produce: () => Promise<T>,
): Promise<T> {
  const ofCache = flights.get(cache) ?? new Map<string, Promise<unknown>>();
  flights.set(cache, ofCache);
  const underWay = ofCache.get(key);
  // One key, one type: the same trust as in `Cache.get`.
  if (underWay) return underWay as Promise<T>;
  const flight = lookUpOrMake(cache, key, lifetimeSeconds, produce).finally(() => ofCache.delete(key));
  ofCache.set(key, flight);
  return flight;
}

async function lookUpOrMake<T>(
  cache: Cache,
  key: string,
  lifetimeSeconds: number,
  produce: () => Promise<T>,
): Promise<T> {
  const known = await cache.get<T>(key);
  if (known !== undefined) return known;
  const made = await produce();
  if (made !== undefined) await cache.set(key, made, lifetimeSeconds);
  return made;
}
