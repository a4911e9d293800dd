/** What may still be asked at once; below zero is what was promised ahead of time. */
export interface TokenBucket {
  readonly tokens: number;
  /** Milliseconds: when that was so. */
  readonly at: number;
}

/** So much may be asked at once after a pause: what one second allows, and two at least. */
const capacity = (rate: number): number => Math.max(2, rate);

export const fullBucket = (rate: number, now: number): TokenBucket => ({ tokens: capacity(rate), at: now });

/** Takes one. @param rate a second @returns what is left, and milliseconds to wait before using it */
export function takeToken(
  bucket: TokenBucket,
  rate: number,
  now: number,
): { bucket: TokenBucket; waitMs: number } {
  const refilled = bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * rate;
  const tokens = Math.min(capacity(rate), refilled) - 1;
  return { bucket: { tokens, at: now }, waitMs: tokens >= 0 ? 0 : Math.ceil((-tokens / rate) * 1000) };
}
