import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { TorrentSettingsService } from '../settings/torrent-settings.service.js';
import { EngineSupply } from './engine-supply.service.js';
import { TorrentEdge } from './torrent-edge.service.js';
import { TorrentPulse } from './torrent-pulse.service.js';
import { TorrentRegistry } from './torrent-registry.js';
import { Turns } from '../../common/turns.js';
import { WatchFolder } from './watch-folder.service.js';

/** Torrents are on, or they are off and nothing of them runs. */
@Injectable()
export class TorrentLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly turns = new Turns();
  private readonly logger: Logger;
  private stopWatching: (() => void) | undefined;

  constructor(
    private readonly settings: TorrentSettingsService,
    private readonly registry: TorrentRegistry,
    private readonly edge: TorrentEdge,
    private readonly supply: EngineSupply,
    private readonly pulse: TorrentPulse,
    private readonly watchFolder: WatchFolder,
    @InjectConfig() private readonly config: Config,
    logger: Logger,
  ) {
    this.logger = logger.scoped('torrent');
  }

  /** A server starts whether torrents can or not. Workers have none. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'worker') return;
    await this.settings.load();
    this.stopWatching = this.settings.watch(() => void this.apply());
    if (this.settings.isOn) void this.apply();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopWatching?.();
    this.watchFolder.stop();
    await this.turns.run(() => this.supply.close());
    await this.pulse.close();
    this.edge.stop();
  }

  /** Settings are others: everything that follows from them. */
  async apply(): Promise<void> {
    try {
      await this.turns.run(() => (this.settings.isOn ? this.on() : this.off()));
    } catch (error) {
      this.logger.error('Torrents could not be set up', { error });
    }
  }

  private async on(): Promise<void> {
    await this.registry.load();
    this.pulse.start();
    await this.pulse.dropOrphans();
    await this.edge.start(() => this.supply.nudge());
    this.watchFolder.watch(this.settings.current.watchFolder);
    await this.supply.refresh();
  }

  private async off(): Promise<void> {
    this.watchFolder.stop();
    await this.supply.refresh();
    await this.pulse.settled();
    this.edge.stop();
  }
}
