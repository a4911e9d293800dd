import type { Clock } from '../clock.port.js';
import { EventQueue, type EventValues } from './event-queue.js';

/** One NOTIFY on its way. */
export interface EventDelivery {
  readonly sid: string;
  /** In the subscriber's order of preference; the first that answers counts (UDA 1.0 §4.1.1). */
  readonly callbacks: readonly URL[];
  /** Our address it subscribed at. */
  readonly localAddress: string;
  readonly sequence: number;
  readonly values: EventValues;
}

/** Sends one. @returns whether the subscriber took it; never rejects */
export type Deliver = (delivery: EventDelivery) => Promise<boolean>;

export interface Subscriber {
  readonly service: string;
  readonly callbacks: readonly URL[];
  readonly address: string;
  readonly localAddress: string;
}

export interface SubscriptionLimits {
  readonly most: number;
  readonly mostPerAddress: number;
  readonly longestSeconds: number;
  readonly shortestSeconds: number;
  /** Failed deliveries in a row until a subscriber is given up. */
  readonly mostFailures: number;
}

const LIMITS: SubscriptionLimits = {
  most: 256,
  mostPerAddress: 16,
  longestSeconds: 1800,
  shortestSeconds: 60,
  mostFailures: 3,
};

interface Subscription extends Subscriber {
  readonly sid: string;
  readonly queue: EventQueue;
  expiresAt: number;
}

/** What a subscriber may know of its subscription. */
export interface Granted {
  readonly sid: string;
  readonly seconds: number;
}

/** Who wants to hear of changes (GENA, UDA 1.0 §4). Holds no sockets: `deliver` has them. */
export class Subscriptions {
  readonly #held = new Map<string, Subscription>();
  readonly #clock: Clock;
  readonly #deliver: Deliver;
  readonly #newSid: () => string;
  readonly #limits: SubscriptionLimits;

  constructor(
    clock: Clock,
    deliver: Deliver,
    newSid: () => string,
    limits: Partial<SubscriptionLimits> = {},
  ) {
    this.#clock = clock;
    this.#deliver = deliver;
    this.#newSid = newSid;
    this.#limits = { ...LIMITS, ...limits };
  }

  get size(): number {
    this.#expire();
    return this.#held.size;
  }

  /**
   * Nothing is sent before `begin`: a device drops events whose SID it has not been told yet.
   * @param seconds wanted; infinite where undefined
   * @returns undefined where there are too many
   */
  subscribe(subscriber: Subscriber, seconds: number | undefined): Granted | undefined {
    this.#expire();
    const ofAddress = [...this.#held.values()].filter(({ address }) => address === subscriber.address);
    if (ofAddress.length >= this.#limits.mostPerAddress || this.#held.size >= this.#limits.most)
      return undefined;
    const sid = `uuid:${this.#newSid()}`;
    const granted = this.#granted(seconds);
    const queue = new EventQueue(
      (sequence, values) =>
        this.#deliver({
          sid,
          callbacks: subscriber.callbacks,
          localAddress: subscriber.localAddress,
          sequence,
          values,
        }),
      () => this.#held.delete(sid),
      this.#limits.mostFailures,
    );
    this.#held.set(sid, { ...subscriber, sid, queue, expiresAt: this.#clock.now() + granted * 1000 });
    return { sid, seconds: granted };
  }

  /** Sends the initial event with every evented variable, SEQ 0; later ones follow it. */
  begin(sid: string, state: EventValues): void {
    this.#held.get(sid)?.queue.begin(state);
  }

  /** @returns undefined where there is no such subscription of that service and address (412) */
  renew(sid: string, service: string, address: string, seconds: number | undefined): Granted | undefined {
    const subscription = this.#find(sid, service, address);
    if (!subscription) return undefined;
    const granted = this.#granted(seconds);
    subscription.expiresAt = this.#clock.now() + granted * 1000;
    return { sid, seconds: granted };
  }

  /** @returns false where there is no such subscription (412) */
  cancel(sid: string, service: string, address: string): boolean {
    const subscription = this.#find(sid, service, address);
    subscription?.queue.stop();
    return subscription ? this.#held.delete(sid) : false;
  }

  publish(service: string, values: EventValues): void {
    this.#expire();
    for (const subscription of this.#held.values())
      if (subscription.service === service) subscription.queue.add(values);
  }

  stop(): void {
    for (const { queue } of this.#held.values()) queue.stop();
    this.#held.clear();
  }

  #find(sid: string, service: string, address: string): Subscription | undefined {
    this.#expire();
    const subscription = this.#held.get(sid);
    return subscription?.service === service && subscription.address === address ? subscription : undefined;
  }

  /** Infinite ones are granted for a while like all (UDA 1.1 §4.1.1 deprecates them). */
  #granted(seconds = Infinity): number {
    return Math.max(this.#limits.shortestSeconds, Math.min(this.#limits.longestSeconds, seconds));
  }

  #expire(): void {
    const now = this.#clock.now();
    for (const { sid, expiresAt, queue } of this.#held.values()) {
      if (expiresAt > now) continue;
      queue.stop();
      this.#held.delete(sid);
    }
  }
}
