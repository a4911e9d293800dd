interface Flight {
  readonly landing: Promise<unknown>;
  readonly controller: AbortController;
  waiting: number;
}

/** One piece of work for all who want the same at the same time; called off when the last of them has left. */
export class Flights {
  private readonly flights = new Map<string, Flight>();

  /** @param signal of one who may leave @throws the signal's reason, or what `work` throws */
  join<T>(key: string, work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const flight = this.flights.get(key) ?? this.begin(key, work);
    flight.waiting++;
    // One key, one type: the caller's key says what is asked for.
    const landing = flight.landing as Promise<T>;
    return signal ? this.untilLeft(key, flight, landing, signal) : landing;
  }

  private begin(key: string, work: (signal: AbortSignal) => Promise<unknown>): Flight {
    const controller = new AbortController();
    const landing = work(controller.signal);
    const flight = { landing, controller, waiting: 0 };
    this.flights.set(key, flight);
    const land = (): void => this.forget(key, flight);
    landing.then(land, land);
    return flight;
  }

  private untilLeft<T>(key: string, flight: Flight, landing: Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        flight.waiting--;
        if (flight.waiting === 0) {
          this.forget(key, flight);
          flight.controller.abort(signal.reason);
        }
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      landing.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  private forget(key: string, flight: Flight): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }
}
