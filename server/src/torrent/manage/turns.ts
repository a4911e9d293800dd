/** Runs one piece of work after the other, in the order they were asked for. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    // The queue goes on whatever happened; the failure belongs to the caller.
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
