/** Evented variables and their values. */
export type EventValues = readonly (readonly [string, string])[];

/** Events waiting for one subscriber; beyond that the last ones become one, for only the newest value counts. */
const LONGEST = 8;
const LARGEST_SEQUENCE = 0xffff_ffff;

/** Wraps to 1: 0 is the initial event's alone (UDA 1.0 §4.2.1). */
export const nextSequence = (sequence: number): number => (sequence >= LARGEST_SEQUENCE ? 1 : sequence + 1);

/** One subscriber's events, one after the other. */
export class EventQueue {
  readonly #send: (sequence: number, values: EventValues) => Promise<boolean>;
  readonly #giveUp: () => void;
  readonly #mostFailures: number;
  readonly #waiting: EventValues[] = [];
  #begun = false;
  #sending = false;
  #stopped = false;
  #sequence = 0;
  #failures = 0;

  constructor(
    send: (sequence: number, values: EventValues) => Promise<boolean>,
    giveUp: () => void,
    mostFailures: number,
  ) {
    this.#send = send;
    this.#giveUp = giveUp;
    this.#mostFailures = mostFailures;
  }

  /** The initial event. What came before it is in it. */
  begin(state: EventValues): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#waiting.splice(0, Infinity, state);
    void this.#drain();
  }

  add(values: EventValues): void {
    if (!this.#begun || this.#stopped) return;
    if (this.#waiting.length >= LONGEST) {
      const last = this.#waiting.pop() ?? [];
      this.#waiting.push([...new Map([...last, ...values])]);
    } else this.#waiting.push(values);
    void this.#drain();
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting.length = 0;
  }

  async #drain(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    for (let values = this.#waiting.shift(); values && !this.#isStopped(); values = this.#waiting.shift()) {
      const taken = await this.#send(this.#sequence, values);
      this.#sequence = nextSequence(this.#sequence);
      this.#failures = taken ? 0 : this.#failures + 1;
      if (this.#failures >= this.#mostFailures) {
        this.stop();
        this.#giveUp();
      }
    }
    this.#sending = false;
  }

  #isStopped(): boolean {
    return this.#stopped;
  }
}
