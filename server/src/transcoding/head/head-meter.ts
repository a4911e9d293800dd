/** How fast a head works while it is not held back. */
export class HeadMeter {
  private frames = 0;
  private seconds = 0;
  private busyMs = 0;
  private resumedAt: number | null;
  private reading: { seconds: number; at: number } | null = null;
  private share: number | null = null;

  constructor(private readonly now: () => number) {
    this.resumedAt = now();
  }

  made(frames: number, seconds: number): void {
    this.frames += frames;
    this.seconds += seconds;
  }

  paused(): void {
    if (this.resumedAt !== null) this.busyMs += this.now() - this.resumedAt;
    this.resumedAt = null;
  }

  resumed(): void {
    this.resumedAt ??= this.now();
  }

  /** Frames a second, and times real time; null until something was made. */
  rates(): { framesPerSecond: number | null; speed: number | null } {
    const ms = this.busyMs + (this.resumedAt === null ? 0 : this.now() - this.resumedAt);
    if (this.frames === 0 || ms < 1) return { framesPerSecond: null, speed: null };
    return { framesPerSecond: (this.frames * 1000) / ms, speed: (this.seconds * 1000) / ms };
  }

  /** Share of one core between the last two readings; null until there are two. */
  get cpu(): number | null {
    return this.share;
  }

  /** @param seconds CPU time so far; null where it cannot be read */
  readCpu(seconds: number | null): void {
    const at = this.now();
    const last = this.reading;
    if (last && at - last.at < 500) return;
    this.share = last && seconds !== null ? ((seconds - last.seconds) * 1000) / (at - last.at) : null;
    this.reading = seconds === null ? null : { seconds, at };
  }
}
