import type { Clock } from '../clock.port.js';

/** Does something again and again, never twice at once. */
export class Pulse {
  private cancel: (() => void) | undefined;
  private beating = false;
  /** Asked for while it was at it. */
  private again: 'at once' | 'as it likes' = 'as it likes';
  private ended = false;

  /** @param work must not throw @returns milliseconds until the next time; undefined: not before it is asked */
  constructor(
    private readonly clock: Clock,
    private readonly work: () => Promise<number | undefined>,
  ) {}

  /** At the latest after so many milliseconds. */
  within(milliseconds: number): void {
    if (this.ended) return;
    if (this.beating) {
      if (milliseconds === 0) this.again = 'at once';
      return;
    }
    this.cancel?.();
    this.cancel = this.clock.after(milliseconds, () => void this.beat());
  }

  end(): void {
    this.ended = true;
    this.cancel?.();
  }

  private async beat(): Promise<void> {
    this.beating = true;
    this.again = 'as it likes';
    const pause = await this.work();
    this.beating = false;
    if (this.wantsMore()) this.within(0);
    else if (pause !== undefined) this.within(pause);
  }

  /** Asked again after the work. */
  private wantsMore(): boolean {
    return this.again === 'at once';
  }
}
