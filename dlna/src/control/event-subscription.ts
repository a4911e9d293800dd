import type { Clock } from '../clock.port.js';
import { askDevice, type DeviceAnswer } from './device-request.js';
import type { EventDoor, EventReceiver, EventValues } from './event-receiver.js';
import { sleep } from './waiting.js';

/** Seconds that are asked for, and that count where a device grants none, or says `infinite`. */
const wanted = 300;
/** Seconds. A device that grants less would be asked all day; one that grants more may have forgotten by then. */
const granted = { least: 60, most: 1800 };

export interface SubscriptionListener {
  event(values: EventValues): void;
  /** It has ended and could not be renewed: poll. */
  ended(): void;
}

export interface SubscriptionPlace {
  readonly eventUrl: URL;
  /** IPv4 of the device. */
  readonly address: string;
  /** Ours, as that device sees it. */
  readonly localAddress: string;
}

/** One subscription to a service's events (UDA 1.0 §4.1), renewed until it is closed. */
export class EventSubscription {
  private readonly closed = new AbortController();
  private sid = '';

  private constructor(
    private readonly place: SubscriptionPlace,
    private readonly door: EventDoor,
    private readonly callback: string,
    private readonly clock: Clock,
    private readonly listener: SubscriptionListener,
  ) {}

  /** @throws DeviceUnreachable, or Error where the device refuses */
  static async start(
    place: SubscriptionPlace,
    receiver: EventReceiver,
    clock: Clock,
    listener: SubscriptionListener,
  ): Promise<EventSubscription> {
    const door = receiver.open(place.address, (values) => listener.event(values));
    const callback = `<http://${place.localAddress}:${receiver.port}${door.path}>`;
    const subscription = new EventSubscription(place, door, callback, clock, listener);
    try {
      const seconds = await subscription.subscribe();
      void subscription.keep(seconds);
    } catch (error) {
      door.close();
      throw error;
    }
    return subscription;
  }

  /** Lets the device know; that it may be gone is no trouble. */
  async close(): Promise<void> {
    if (this.closed.signal.aborted) return;
    this.closed.abort();
    this.door.close();
    await this.ask('UNSUBSCRIBE', { SID: this.sid }).catch(() => undefined);
  }

  /** @returns seconds until it ends */
  private async subscribe(): Promise<number> {
    const answer = await this.ask('SUBSCRIBE', {
      CALLBACK: this.callback,
      NT: 'upnp:event',
      TIMEOUT: `Second-${wanted}`,
    });
    const sid = answer.headers['sid'];
    if (answer.status !== 200 || typeof sid !== 'string')
      throw new Error(`SUBSCRIBE was answered with ${answer.status}`);
    this.sid = sid;
    this.door.confirm(sid);
    return grantedSeconds(answer.headers['timeout']);
  }

  private async keep(seconds: number): Promise<void> {
    let left = seconds;
    try {
      for (;;) {
        await sleep(this.clock, Math.max(left - 30, left / 2) * 1000, this.closed.signal);
        left = await this.renew();
      }
    } catch {
      if (this.closed.signal.aborted) return;
      this.door.close();
      this.listener.ended();
    }
  }

  /** A device that has forgotten us (412) is asked anew, once. */
  private async renew(): Promise<number> {
    const answer = await this.ask('SUBSCRIBE', { SID: this.sid, TIMEOUT: `Second-${wanted}` });
    return answer.status === 200 ? grantedSeconds(answer.headers['timeout']) : await this.subscribe();
  }

  private ask(method: string, headers: Record<string, string>): Promise<DeviceAnswer> {
    return askDevice(this.place.eventUrl, { method, headers });
  }
}

/** `Second-1800`; `Second-infinite` and nothing at all made 500 SUBSCRIBEs a second, and a crash, of the library (F6). */
function grantedSeconds(header: string | string[] | undefined): number {
  const match = /^\s*second-(\d{1,9})\s*$/i.exec(typeof header === 'string' ? header : '');
  if (!match) return wanted;
  return Math.min(Math.max(Number(match[1]), granted.least), granted.most);
}
