/** At most `most` entries, in the order in which they were set last: with one more, the first of them goes. */
export class RecentMap<K, V> extends Map<K, V> {
  constructor(private readonly most: number) {
    super();
  }

  /** Moves what is there already to the end. */
  override set(key: K, value: V): this {
    this.delete(key);
    super.set(key, value);
    const first = this.keys().next();
    if (this.size > this.most && !first.done) this.delete(first.value);
    return this;
  }
}
