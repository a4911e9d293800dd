import { type Release, WorkLimit } from '../../common/work-limit.js';
import { ProviderTrouble } from '../provider.js';
import type { ProviderClock } from './clock.js';
import { fullBucket, takeToken, type TokenBucket } from './token-bucket.js';

const busy = (): ProviderTrouble => new ProviderTrouble('resting', 'Too much is being asked of it.', 10);

/** Who waits for one provider: two questions at a time, and so many requests a second. */
export class ProviderLine {
  private readonly asking = new WorkLimit(2, { mostWaiting: 100, refusal: busy });
  private bucket: TokenBucket;

  constructor(
    /** Requests a second. */
    readonly rate: number,
    private readonly clock: ProviderClock,
  ) {
    this.bucket = fullBucket(rate, clock.now());
  }

  get running(): number {
    return this.asking.running;
  }

  /** Waits for a place. @throws ProviderTrouble where too many wait, or the signal's reason */
  enter(signal: AbortSignal): Promise<Release> {
    return this.asking.acquire({ signal });
  }

  /** Waits until one request more may be sent. @param patienceMs longer than that is not waited @throws ProviderTrouble, the signal's reason */
  async pace(patienceMs: number, signal: AbortSignal): Promise<void> {
    const { bucket, waitMs } = takeToken(this.bucket, this.rate, this.clock.now());
    if (waitMs > patienceMs) throw busy();
    this.bucket = bucket;
    if (waitMs > 0) await this.pause(waitMs, signal);
  }

  private pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        stop();
        reject(signal.reason as Error);
      };
      const stop = this.clock.after(ms, () => {
        signal.removeEventListener('abort', leave);
        resolve();
      });
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
