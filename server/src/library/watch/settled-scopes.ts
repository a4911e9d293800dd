/** A directory to scan is released when it has been quiet for so long: nobody copies into it any more. */
export const quietMs = 2000;

/**
 * Gathers changed directories until each has come to rest. One timer, and only while something is pending.
 * @param release gets directories that came to rest, several at once where they did so together
 */
export class SettledScopes {
  private readonly pending = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly release: (scopes: string[]) => void,
    private readonly quiet = quietMs,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Also for a directory that is pending: its wait begins anew. */
  add(scope: string): void {
    this.pending.set(scope, this.now());
    this.timer ??= setTimeout(() => this.look(), this.quiet);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.pending.clear();
  }

  private look(): void {
    this.timer = null;
    const newest = Math.max(...this.pending.values());
    const wait = newest + this.quiet - this.now();
    // A move shows up as two directories: released together, so that one scan sees both ends. But what keeps one
    // directory busy for long must not hold up the others.
    const isLate = (at: number): boolean => at + this.quiet <= this.now();
    const settled = wait <= 0 ? [...this.pending.keys()] : this.longSettled(isLate);
    for (const scope of settled) this.pending.delete(scope);
    if (this.pending.size > 0)
      this.timer = setTimeout(() => this.look(), Math.max(20, Math.min(wait, this.quiet)));
    if (settled.length > 0) this.release(settled);
  }

  private longSettled(isLate: (at: number) => boolean): string[] {
    return [...this.pending].filter(([, at]) => isLate(at)).map(([scope]) => scope);
  }
}
