/** Runs one piece of work after the other, in the order they were asked for. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Resolves when all that was asked for until now is done, whatever came of it. */
  get settled(): Promise<unknown> {
    return this.last;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    // The queue goes on whatever happened; the failure belongs to the caller.
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

/** The same for each key by itself; a key that nobody waits for takes no room. */
export class KeyedTurns {
  private readonly lines = new Map<string, Turns>();

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(key) ?? new Turns();
    this.lines.set(key, line);
    const turn = line.run(work);
    const { settled } = line;
    void settled.then(() => line.settled === settled && this.lines.delete(key));
    return turn;
  }
}
