import type { Clock } from '../clock.port.js';
import type { EventValues } from './event-queue.js';

/** ContentDirectory:1 §2.5: SystemUpdateID and ContainerUpdateIDs are evented five times a second at most. */
const MODERATION_MS = 200;
/** Beyond that many containers, SystemUpdateID alone says that much is new. */
const MOST_CONTAINERS = 100;

/** Gathers changes, so that a scan of the library is a few events and not ten thousand. */
export class ChangeModerator {
  readonly #clock: Clock;
  readonly #updateId: () => number;
  readonly #publish: (values: EventValues) => void;
  readonly #containers = new Map<string, number>();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, updateId: () => number, publish: (values: EventValues) => void) {
    this.#clock = clock;
    this.#updateId = updateId;
    this.#publish = publish;
  }

  /** @param containerIds none where anything may have changed */
  changed(containerIds: readonly string[]): void {
    const updateId = this.#updateId();
    for (const id of containerIds)
      if (this.#containers.size <= MOST_CONTAINERS) this.#containers.set(id, updateId);
    this.#cancel ??= this.#clock.after(MODERATION_MS, () => this.#flush());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#containers.clear();
  }

  #flush(): void {
    this.#cancel = undefined;
    const containers =
      this.#containers.size > MOST_CONTAINERS
        ? []
        : [...this.#containers].flatMap(([id, at]) => [id, String(at)]);
    this.#containers.clear();
    this.#publish([
      ['SystemUpdateID', String(this.#updateId())],
      ['ContainerUpdateIDs', containers.join(',')],
    ]);
  }
}
