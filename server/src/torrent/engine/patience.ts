/** How long somebody waits all in all until something comes; time in which nobody waits does not count. */
export class Patience {
  private left: number;

  constructor(
    private readonly ms: number,
    private readonly refusal: () => Error,
  ) {
    this.left = ms;
  }

  /** Something came. */
  renew(): void {
    this.left = this.ms;
  }

  /** @param giveUp ends the work, whose outcome nobody hears of any more @throws the refusal, or what the work throws */
  async during<T>(work: Promise<T>, giveUp: () => void): Promise<T> {
    const since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(this.refusal());
        giveUp();
      }, this.left);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
      this.left = Math.max(0, this.left - (performance.now() - since));
    }
  }
}
