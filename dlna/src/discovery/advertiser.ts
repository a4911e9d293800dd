import { type Clock, systemClock } from '../clock.port.js';
import { type AnnouncedDevice, answersTo } from '../protocol/ssdp-answers.js';
import { type HttpMessage, parseHttpMessage } from '../wire/http-message.js';
import { Announcement } from './announcement.js';
import { errorCode } from './error-code.js';
import type { LanInterface } from './interfaces.js';
import { sameNetwork } from './ipv4.js';
import { RepeatedSearches } from './repeated-searches.js';
import { SearchLog, type SeenSearch } from './search-log.js';
import { type Datagram, openSsdpSocket, type OpenSsdpSocket } from './ssdp-socket.js';

/** What is announced; where it is found follows from the interface. */
export interface AdvertisedDevice {
  /** Without `uuid:`. */
  readonly uuid: string;
  readonly deviceType: string;
  readonly serviceTypes: readonly string[];
  /** Of the HTTP server, and the path of the description there. */
  readonly port: number;
  readonly path: string;
  readonly serverHeader: string;
  /** How long others may remember; the longer, the rarer we repeat ourselves. A day, if not said. */
  readonly maxAgeSeconds?: number;
}

export interface AdvertiserSurroundings {
  /** Asked at the start and every quarter of a minute. */
  readonly interfaces: () => readonly LanInterface[];
  readonly onSearch?: (search: SeenSearch) => void;
  /** Interfaces were added or taken away: all that are announced on now. */
  readonly onPlaces?: (places: readonly LanInterface[]) => void;
  readonly open?: OpenSsdpSocket;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** An interface, and what was said there. */
export interface InterfaceState extends LanInterface {
  readonly lastAnnouncedAt: number | undefined;
  readonly searchesAnswered: number;
  /** What the system says against it: EADDRINUSE, EPERM … */
  readonly trouble: string | undefined;
}

const POLL_MS = 15_000;

/** A poll that comes so late was asleep, with the machine. */
const SLEPT_MS = 4 * POLL_MS;

/** No search is longer; Windows' is 130 bytes. */
const LONGEST_SEARCH = 2048;

const SEARCH = Buffer.from('M-SEARCH ');

/** Beyond the window of the answers, repetitions of a search are still the same search: gssdp sends three within a second. */
const REPEAT_MS = 1500;

/** Shows the server on every interface that is to be announced on, and follows them as they come and go. */
export class Advertiser {
  private readonly log = new SearchLog();
  private readonly repeated = new RepeatedSearches();
  private readonly announcements = new Map<string, Announcement>();
  private readonly troubles = new Map<string, string>();
  private readonly clock: Clock;
  private readonly bootId: number;
  private following: Promise<void> | undefined;
  private cancelPoll: (() => void) | undefined;
  private polledAt = 0;
  private stopped = false;

  constructor(
    private readonly device: AdvertisedDevice,
    private readonly around: AdvertiserSurroundings,
  ) {
    this.clock = around.clock ?? systemClock;
    // UDA 1.1 §1.2.2: 31 bits that rise with every start.
    this.bootId = Math.floor(this.clock.now() / 1000) & 0x7fffffff;
  }

  /** Resolves when every interface that can be had is spoken on. */
  async start(): Promise<void> {
    await this.follow();
    this.pollLater();
  }

  /** Says farewell everywhere; resolves when that has left. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelPoll?.();
    await this.following;
    await Promise.all([...this.announcements.values()].map((announcement) => announcement.end()));
    this.announcements.clear();
  }

  /** Every interface of this machine and what was said there. */
  state(): InterfaceState[] {
    return this.around.interfaces().map((place) => {
      const announcement = this.announcements.get(keyOf(place));
      return {
        ...place,
        lastAnnouncedAt: announcement?.lastAnnouncedAt,
        searchesAnswered: announcement?.searchesAnswered ?? 0,
        trouble: announcement?.trouble ?? this.troubles.get(keyOf(place)),
      };
    });
  }

  /** What was searched for, newest first. */
  searches(): SeenSearch[] {
    return this.log.latest();
  }

  private pollLater(): void {
    if (this.stopped) return;
    this.polledAt = this.clock.now();
    this.cancelPoll = this.clock.after(POLL_MS, () => {
      const slept = this.clock.now() - this.polledAt > SLEPT_MS;
      for (const announcement of this.announcements.values()) {
        if (slept) void announcement.announce();
        else announcement.check();
      }
      void this.follow().finally(() => this.pollLater());
    });
  }

