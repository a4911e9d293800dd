import type { Clock } from '../clock.port.js';
import { type DescribedDevice, readDescription, serviceOfKind } from './described-device.js';
import { askDevice } from './device-request.js';
import type { RendererNotice } from './renderer-notice.js';
import { sleep } from './waiting.js';

/** A renderer that was described to us by itself. */
export interface FoundRenderer {
  /** Its UDN, lower case, without `uuid:`. */
  readonly id: string;
  readonly location: URL;
  readonly address: string;
  /** Ours, as it sees us. */
  readonly localAddress: string;
  readonly device: DescribedDevice;
}

export interface RendererListener {
  found(renderer: FoundRenderer): void;
  /** It is elsewhere, or was off in between: whatever was known of its services is old. */
  moved(renderer: FoundRenderer): void;
  /** It took its leave, or is not heard of any more. */
  gone(id: string): void;
}

/** A house has a dozen; what claims more is no house. */
const most = { renderers: 64, ofOneAddress: 8 };
/** Milliseconds. A byebye is often followed by an alive a second later (home-assistant/core#70083). */
const grace = 6_000;
const retry = { times: 3, after: 3_000 };
const sweep = 30_000;

type Alive = Extract<RendererNotice, { kind: 'alive' }>;

interface Entry {
  notice: Alive;
  /** The word on which it was described. */
  described: Alive | undefined;
  renderer: FoundRenderer | undefined;
  expires: number;
  leaving: (() => void) | undefined;
  work: Promise<void> | undefined;
}

/** Renderers by UDN, each at the place it last named. */
export class KnownRenderers {
  private readonly entries = new Map<string, Entry>();
  private readonly ended = new AbortController();
  private cancelSweep: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly listener: RendererListener,
  ) {
    this.sweepLater();
  }

  hear(notice: RendererNotice): void {
    if (this.ended.signal.aborted) return;
    if (notice.kind === 'alive') this.hearAlive(notice);
    else this.hearByebye(notice);
  }

  /** Resolves when nobody is being asked for a description. */
  async settled(): Promise<void> {
    await Promise.all([...this.entries.values()].flatMap(({ work }) => work ?? []));
  }

  async stop(): Promise<void> {
    this.ended.abort();
    this.cancelSweep?.();
    for (const { leaving } of this.entries.values()) leaving?.();
    await this.settled();
    this.entries.clear();
  }

  private hearAlive(notice: Alive): void {
    const expires = this.clock.now() + notice.maxAgeSeconds * 1000;
    const entry = this.entries.get(notice.udn);
    if (!entry) {
      if (!this.hasRoom(notice.address)) return;
      const fresh: Entry = {
        notice,
        described: undefined,
        renderer: undefined,
        expires,
        leaving: undefined,
        work: undefined,
      };
      this.entries.set(notice.udn, fresh);
      return this.describe(fresh);
    }
    entry.leaving?.();
    entry.leaving = undefined;
    entry.expires = expires;
    entry.notice = notice;
    if (!entry.described || !isSame(entry.described, notice)) this.describe(entry);
  }

  /** Only the device itself may say farewell for it. */
  private hearByebye({ udn, address }: RendererNotice): void {
    const entry = this.entries.get(udn);
    if (!entry || entry.notice.address !== address) return;
    entry.leaving ??= this.clock.after(grace, () => this.forget(entry));
  }

  private hasRoom(address: string): boolean {
    const ofIt = [...this.entries.values()].filter(({ notice }) => notice.address === address).length;
    return this.entries.size < most.renderers && ofIt < most.ofOneAddress;
  }

  private describe(entry: Entry): void {
    if (entry.work) return;
    entry.work = this.learn(entry)
      .catch(() => this.forget(entry))
      .finally(() => (entry.work = undefined));
  }

  /** Asks until what was learnt is of the place it named last. */
  private async learn(entry: Entry): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const { notice } = entry;
      try {
        const renderer = await describeRenderer(notice);
        if (!isSame(entry.notice, notice) && attempt < retry.times) continue;
        const isNew = entry.renderer === undefined;
        entry.renderer = renderer;
        entry.described = notice;
        if (this.ended.signal.aborted || this.entries.get(notice.udn) !== entry) return;
        return isNew ? this.listener.found(renderer) : this.listener.moved(renderer);
      } catch (error) {
        if (attempt >= retry.times) throw error;
        await sleep(this.clock, retry.after, this.ended.signal);
      }
    }
  }

  private forget(entry: Entry): void {
    entry.leaving = undefined;
    if (this.entries.get(entry.notice.udn) !== entry) return;
    this.entries.delete(entry.notice.udn);
    if (entry.renderer && !this.ended.signal.aborted) this.listener.gone(entry.renderer.id);
  }

  private sweepLater(): void {
    this.cancelSweep = this.clock.after(sweep, () => {
      for (const entry of this.entries.values()) if (this.clock.now() > entry.expires) this.check(entry);
      this.sweepLater();
    });
  }

  /** Not heard of for longer than it promised: it is asked, and forgotten when it does not answer three times. */
  private check(entry: Entry): void {
    entry.work ??= this.stillThere(entry)
      .catch(() => this.forget(entry))
      .finally(() => (entry.work = undefined));
  }

  private async stillThere(entry: Entry): Promise<void> {
    for (let attempt = 1; ; attempt++)
      try {
        await describeRenderer(entry.notice);
        entry.expires = this.clock.now() + entry.notice.maxAgeSeconds * 1000;
        return;
      } catch (error) {
        if (attempt >= retry.times) throw error;
        await sleep(this.clock, retry.after, this.ended.signal);
      }
  }
}

const isSame = (one: Alive, other: Alive): boolean =>
  one.location.href === other.location.href && one.bootId === other.bootId;

/** @throws DeviceUnreachable, XmlError, Error where it describes no renderer that can be told to play */
async function describeRenderer({ location, address, udn }: Alive): Promise<FoundRenderer> {
  const answer = await askDevice(location);
  if (answer.status !== 200) throw new Error(`${location.href} was answered with ${answer.status}`);
  const devices = readDescription(answer.body.toString(), location, address);
  const device = devices.find((one) => plainUdn(one.udn) === udn && serviceOfKind(one, 'AVTransport'));
  if (!device) throw new Error(`${location.href} describes no such renderer`);
  return { id: udn, location, address, localAddress: answer.localAddress, device };
}

/** Lower case, without `uuid:`. */
export const plainUdn = (udn: string): string =>
  udn
    .trim()
    .replace(/^uuid:/i, '')
    .toLowerCase();
