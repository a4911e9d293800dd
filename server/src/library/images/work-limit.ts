/** Runs at most `width` pieces of work at once, and work of one key only once for all who ask meanwhile. */
export class WorkLimit<T> {
  private readonly underWay = new Map<string, Promise<T>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly width: number) {}

  /** Work that is running under this key, shared; else `work`, once it is its turn. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.underWay.get(key);
    if (known) return known;
    const result = this.inTurn(work).finally(() => this.underWay.delete(key));
    this.underWay.set(key, result);
    return result;
  }

  private async inTurn(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
    try {
      return await work();
    } finally {
      // The place goes straight to the next one in line.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
