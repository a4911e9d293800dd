import { ProviderClock } from '../../server/src/provider/asking/clock.js';

/** Time that passes when the test says so. */
export class TestClock extends ProviderClock {
  private time = Date.UTC(2026, 0, 1);
  private timers: { at: number; callback: () => void }[] = [];

  override now(): number {
    return this.time;
  }

  override after(ms: number, callback: () => void): () => void {
    const timer = { at: this.time + ms, callback };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((each) => each !== timer));
  }

  /** Whether somebody waits for a time to come. */
  get isAwaited(): boolean {
    return this.timers.length > 0;
  }

  pass(ms: number): void {
    this.time += ms;
    const due = this.timers.filter(({ at }) => at <= this.time).sort((a, b) => a.at - b.at);
    this.timers = this.timers.filter((timer) => !due.includes(timer));
    for (const { callback } of due) callback();
  }
}
