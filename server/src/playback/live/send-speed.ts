const windowMs = 10_000;

/** Bytes per second over the last ten seconds. */
export class SendSpeed {
  private sent: { at: number; bytes: number }[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  add(bytes: number): void {
    const at = this.now();
    const last = this.sent.at(-1);
    // A second is as fine as anybody looks: thousands of small writes are one entry.
    if (last && at - last.at < 1000) last.bytes += bytes;
    else this.sent.push({ at, bytes });
    this.forget(at);
  }

  get bytesPerSecond(): number {
    this.forget(this.now());
    const total = this.sent.reduce((sum, { bytes }) => sum + bytes, 0);
    return Math.round(total / (windowMs / 1000));
  }

  private forget(now: number): void {
    while (this.sent[0] && now - this.sent[0].at > windowMs) this.sent.shift();
  }
}
