import { Injectable } from '@nestjs/common';

/** Time, as providers are asked by it. Tests bring their own. */
@Injectable()
export class ProviderClock {
  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now();
  }

  /** @returns calls it off */
  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  }
}
