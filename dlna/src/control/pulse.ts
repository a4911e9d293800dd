import type { Clock } from '../clock.port.js';

/** Does something again and again, never twice at once. */
export class Pulse {
  private cancel: (() => void) | undefined;
  private beating = false;
  private again = false;
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
      this.again ||= milliseconds === 0;
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
    this.again = false;
    const pause = await this.work();
    this.beating = false;
    if (pause !== undefined) this.within(this.again ? 0 : pause);
  }
}
