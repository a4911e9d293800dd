import type { DoctorReport, deviceRoutes } from '@hearth/contract/device';
import { selfTest } from '@hearth/dlna/discovery/self-test';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { Database } from '../../database/database.js';
import { DeviceProfiles } from '../device-profiles.service.js';
import { AnnouncerService } from '../discovery/announcer.service.js';
import { ServerIdentity } from '../discovery/server-identity.js';
import { inContainer } from './container.js';
import { findings } from './findings.js';
import { portOwners } from './port-owners.js';

const SSDP_PORT = 1900;
const iso = (time: number): string => new Date(time).toISOString();

/** Why televisions do or do not find this server. Nothing is looked at until somebody asks. */
@Injectable()
export class DoctorService {
  constructor(
    @InjectConfig() private readonly config: Config,
    private readonly announcer: AnnouncerService,
    private readonly identity: ServerIdentity,
    private readonly database: Database,
    private readonly profiles: DeviceProfiles,
  ) {}

  async report(): Promise<DoctorReport> {
    const [owners, names, profileFaults] = await Promise.all([
      portOwners(SSDP_PORT),
      this.deviceNames(),
      this.profiles.faults(),
    ]);
    const interfaces = this.announcer.state();
    const searches = this.announcer.searches();
    const since = this.announcer.runningSince();
    const { enabled, interfaces: chosen, port: wantedPort } = this.config.dlna;
    return {
      enabled,
      serverName: this.identity.friendlyName,
      interfaces: interfaces.map(
        ({ name, address, kind, announced, reason, lastAnnouncedAt, searchesAnswered }) => ({
          ...{ name, address, kind, announced, reason, searchesAnswered },
          lastAnnouncedAt: lastAnnouncedAt === undefined ? null : iso(lastAnnouncedAt),
        }),
      ),
      portOwners: owners.map((owner) => (owner === '?' ? 'another program' : owner)),
      searches: searches.map(({ at, ...search }) => ({
        ...search,
        deviceName: names.get(search.address) ?? null,
        at: iso(at),
      })),
      findings: findings({
        ...{ enabled, chosen, interfaces, searches, wantedPort, profileFaults },
        port: this.announcer.port(),
        serverTrouble: this.announcer.trouble(),
        inContainer: inContainer(),
        portOwners: owners,
        runningFor: since === undefined ? 0 : Date.now() - since,
      }),
    };
  }

  /** Searches for this server through every interface it is announced on. */
  async examine(): Promise<z.output<typeof deviceRoutes.examine.reply>> {
    const places = this.announcer.state().filter(({ announced }) => announced);
    return { interfaces: await selfTest(places, this.identity.uuid) };
  }

  private async deviceNames(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.read.query<{ address: string; name: string }[]>(
      'SELECT address, name FROM device ORDER BY last_seen_at',
    );
    return new Map(rows.map(({ address, name }) => [address, name]));
  }
}
