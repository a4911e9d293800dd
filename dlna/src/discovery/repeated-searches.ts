/**
 * Control points say everything two or three times, and every socket of ours hears each of them: one answer is enough
 * (Jellyfin's IsDuplicateSearchRequest).
 */
export class RepeatedSearches {
  /** When each may be answered again. */
  private readonly until = new Map<string, number>();

  constructor(private readonly capacity = 500) {}

  /** @returns whether this one came already; otherwise the same one counts as a repetition for `windowMs` */
  seen(key: string, now: number, windowMs: number): boolean {
    const until = this.until.get(key);
    if (until !== undefined && now < until) return true;
    this.until.delete(key);
    this.until.set(key, now + windowMs);
    const [oldest] = this.until.keys();
    if (this.until.size > this.capacity && oldest !== undefined) this.until.delete(oldest);
    return false;
  }
}
