import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.port.js';
import type { Guest } from '../guest.js';
import type { MediaSource, SendReport } from '../media-source.port.js';
import { PcrClock } from './pcr-clock.js';

const REPORT_MS = 1000;
let lastTransferId = 0;

export interface TransferFacts {
  readonly resourceId: string;
  readonly unit: SendReport['unit'];
  /** Where it begins. */
  readonly from: number;
  readonly length: number;
}

/** One connection's way through a film, told to the host once a second and at the end. */
export class Transfer {
  readonly #id = ++lastTransferId;
  readonly #facts: TransferFacts;
  readonly #guest: Guest;
  readonly #source: MediaSource;
  readonly #clock: Clock;
  readonly #pcr = new PcrClock();
  readonly #response: ServerResponse;
  #bytes = 0;
  #cancel: (() => void) | undefined;

  constructor(
    facts: TransferFacts,
    response: ServerResponse,
    source: MediaSource,
    guest: Guest,
    clock: Clock,
  ) {
    this.#facts = facts;
    this.#response = response;
    this.#source = source;
    this.#guest = guest;
    this.#clock = clock;
  }

  begin(): void {
    this.#cancel = this.#clock.after(REPORT_MS, () => {
      this.#report('sending');
      this.begin();
    });
  }

  readonly add = (chunk: Uint8Array): void => {
    this.#bytes += chunk.length;
    if (this.#facts.unit === 'seconds') this.#pcr.push(chunk);
  };

  end(): void {
    this.#cancel?.();
    this.#report('ended');
  }

  #report(state: SendReport['state']): void {
    const { resourceId, unit, from, length } = this.#facts;
    // What lies in our own buffers has not been sent.
    const bytes = Math.max(0, this.#bytes - this.#response.writableLength);
    const to = from + (unit === 'bytes' ? bytes : this.#pcr.seconds);
    this.#source.sent({ resourceId, transferId: this.#id, state, from, to, unit, length }, this.#guest);
  }
}
