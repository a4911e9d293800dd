interface Waiter {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

/** Who waits for which segment. */
export class Waiters {
  /** What a waiter is rejected with when its deadline has passed. */
  static readonly late = new Error('The deadline has passed.');

  private readonly byIndex = new Map<number, Set<Waiter>>();

  get count(): number {
    return [...this.byIndex.values()].reduce((sum, { size }) => sum + size, 0);
  }

  has = (index: number): boolean => this.byIndex.has(index);

  within(first: number, last: number): boolean {
    return [...this.byIndex.keys()].some((index) => index >= first && index <= last);
  }

  /** The indices waited for, lowest first. */
  lowest(): number[] {
    return [...this.byIndex.keys()].sort((a, b) => a - b);
  }

  /** @param left called when the waiter goes without its segment; `aborted` unless its deadline had passed */
  join(
    index: number,
    deadlineMs: number,
    signal: AbortSignal | undefined,
    left: (aborted: boolean) => void,
  ): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve: (bytes) => settle(() => resolve(bytes)),
        reject: (error) => settle(() => reject(error)),
      };
      const settle = (how: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.remove(index, waiter);
        how();
      };
      const abort = (): void => {
        waiter.reject(reasonOf(signal));
        left(true);
      };
      const timer = setTimeout(() => {
        waiter.reject(Waiters.late);
        left(false);
      }, deadlineMs);
      signal?.addEventListener('abort', abort, { once: true });
      const all = this.byIndex.get(index) ?? new Set();
      this.byIndex.set(index, all.add(waiter));
    });
  }

  /** @returns whether anybody waited */
  deliver(index: number, bytes: Uint8Array): boolean {
    const all = [...(this.byIndex.get(index) ?? [])];
    for (const waiter of all) waiter.resolve(bytes);
    return all.length > 0;
  }

  rejectFrom = (first: number, error: Error): void => this.rejectRange(first, Infinity, error);

  rejectRange(first: number, last: number, error: Error): void {
    for (const [index, all] of [...this.byIndex]) {
      if (index >= first && index <= last) for (const waiter of [...all]) waiter.reject(error);
    }
  }

  private remove(index: number, waiter: Waiter): void {
    const all = this.byIndex.get(index);
    all?.delete(waiter);
    if (all?.size === 0) this.byIndex.delete(index);
  }
}

const reasonOf = (signal: AbortSignal | undefined): Error =>
  signal?.reason instanceof Error ? signal.reason : new Error('Cancelled', { cause: signal?.reason });
