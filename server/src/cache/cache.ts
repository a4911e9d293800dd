/**
 * Keeps what can be had again. Two adapters: memory with a disk tier (default), and Redis. A cache never fails a
 * request: on trouble it logs once and misses.
 */
export abstract class Cache {
  /** The value (JSON), or undefined when it is not there, expired or unreadable. */
  abstract get<T>(key: string): Promise<T | undefined>;
  /** @param lifetimeSeconds how long it may be served */
  abstract set(key: string, value: unknown, lifetimeSeconds: number): Promise<void>;
  /** Drops every key that starts with `prefix`. */
  abstract drop(prefix: string): Promise<void>;
  /** Lets go of connections; nothing to do by default. */
  close(): void {}
}
