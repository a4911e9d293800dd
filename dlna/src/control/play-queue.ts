/** More is a mistake, or a playlist that nobody hears to its end. */
const most = 1000;

/** What plays on one renderer, what played before and what comes after. */
export class PlayQueue<T> {
  private played: T[] = [];
  private now: T | undefined;
  private coming: T[] = [];

  get current(): T | undefined {
    return this.now;
  }

  get next(): T | undefined {
    return this.coming[0];
  }

  get upcoming(): readonly T[] {
    return this.coming;
  }

  /** The first is current from now on. */
  replace(items: readonly T[]): void {
    [this.now, ...this.coming] = items.slice(0, most);
    this.played = [];
  }

  append(items: readonly T[]): void {
    this.coming.push(...items.slice(0, Math.max(0, most - this.coming.length)));
  }

  /** @returns what is current now; undefined at the end */
  advance(): T | undefined {
    if (this.now !== undefined) this.played = [...this.played.slice(-most), this.now];
    this.now = this.coming.shift();
    return this.now;
  }

  /** @returns what is current now; undefined, and nothing changed, where nothing was before it */
  back(): T | undefined {
    const before = this.played.pop();
    if (before === undefined) return undefined;
    if (this.now !== undefined) this.coming.unshift(this.now);
    return (this.now = before);
  }

  clear(): void {
    this.played = [];
    this.now = undefined;
    this.coming = [];
  }
}