  /** Opens what has come, closes what has gone. */
  private follow(): Promise<void> {
    this.following ??= this.compare().finally(() => (this.following = undefined));
    return this.following;
  }

  private async compare(): Promise<void> {
    const wanted = new Map(
      this.around
        .interfaces()
        .filter(({ announced }) => announced)
        .map((place) => [keyOf(place), place]),
    );
    const gone = [...this.announcements].filter(([key]) => !wanted.has(key));
    for (const [key, announcement] of gone) {
      announcement.abandon();
      this.announcements.delete(key);
    }
    for (const key of this.troubles.keys()) if (!wanted.has(key)) this.troubles.delete(key);
    const fresh = [...wanted].filter(([key]) => !this.announcements.has(key));
    const opened = await Promise.all(fresh.map(([key, place]) => this.open(key, place)));
    if (!this.stopped && (gone.length > 0 || opened.includes(true))) this.tellPlaces();
  }

  private tellPlaces(): void {
    this.around.onPlaces?.([...this.announcements.values()].map(({ place }) => place));
  }

  /** @returns whether it is spoken on now */
  private async open(key: string, place: LanInterface): Promise<boolean> {
    try {
      const socket = await (this.around.open ?? openSsdpSocket)({
        address: place.address,
        purpose: 'listen',
        receive: (datagram) => this.receive(datagram),
        fail: (error) => this.lose(key, error),
      });
      if (this.stopped) {
        socket.close();
        return false;
      }
      const random = this.around.random ?? Math.random;
      const announcement = new Announcement(place, this.deviceAt(place), socket, this.clock, random);
      this.announcements.set(key, announcement);
      this.troubles.delete(key);
      announcement.begin();
      return true;
    } catch (error) {
      this.troubles.set(key, errorCode(error));
      return false;
    }
  }

  /** A socket died; the next poll opens another. */
  private lose(key: string, error: Error): void {
    this.announcements.get(key)?.abandon();
    this.announcements.delete(key);
    this.troubles.set(key, errorCode(error));
  }

  private deviceAt({ address }: LanInterface): AnnouncedDevice {
    const { uuid, deviceType, serviceTypes, port, path, serverHeader, maxAgeSeconds = 86_400 } = this.device;
    return {
      uuid,
      deviceType,
      serviceTypes,
      serverHeader,
      maxAgeSeconds,
      location: `http://${address}:${port}${path}`,
      extraHeaders: [
        ['BOOTID.UPNP.ORG', `${this.bootId}`],
        ['CONFIGID.UPNP.ORG', '1'],
      ],
    };
  }

  /**
   * Linux gives what is said to the group to every socket on the port, and what is said to us alone to any one of them:
   * so the sender's network says whose it is, and senders of none of our networks get no answer.
   */
  private receive(datagram: Datagram): void {
    const { bytes, address, port } = datagram;
    if (bytes.length > LONGEST_SEARCH || !bytes.subarray(0, SEARCH.length).equals(SEARCH)) return;
    const search = parsed(bytes);
    if (!search) return;
    const target = search.headers.get('st') ?? '';
    const near = this.near(address);
    const answer =
      near &&
      answersTo(search, near.device, {
        date: new Date(this.clock.now()),
        unicast: search.headers.get('host')?.startsWith(near.place.address) ?? false,
      });
    const window = REPEAT_MS + (answer?.windowMs ?? 0);
    if (this.repeated.seen(`${address} ${port} ${target}`, this.clock.now(), window)) return;
    const answered = answer ? near.answer(answer, datagram) : false;
    if (target !== `uuid:${this.device.uuid}` || near?.place.address !== address)
      this.note({ address, target, interface: near?.place.name ?? '', answered, at: this.clock.now() });
  }

  private near(address: string): Announcement | undefined {
    for (const announcement of this.announcements.values()) {
      const { place } = announcement;
      if (sameNetwork(address, place.address, place.netmask)) return announcement;
    }
    return undefined;
  }

  private note(search: SeenSearch): void {
    this.log.add(search);
    this.around.onSearch?.(search);
  }
}

const keyOf = ({ name, address, netmask }: LanInterface): string => `${name} ${address} ${netmask}`;

function parsed(bytes: Buffer): HttpMessage | undefined {
  try {
    return parseHttpMessage(bytes);
  } catch {
    // A datagram from anybody: whatever is wrong with it is no trouble of ours.
    return undefined;
  }
}
