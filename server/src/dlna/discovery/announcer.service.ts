import { networkInterfaces } from 'node:os';
import { Advertiser, type InterfaceState } from '@hearth/dlna/discovery/advertiser';
import { type LanInterface, lanInterfaces } from '@hearth/dlna/discovery/interfaces';
import type { SeenSearch } from '@hearth/dlna/discovery/search-log';
import { deviceServices, deviceType } from '@hearth/dlna/services/device-description';
import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { ServerIdentity } from './server-identity.js';
import { WebAnnouncer } from './web-announcer.js';

/** Shows this server in the house: to televisions by SSDP, the web page by mDNS. */
@Injectable()
export class AnnouncerService {
  private advertiser: Advertiser | undefined;
  private startedAt: number | undefined;
  private serverTrouble: string | undefined;
  private servedPort: number | undefined;

  constructor(
    @InjectConfig() private readonly config: Config,
    private readonly identity: ServerIdentity,
    private readonly web: WebAnnouncer,
    private readonly logger: Logger,
  ) {}

  /**
   * Begins to announce; does nothing where DLNA is off.
   * @param server where the description of the device is, on every interface
   */
  async start(server: { readonly port: number; readonly path: string }): Promise<void> {
    if (!this.config.dlna.enabled || this.advertiser) return;
    const { uuid, friendlyName, serverHeader } = this.identity;
    const serviceTypes = deviceServices.map(({ serviceType }) => serviceType);
    this.startedAt = Date.now();
    this.serverTrouble = undefined;
    this.servedPort = server.port;
    this.advertiser = new Advertiser(
      { uuid, deviceType, serviceTypes, serverHeader, ...server },
      { interfaces: () => this.interfaces(), onPlaces: (places) => this.follow(friendlyName, places) },
    );
    await this.advertiser.start();
  }

  /** The server for televisions could not be started: said by whoever tried, and told by the doctor. */
  fail(trouble: string): void {
    this.serverTrouble = trouble;
  }

  /** Why nothing is announced; undefined if it is, or is not meant to be. */
  trouble(): string | undefined {
    return this.serverTrouble;
  }

  /** Where televisions are served; undefined while nothing is announced. */
  port(): number | undefined {
    return this.advertiser && this.servedPort;
  }

  /** Says farewell; resolves when that has left. */
  async stop(): Promise<void> {
    const { advertiser } = this;
    this.advertiser = undefined;
    await Promise.all([advertiser?.stop(), this.web.stop()]);
  }

  /** Interfaces of this machine as they are now; announced or not by the settings, whether or not anything runs. */
  interfaces(): LanInterface[] {
    return lanInterfaces(networkInterfaces(), this.config.dlna.interfaces);
  }

  /** Each interface, and what was said there. */
  state(): InterfaceState[] {
    const silent = { lastAnnouncedAt: undefined, searchesAnswered: 0, trouble: undefined };
    return this.advertiser?.state() ?? this.interfaces().map((place) => ({ ...place, ...silent }));
  }

  /** What was searched for, newest first. */
  searches(): SeenSearch[] {
    return this.advertiser?.searches() ?? [];
  }

  /** Milliseconds since the epoch; undefined while nothing is announced. */
  runningSince(): number | undefined {
    return this.advertiser && this.startedAt;
  }

  private follow(name: string, places: readonly LanInterface[]): void {
    this.logger.info('Shown to televisions', {
      name,
      interfaces: places.map((place) => `${place.name} ${place.address}`),
    });
    this.web.announceOn(places);
  }
}
