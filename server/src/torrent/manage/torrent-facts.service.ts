import type { TorrentEngineStatus, TorrentMetadata } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import type { Egress } from '../../common/fetch/egress.js';
import type { EngineFacts } from '../engine/torrent-engine.js';
import { TorrentSettingsService } from '../settings/torrent-settings.service.js';
import { EngineSupply } from './engine-supply.service.js';
import { TorrentEdge } from './torrent-edge.service.js';
import { TorrentRegistry } from './torrent-registry.js';
import type { EngineStanding } from './torrent-state.js';
import { TorrentStore } from './torrent-store.js';
import { TorrentView } from './torrent-view.service.js';

type Status = TorrentEngineStatus['state'];

const shownState: Record<EngineStanding, Status> = {
  off: 'off',
  idle: 'off',
  held: 'held',
  starting: 'starting',
  running: 'running',
  restarting: 'restarting',
  stopped: 'off',
};

/** Numbers of all torrents together. */
@Injectable()
export class TorrentFacts {
  constructor(
    private readonly registry: TorrentRegistry,
    private readonly supply: EngineSupply,
    private readonly view: TorrentView,
    private readonly store: TorrentStore,
    private readonly settings: TorrentSettingsService,
    private readonly edge: TorrentEdge,
  ) {}

  facts(infoHash: string): EngineFacts | undefined {
    return this.view.facts(infoHash);
  }

  get egress(): Egress {
    return this.edge.egress;
  }

  async metadata(infoHash: string): Promise<TorrentMetadata | null> {
    return (await this.store.metadata(infoHash)) ?? null;
  }

  /** Torrents that do something; speeds in bytes a second. */
  numbers(): { active: number; downloadSpeed: number; uploadSpeed: number; peers: number } {
    const sum = { active: 0, downloadSpeed: 0, uploadSpeed: 0, peers: 0 };
    for (const entry of this.registry.all) {
      const { state, downloadSpeed, uploadSpeed, peers } = this.view.numbers(entry);
      if (!['waiting', 'paused', 'failed', 'held'].includes(state)) sum.active++;
      sum.downloadSpeed += downloadSpeed;
      sum.uploadSpeed += uploadSpeed;
      sum.peers += peers;
    }
    return sum;
  }

  /** How the engine and its way out are doing. */
  status(): TorrentEngineStatus {
    const { standing } = this.supply;
    const health = standing === 'off' || standing === 'idle' ? null : this.supply.engine.health();
    const { downloadSpeed, uploadSpeed, peers } = this.numbers();
    return {
      state: shownState[standing],
      message: this.message(standing),
      restarts: health?.restarts ?? 0,
      memoryBytes: health?.memoryBytes ?? null,
      cacheUsedBytes: health?.cacheUsedBytes ?? 0,
      cacheBytes: this.settings.current.cacheBytes,
      ...{ downloadSpeed, uploadSpeed, peers },
      dhtNodes: health?.dhtNodes ?? null,
      listeningPort: health?.listeningPort ?? null,
      ...this.edge.status(),
    };
  }

  async refreshLists(): Promise<TorrentEngineStatus> {
    await this.edge.refreshLists();
    return this.status();
  }

  private message(standing: EngineStanding): string {
    const name = this.settings.current.networkInterface;
    if (standing === 'off') return 'Torrents are switched off.';
    if (standing === 'idle') return 'Nothing to do: it starts by itself when a torrent wants something.';
    if (standing === 'held')
      return `The network interface ${name} is away: everything waits until it is back.`;
    if (standing === 'restarting') return 'It ended unexpectedly and is starting again.';
    return '';
  }
}
