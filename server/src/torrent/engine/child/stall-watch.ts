const stalledAfterMs = 20_000;

/** Since when somebody has waited in vain. */
export class StallWatch {
  private waitingSince: number | null = null;

  /** @param now ms of a clock that only goes forward */
  constructor(private readonly now = (): number => performance.now()) {}

  /** Whether something is wanted that is not here. */
  wants(isWanting: boolean): void {
    this.waitingSince = isWanting ? (this.waitingSince ?? this.now()) : null;
  }

  /** Something came. */
  came(): void {
    this.waitingSince = null;
  }

  /** By the clock of the world, ms; null while all is well. */
  get since(): number | null {
    if (this.waitingSince === null) return null;
    const waited = this.now() - this.waitingSince;
    return waited >= stalledAfterMs ? Date.now() - waited : null;
  }
}
