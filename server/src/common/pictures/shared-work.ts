import type { WorkLimit } from '../work-limit.js';

/** Work within a limit, and work of one key only once for all who ask meanwhile. */
export class SharedWork<T> {
  private readonly underWay = new Map<string, Promise<T>>();

  constructor(private readonly limit: WorkLimit) {}

  /** Work that is under way for this key; else `work`, once it is its turn. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.underWay.get(key);
    if (known) return known;
    const result = this.limit.run(work).finally(() => this.underWay.delete(key));
    this.underWay.set(key, result);
    return result;
  }
}
