/** A search that came in, ours or not. */
export interface SeenSearch {
  /** Of whoever searched. */
  readonly address: string;
  readonly target: string;
  /** Name of the interface whose network the sender is in; empty: of none of them. */
  readonly interface: string;
  readonly answered: boolean;
  /** Milliseconds since 1970, of the last one. */
  readonly at: number;
}

/** Others' words are kept short. */
const LONGEST_TARGET = 100;

/** What each device searched for last; whoever floods the network pushes out others, but never memory. */
export class SearchLog {
  /** In order of `at`. */
  private readonly seen = new Map<string, SeenSearch>();

  constructor(private readonly capacity = 100) {}

  add(search: SeenSearch): void {
    const target = search.target.slice(0, LONGEST_TARGET);
    const key = `${search.address} ${target}`;
    this.seen.delete(key);
    this.seen.set(key, { ...search, target });
    const [oldest] = this.seen.keys();
    if (this.seen.size > this.capacity && oldest !== undefined) this.seen.delete(oldest);
  }

  /** Newest first. */
  latest(): SeenSearch[] {
    return [...this.seen.values()].reverse();
  }
}
