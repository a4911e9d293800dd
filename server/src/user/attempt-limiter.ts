import { RecentMap } from '../common/recent-map.js';
interface Attempts {
  count: number;
  blockedUntil: number;
  lastAt: number;
}

export interface AttemptLimits {
  /** Failures that cost nothing. */
  free: number;
  /** Milliseconds of the first block; each further failure doubles it. */
  firstBlockMs: number;
  longestBlockMs: number;
}

const forgetAfterMs = 60 * 60 * 1000;
const mostKeys = 10_000;

/** Slows down whoever keeps failing: after a few free tries each failure blocks its key for twice as long. */
export class AttemptLimiter {
  private readonly attempts = new RecentMap<string, Attempts>(mostKeys);

  constructor(
    private readonly limits: AttemptLimits,
    private readonly now: () => number = Date.now,
  ) {}

  /** Seconds the key is still blocked; 0 when it may try. */
  retryAfter(key: string): number {
    const blockedUntil = this.attempts.get(key)?.blockedUntil ?? 0;
    return Math.max(0, Math.ceil((blockedUntil - this.now()) / 1000));
  }

  fail(key: string): void {
    const now = this.now();
    const known = this.attempts.get(key);
    const count = known && now - known.lastAt < forgetAfterMs ? known.count + 1 : 1;
    const over = count - this.limits.free;
    const block =
      over >= 0
        ? Math.min(this.limits.firstBlockMs * 2 ** Math.min(over, 20), this.limits.longestBlockMs)
        : 0;
    this.attempts.set(key, { count, blockedUntil: now + block, lastAt: now });
  }

  succeed(key: string): void {
    this.attempts.delete(key);
  }
}
