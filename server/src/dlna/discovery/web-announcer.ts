import type { LanInterface } from '@hearth/dlna/discovery/interfaces';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Logger } from '../../common/log/logger.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { version } from '../../config/version.js';
import type { MdnsResponder, MdnsService } from './mdns-responder.js';
import { ServerIdentity } from './server-identity.js';

/** Shows the web page in the house by mDNS: as `_http._tcp` for browsers, as `_hearth._tcp` for Hearth's own apps. */
@Injectable()
export class WebAnnouncer {
  private responders: MdnsResponder[] = [];
  private places: readonly LanInterface[] = [];
  private working: Promise<void> = Promise.resolve();

  constructor(
    @InjectConfig() private readonly config: Config,
    private readonly identity: ServerIdentity,
    private readonly http: HttpAdapterHost,
    private readonly logger: Logger,
  ) {}

  /** Announces on these interfaces and no others, from the moment the web server listens. */
  announceOn(places: readonly LanInterface[]): void {
    this.places = places.filter(({ address }) => isHeardOn(this.config.host, address));
    this.whenListening((port) => this.queue(() => this.replace(port)));
  }

  /** Says that it is gone. */
  stop(): Promise<void> {
    this.places = [];
    this.queue(() => this.closeAll());
    return this.working;
  }

  private whenListening(work: (port: number) => void): void {
    const server: unknown = this.http.httpAdapter.getHttpServer();
    if (!isServer(server)) return;
    const port = portOf(server.address());
    if (port !== undefined) work(port);
    else server.once('listening', () => work(portOf(server.address()) ?? this.config.port));
  }

  private async replace(port: number): Promise<void> {
    await this.closeAll();
    if (this.places.length === 0) return;
    const { MdnsResponder } = await import('./mdns-responder.js');
    const services = webServices(this.identity, port);
    this.responders = this.places.map(
      (place) =>
        new MdnsResponder(place, services, (error) =>
          this.logger.warn(`The web page can't be announced on ${place.name}`, { error }),
        ),
    );
  }

  private async closeAll(): Promise<void> {
    await Promise.all(this.responders.splice(0).map((responder) => responder.close()));
  }

  private queue(work: () => Promise<void>): void {
    this.working = this.working
      .then(work)
      .catch((error: unknown) => this.logger.warn('mDNS does not work', { error }));
  }
}

interface ListeningServer {
  address(): unknown;
  once(event: 'listening', listener: () => void): unknown;
}

const isServer = (value: unknown): value is ListeningServer =>
  typeof value === 'object' && value !== null && 'address' in value && 'once' in value;

const portOf = (address: unknown): number | undefined =>
  typeof address === 'object' && address !== null && 'port' in address && typeof address.port === 'number'
    ? address.port
    : undefined;

/** Whether who listens on `host` can be reached at an address. */
export const isHeardOn = (host: string, address: string): boolean =>
  ['::', '0.0.0.0', '', address].includes(host);

/** What is said of the web page at that port. */
export function webServices({ uuid, friendlyName }: ServerIdentity, port: number): MdnsService[] {
  const host = `hearth-${uuid.slice(0, 8)}.local`;
  const common = { name: friendlyName, port, host };
  return [
    { ...common, type: 'http', text: { path: '/' } },
    { ...common, type: 'hearth', text: { path: '/', id: uuid, version } },
  ];
}
