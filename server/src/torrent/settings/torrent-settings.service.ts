import { torrentSettings, type TorrentSettings } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import type { TorrentConfig } from '../../config/torrent-environment.js';
import { Database } from '../../database/database.js';
import { TorrentSettingEntity } from '../entities/torrent-setting.entity.js';
import type { EngineSettings } from '../engine/torrent-engine.js';
import { Clock } from '../manage/clock.js';
import { type Limits, limitsAt } from '../manage/schedule.js';
import { settingFaults } from './check-settings.js';
import { engineSettings } from './engine-settings.js';

export type SettingsChange = { [K in keyof TorrentSettings]?: TorrentSettings[K] | undefined } & {
  acceptNotice?: true | undefined;
};

type Listener = (settings: TorrentSettings) => void;

/** Of a fresh server. */
function standardSettings(config: TorrentConfig): TorrentSettings {
  const { discovery } = config;
  return {
    enabled: config.enabled === true,
    noticeAcceptedAt: null,
    ...{ downloadLimit: config.downloadLimit, uploadLimit: config.uploadLimit },
    ...{ maxConnections: config.maxConnections, maxPeers: config.maxPeers, maxActive: 5 },
    ...{ cacheBytes: config.cacheBytes, port: config.port },
    discovery: { dht: discovery, pex: discovery, lsd: false },
    encryption: 'prefer',
    ...{ seedRatio: 1, seedMinutes: 0 },
    ...{ trackerListUrl: '', extraTrackers: [], blockedTrackers: [], blockListUrl: '', blockedAddresses: [] },
    ...{ networkInterface: config.networkInterface, proxy: '', watchFolder: '', schedules: [] },
    browserPeers: false,
  };
}

/** What administrators set; it holds at once. Off until one has read the notice, or the operator said so. */
@Injectable()
export class TorrentSettingsService {
  private settings: TorrentSettings;
  private loaded: Promise<void> | undefined;
  private readonly listeners = new Set<Listener>();

  constructor(
    private readonly database: Database,
    @InjectConfig() private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.settings = standardSettings(config.torrents);
  }

  /** Reads what was saved, once; until then the standard ones hold. */
  load(): Promise<void> {
    this.loaded ??= this.read();
    return this.loaded;
  }

  get current(): TorrentSettings {
    return this.settings;
  }

  /** Whether torrents are on. */
  get isOn(): boolean {
    return this.settings.enabled;
  }

  /** What holds at this hour. */
  get limits(): Limits {
    return limitsAt(this.settings, new Date(this.clock.now()));
  }

  /** As the engine is told of them now. @param edge the way out, and who is shut out */
  forEngine(edge: Pick<EngineSettings, 'bindAddresses' | 'blockedAddresses'>): EngineSettings {
    return engineSettings(this.settings, this.limits, this.config.torrents, edge);
  }

  /** @throws ProblemError VALIDATION_FAILED, TORRENTS_DISABLED where the operator keeps them off */
  async change({ acceptNotice, ...given }: SettingsChange): Promise<TorrentSettings> {
    await this.load();
    const stated = Object.entries<unknown>(given).filter(([, value]) => value !== undefined);
    const change = torrentSettings.partial().parse(Object.fromEntries(stated));
    if (acceptNotice) change.noticeAcceptedAt = new Date(this.clock.now()).toISOString();
    this.refuseFaults(change);
    await this.database.write(async (manager) => {
      const rows = Object.entries(change).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
      if (rows.length > 0) await manager.upsert(TorrentSettingEntity, rows, ['name']);
    });
    this.settings = this.settle({ ...this.settings, ...change });
    for (const listener of this.listeners) listener(this.settings);
    return this.settings;
  }

  /** @returns stops listening */
  watch(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private refuseFaults(change: Partial<TorrentSettings>): void {
    const errors = settingFaults(change, this.config.dataDirectory);
    const operator = this.config.torrents.enabled;
    if (change.enabled && operator === false)
      throw new ProblemError('TORRENTS_DISABLED', { detail: 'The operator keeps torrents off (TORRENTS_ENABLED).' });
    const isAccepted = operator === true || (change.noticeAcceptedAt ?? this.settings.noticeAcceptedAt) !== null;
    if (change.enabled && !isAccepted)
      errors.push({ path: 'acceptNotice', message: 'the notice has to be read and accepted first' });
    if (errors.length === 0) return;
    const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new ProblemError('VALIDATION_FAILED', { detail, errors: errors.slice(0, 20) });
  } // prettier-ignore

  private async read(): Promise<void> {
    const rows = await this.database.read.find(TorrentSettingEntity);
    const saved: Record<string, unknown> = {};
    // A value that an older version wrote and this one does not know is passed over, not the others with it.
    for (const { name, value } of rows) {
      const parsed = torrentSettings.partial().safeParse({ [name]: JSON.parse(value) as unknown });
      if (parsed.success) Object.assign(saved, parsed.data);
    }
    this.settings = this.settle({ ...this.settings, ...saved });
  }

  /** The operator's word comes first; without it, nothing is on before the notice was accepted. */
  private settle(settings: TorrentSettings): TorrentSettings {
    const operator = this.config.torrents.enabled;
    const mayBe = operator ?? settings.noticeAcceptedAt !== null;
    const enabled = mayBe && settings.enabled;
    return Object.freeze({ ...settings, enabled });
  } // prettier-ignore
}
