import type { RemoteInfo } from 'node:dgram';
import { sameNetwork } from '@hearth/dlna/discovery/ipv4';
import type { LanInterface } from '@hearth/dlna/discovery/interfaces';
import { Service } from 'bonjour-service';
import { Server } from 'bonjour-service/dist/lib/mdns-server.js';
import type { ServiceRecord } from 'bonjour-service/dist/lib/service.js';

/** One service of DNS-SD (RFC 6763). */
export interface MdnsService {
  /** Of the instance, as people read it. */
  readonly name: string;
  /** `http` for `_http._tcp`. */
  readonly type: string;
  readonly port: number;
  /** Of this machine, ending in `.local`. */
  readonly host: string;
  readonly text: Readonly<Record<string, string>>;
}

/** RFC 6762 §8.3: at least twice, a second apart. */
const REPEATS_MS = [1000, 3000] as const;

/** bonjour-service would give everybody every address of this machine, containers' and VPNs' too. */
class OneAddressService extends Service {
  constructor(
    { name, type, port, host, text }: MdnsService,
    private readonly address: string,
  ) {
    super({ name, type, port, host, txt: text, disableIPv6: true }, nothing, nothing);
  }

  override records(): ServiceRecord[] {
    const others = super.records().filter(({ type }) => type !== 'A');
    return [...others, { name: this.host, type: 'A', ttl: 120, data: this.address }];
  }
}

const nothing = (): void => undefined;

/**
 * Services of this server on one interface, by mDNS (RFC 6762): the one file that knows bonjour-service. Its publishing
 * half is left out: it writes to standard output, throws where nobody catches, and speaks on the default route only.
 */
export class MdnsResponder {
  private readonly server: Server;
  private readonly records: ServiceRecord[];
  private readonly timers: NodeJS.Timeout[];
  private closed = false;

  /** @param onTrouble what the system says, port 5353 taken for example */
  constructor(place: LanInterface, services: readonly MdnsService[], onTrouble: (error: Error) => void) {
    this.records = services.flatMap((service) => new OneAddressService(service, place.address).records());
    // Bound to its own address, a socket would hear nothing that is said to the group.
    this.server = new Server({ interface: place.address, bind: '0.0.0.0' }, onTrouble);
    this.server.mdns.on('error', onTrouble);
    this.server.mdns.removeAllListeners('query');
    this.server.mdns.on('query', (packet: unknown, from: RemoteInfo) => {
      // Every socket on the port hears every network.
      if (sameNetwork(from.address, place.address, place.netmask)) this.server.respondToQuery(packet);
    });
    this.server.register(this.records);
    this.say(this.records);
    this.timers = REPEATS_MS.map((wait) => setTimeout(() => this.say(this.records), wait).unref());
  }

  /** Says that the services are gone (RFC 6762 §10.1), and resolves when that has left. */
  async close(): Promise<void> {
    if (this.closed) return;
    for (const timer of this.timers) clearTimeout(timer);
    this.server.unregister(this.records);
    await new Promise<void>((resolve) =>
      this.say(
        this.records.map((record) => ({ ...record, ttl: 0 })),
        resolve,
      ),
    );
    this.closed = true;
    await new Promise<void>((resolve) => this.server.mdns.destroy(resolve));
  }

  private say(records: readonly ServiceRecord[], done = nothing): void {
    if (this.closed) return done();
    // An interface that is down has nobody to tell; the next query is answered again.
    this.server.mdns.respond(records, () => done());
  }
}
