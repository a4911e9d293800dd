import { RecentMap } from './recent-map.js';

const mostKeys = 10_000;

/** So many of one key within a window that slides. */
export class RateLimit {
  private readonly taken = new RecentMap<string, readonly number[]>(mostKeys);

  constructor(
    private readonly most: number,
    private readonly windowMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes one. @returns 0, or seconds until there is one again */
  take(key: string): number {
    const now = this.now();
    const lately = (this.taken.get(key) ?? []).filter((at) => now - at < this.windowMs);
    const [first = now] = lately;
    if (lately.length >= this.most) return Math.ceil((first + this.windowMs - now) / 1000);
    this.taken.set(key, [...lately, now]);
    return 0;
  }
}
