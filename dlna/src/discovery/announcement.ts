import type { Clock } from '../clock.port.js';
import {
  aliveMessages,
  type AnnouncedDevice,
  byebyeMessages,
  type SearchAnswer,
} from '../protocol/ssdp-answers.js';
import { errorCode } from './error-code.js';
import type { LanInterface } from './interfaces.js';
import type { SsdpSocket } from './ssdp-socket.js';

/** Milliseconds after the byebye, each a little later by chance: three, because UDP loses some; all within two seconds. */
const BURST = [100, 400, 900] as const;
const JITTER = 150;

/** Between the two byebyes at the end. */
const FAREWELL_GAP = 60;

/** A second is enough for a house: who allows five (MX) still sees us after one. */
const SPREAD_MS = 1000;

/** Answers that wait for their moment; more than this is somebody's flood. */
const MOST_WAITING = 120;

/** The server's voice on one interface: what it says at the start, now and then, when asked, and at the end. */
export class Announcement {
  /** Milliseconds since 1970 of the last words that left. */
  lastAnnouncedAt: number | undefined;
  searchesAnswered = 0;
  /** What the system said the last time nothing could be sent. */
  trouble: string | undefined;
  private readonly waiting = new Set<() => void>();
  private readonly renewAfter: number;

  constructor(
    readonly place: LanInterface,
    readonly device: AnnouncedDevice,
    private readonly socket: SsdpSocket,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {
    // Rarely: PlayStation and Tizen stop what plays at each announcement (gerbera#821). Twice in a lifetime, half a minute early.
    this.renewAfter = (device.maxAgeSeconds / 2 - 30) * 1000;
  }

  /** Whoever remembers us from before a crash forgets us first. */
  begin(): void {
    void this.sayAll(byebyeMessages(this.device));
    for (const wait of BURST) this.later(wait + this.random() * JITTER, () => this.announce());
    this.renewLater();
  }

  /** Says again that we are here. */
  announce(): Promise<void> {
    return this.sayAll(aliveMessages(this.device));
  }

  /** Each datagram at a random moment, so that a house full of devices does not answer at once; never later than asked. */
  answer(
    { datagrams, windowMs }: SearchAnswer,
    to: { readonly address: string; readonly port: number },
  ): boolean {
    if (this.waiting.size + datagrams.length > MOST_WAITING) return false;
    for (const text of datagrams)
      this.later(this.random() * Math.min(windowMs, SPREAD_MS), () =>
        this.attempt(() => this.socket.send(text, to)),
      );
    this.searchesAnswered++;
    return true;
  }

  /** Joins the group again if need be, and then says so. */
  check(): void {
    try {
      if (this.socket.rejoin()) void this.announce();
    } catch (error) {
      this.trouble = errorCode(error);
    }
  }

  /** Says farewell, twice, and resolves when that has left. */
  async end(): Promise<void> {
    this.silence();
    await this.sayAll(byebyeMessages(this.device));
    await new Promise<void>((resolve) => this.clock.after(FAREWELL_GAP, resolve));
    await this.sayAll(byebyeMessages(this.device));
    this.socket.close();
  }

  /** Ends without a word: the address is gone. */
  abandon(): void {
    this.silence();
    this.socket.close();
  }

  private silence(): void {
    for (const cancel of this.waiting) cancel();
    this.waiting.clear();
  }

  private renewLater(): void {
    this.later(this.renewAfter, () => {
      this.renewLater();
      return this.announce();
    });
  }

  private later(wait: number, work: () => Promise<void>): void {
    const cancel = this.clock.after(wait, () => {
      this.waiting.delete(cancel);
      void work();
    });
    this.waiting.add(cancel);
  }

  private sayAll(messages: readonly string[]): Promise<void> {
    return this.attempt(async () => {
      await Promise.all(messages.map((message) => this.socket.send(message)));
      this.lastAnnouncedAt = this.clock.now();
    });
  }

  private async attempt(send: () => Promise<void>): Promise<void> {
    try {
      await send();
      this.trouble = undefined;
    } catch (error) {
      this.trouble = errorCode(error);
    }
  }
}
