import { Server } from 'node:http';
import type { MediaServer } from '@hearth/dlna/media-server';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { atMost } from '../common/at-most.js';
import { Logger } from '../common/log/logger.js';
import { systemErrorCode } from '../common/system-error.js';
import type { Config } from '../config/config.js';
import { InjectConfig } from '../config/config.module.js';
import { version } from '../config/version.js';
import { DeviceProfiles } from './device-profiles.service.js';
import { DeviceRegistry } from './devices/device-registry.service.js';
import { AnnouncerService } from './discovery/announcer.service.js';
import { ServerIdentity } from './discovery/server-identity.js';
import { HouseholdSource } from './source/household-source.service.js';
import { SourceChanges } from './source/source-changes.js';

/** Longest that a farewell may take, ms: the process has to end. */
const patienceMs = 1500;
const descriptionPath = '/description.xml';

/**
 * Runs the media server for televisions beside the web's. It begins once the web is served, since no television waits
 * for it, and ends before the database does.
 */
@Injectable()
export class MediaServerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private server: MediaServer | undefined;
  private starting: Promise<void> | undefined;
  private isStopped = false;
  private boundPort: number | undefined;
  private readonly logger: Logger;

  constructor(
    @InjectConfig() private readonly config: Config,
    private readonly source: HouseholdSource,
    private readonly changes: SourceChanges,
    private readonly devices: DeviceRegistry,
    private readonly profiles: DeviceProfiles,
    private readonly identity: ServerIdentity,
    private readonly announcer: AnnouncerService,
    private readonly http: HttpAdapterHost,
    logger: Logger,
  ) {
    this.logger = logger.scoped('dlna');
  }

  /** Where the media server listens; undefined while it does not. */
  get port(): number | undefined {
    return this.boundPort;
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'worker' || !this.config.dlna.enabled) return;
    const web: unknown = this.http.httpAdapter.getHttpServer();
    if (web instanceof Server) web.once('listening', () => this.begin());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    const ended = this.stop().catch((error: unknown) =>
      this.logger.warn('DLNA did not end cleanly', { error }),
    );
    await atMost(ended, patienceMs);
  }

  private begin(): void {
    this.starting = this.start().catch((error: unknown) => {
      this.logger.error('Televisions cannot find this server', { error });
      this.announcer.fail(systemErrorCode(error) ?? 'see the log');
    });
  }

  private async start(): Promise<void> {
    if (this.hasStopped()) return;
    const { MediaServer } = await import('@hearth/dlna/media-server');
    const book = await this.profiles.book();
    await this.changes.start();
    if (this.hasStopped()) return;
    const settings = {
      uuid: this.identity.uuid,
      friendlyName: this.identity.friendlyName,
      version,
      onError: (error: unknown, during: string) =>
        this.logger.error('A television was not answered', { error, during }),
    };
    const listen = (port: number) => {
      this.server = new MediaServer({ ...settings, port }, this.source, this.devices, book);
      return this.server.start();
    };
    const { port } = await listen(this.config.dlna.port).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'EADDRINUSE') throw error;
      // Televisions are told the port anyway; which one it is matters to firewalls only.
      this.logger.warn(`DLNA_PORT ${this.config.dlna.port} is in use; another one is taken`);
      return listen(0);
    });
    this.boundPort = port;
    this.logger.info('Televisions are served', { port, name: this.identity.friendlyName });
    if (!this.hasStopped()) await this.announcer.start({ port, path: descriptionPath });
  }

  /** Asked again after each wait. */
  private hasStopped(): boolean {
    return this.isStopped;
  }

  private async stop(): Promise<void> {
    await this.starting;
    await Promise.all([this.announcer.stop(), this.server?.stop()]);
    await this.source.positions.stop();
    await this.changes.stop();
  }
}
