/**
 * Spreads bytes over time. It goes into debt for whatever is taken, and tells how long to wait until that is paid: so
 * every taker gets their turn, in the order they asked, however large a piece is.
 */
export class TokenBucket {
  private tokens: number;
  private at: number;

  /**
   * @param bytesPerSecond may change at any time
   * @param now ms
   */
  constructor(
    public bytesPerSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    // A quarter of a second: short answers go at once, and no burst shows in a graph of seconds.
    this.tokens = bytesPerSecond / 4;
    this.at = now();
  }

  /** @returns ms until the bytes may go */
  take(bytes: number): number {
    const time = this.now();
    const earned = ((time - this.at) / 1000) * this.bytesPerSecond;
    this.tokens = Math.min(this.tokens + earned, this.bytesPerSecond / 4) - bytes;
    this.at = time;
    return this.tokens >= 0 ? 0 : (-this.tokens / this.bytesPerSecond) * 1000;
  }
}
