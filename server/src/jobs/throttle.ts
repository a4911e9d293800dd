/** Lets an action happen at once and then at most every `intervalMs`; the last call is never lost. */
export class Throttle {
  private timer: NodeJS.Timeout | undefined;
  private isDue = false;

  constructor(
    private readonly intervalMs: number,
    private readonly action: () => void,
  ) {}

  call(): void {
    this.isDue = true;
    if (!this.timer) this.act();
  }

  /** Forgets what is due: its owner takes care of the last value. */
  stop(): void {
    this.isDue = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private act(): void {
    this.timer = undefined;
    if (!this.isDue) return;
    this.isDue = false;
    this.timer = setTimeout(() => this.act(), this.intervalMs);
    this.timer.unref();
    this.action();
  }
}
