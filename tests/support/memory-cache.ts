import { Cache } from '../../server/src/cache/cache.js';

/** A cache that forgets nothing by itself; everyone gets a copy, as of a real one. */
export class MemoryCache extends Cache {
  readonly entries = new Map<string, string>();

  get<T>(key: string): Promise<T | undefined> {
    const text = this.entries.get(key);
    return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as T));
  }

  set(key: string, value: unknown, _lifetimeSeconds: number): Promise<void> {
    this.entries.set(key, JSON.stringify(value));
    return Promise.resolve();
  }

  drop(prefix: string): Promise<void> {
    for (const key of [...this.entries.keys()]) if (key.startsWith(prefix)) this.entries.delete(key);
    return Promise.resolve();
  }
}
