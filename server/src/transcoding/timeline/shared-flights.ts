type Flight<T> = { readonly result: Promise<T>; readonly stop: AbortController; callers: number };

/** Work that several callers wait for together: each may leave, and when none is left it is stopped. */
export class SharedFlights<T> {
  private readonly flights = new Map<string, Flight<T>>();

  /** @param start is called unless the same key is under way already */
  async join(
    key: string,
    signal: AbortSignal | undefined,
    start: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const flight = this.flights.get(key) ?? this.begin(key, start);
    flight.callers += 1;
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason instanceof Error ? signal.reason : new Error('Cancelled'));
      signal?.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([flight.result, left]);
    } finally {
      if (leave) signal?.removeEventListener('abort', leave);
      flight.callers -= 1;
      if (flight.callers === 0) this.end(key, flight);
    }
  }

  private begin(key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const flight = { result: start(stop.signal), stop, callers: 0 };
    flight.result.catch(() => undefined); // whoever waits hears of it
    this.flights.set(key, flight);
    return flight;
  }

  private end(key: string, flight: Flight<T>): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
    flight.stop.abort();
  }
}
