import type { Role } from '../../contract/src/account.js';
import { openTestDatabase, type TestDatabase } from './database.js';
import type { Caller } from '../../server/src/common/http/caller.js';
import { Logger, LogSink } from '../../server/src/common/log/logger.js';
import { loadConfig } from '../../server/src/config/config.js';
import { EventBus, type ServerEvent } from '../../server/src/events/event-bus.js';
import { Household } from '../../server/src/torrent/access/household.js';
import { TorrentAccessService } from '../../server/src/torrent/access/torrent-access.service.js';
import { TorrentDoor } from '../../server/src/torrent/door/torrent-door.service.js';
import { FakeEngine } from '../../server/src/torrent/engine/testing/fake-engine.js';
import { TorrentContentEntity } from '../../server/src/torrent/entities/torrent-content.entity.js';
import { TorrentMemberEntity } from '../../server/src/torrent/entities/torrent-member.entity.js';
import { TorrentPermissionEntity } from '../../server/src/torrent/entities/torrent-permission.entity.js';
import { TorrentResumeEntity } from '../../server/src/torrent/entities/torrent-resume.entity.js';
import { TorrentSettingEntity } from '../../server/src/torrent/entities/torrent-setting.entity.js';
import { TorrentEntity } from '../../server/src/torrent/entities/torrent.entity.js';
import { BlockListService } from '../../server/src/torrent/lists/block-list.service.js';
import { TrackerListService } from '../../server/src/torrent/lists/tracker-list.service.js';
import { parseMetainfo } from '../../server/src/torrent/metainfo/parse-metainfo.js';
import { fileEntry, torrentBytes } from '../../server/src/torrent/metainfo/testing/torrent-bytes.js';
import { InterfaceWatch } from '../../server/src/torrent/network/interface-watch.js';
import { TorrentSettingsService } from '../../server/src/torrent/settings/torrent-settings.service.js';
import { TorrentService } from '../../server/src/torrent/torrent.service.js';
import { AddingService } from '../../server/src/torrent/manage/adding.service.js';
import { Clock } from '../../server/src/torrent/manage/clock.js';
import { EngineSupply } from '../../server/src/torrent/manage/engine-supply.service.js';
import { LearningService } from '../../server/src/torrent/manage/learning.service.js';
import { ManagingService } from '../../server/src/torrent/manage/managing.service.js';
import { ReadingIn } from '../../server/src/torrent/manage/reading-in.service.js';
import { SwarmCounts } from '../../server/src/torrent/manage/swarm-counts.service.js';
import { TorrentBytes } from '../../server/src/torrent/manage/torrent-bytes.service.js';
import { TorrentConversion } from '../../server/src/torrent/manage/torrent-conversion.service.js';
import { TorrentEdge } from '../../server/src/torrent/manage/torrent-edge.service.js';
import { TorrentFacts } from '../../server/src/torrent/manage/torrent-facts.service.js';
import { TorrentHerald } from '../../server/src/torrent/manage/torrent-herald.service.js';
import { TorrentLifecycle } from '../../server/src/torrent/manage/torrent-lifecycle.service.js';
import { TorrentNumbers } from '../../server/src/torrent/manage/torrent-numbers.service.js';
import { TorrentPulse } from '../../server/src/torrent/manage/torrent-pulse.service.js';
import { TorrentRegistry } from '../../server/src/torrent/manage/torrent-registry.js';
import { TorrentStore } from '../../server/src/torrent/manage/torrent-store.js';
import { TorrentView } from '../../server/src/torrent/manage/torrent-view.service.js';
import { WatchFolder } from '../../server/src/torrent/manage/watch-folder.service.js';

const entities = [
  TorrentEntity, TorrentMemberEntity, TorrentContentEntity, TorrentResumeEntity, TorrentPermissionEntity,
  TorrentSettingEntity,
]; // prettier-ignore

/** Time that stands still until a test moves it. */
class StageClock extends Clock {
  time = Date.UTC(2026, 0, 2, 12);

  override now(): number {
    return this.time;
  }
}

/** Network interfaces that tests plug in and out, in the shape of `os.networkInterfaces()`. */
class StageInterfaces extends InterfaceWatch {
  private addresses: string[] = [];
  private readonly told = new Set<() => void>();

  override list(): ReturnType<InterfaceWatch['list']> {
    return this.addresses.length > 0 ? [this.state('wg0')] : [];
  }

  override state(name: string): ReturnType<InterfaceWatch['state']> {
    return { name, addresses: this.addresses, up: this.addresses.length > 0 };
  }

  override watch(name: string, listener: Parameters<InterfaceWatch['watch']>[1]): () => void {
    const tell = (): void => listener(this.state(name));
    this.told.add(tell);
    tell();
    return () => void this.told.delete(tell);
  }

  set(addresses: string[]): void {
    this.addresses = addresses;
    for (const tell of this.told) tell();
  }
}

/** A `.torrent` of these files, which the fake engine's swarm has. */
export interface StageTorrent {
  readonly infoHash: string;
  readonly magnet: string;
  readonly trackers: readonly string[];
  readonly metainfo: Uint8Array;
  readonly pieceLength: number;
  readonly files: readonly Uint8Array[];
}

const pieceLength = 16_384;

export function stageTorrent(
  name: string,
  files: Readonly<Record<string, number>>,
  trackers: readonly string[] = [],
  info: Readonly<Record<string, number>> = {},
): StageTorrent {
  const entries = Object.entries(files);
  const metainfo = torrentBytes({
    ...{ name, pieceLength, info },
    files: entries.map(([path, length]) => fileEntry([path], length)),
    root: trackers.length > 0 ? { 'announce-list': trackers.map((tracker) => [tracker]) } : {},
  });
  const { infoHash } = parseMetainfo(metainfo);
  const link = trackers.map((tracker) => `&tr=${encodeURIComponent(tracker)}`).join('');
  const magnet = `magnet:?xt=urn:btih:${infoHash}&dn=${encodeURIComponent(name)}${link}`;
  return { infoHash, magnet, trackers, metainfo, pieceLength, files: entries.map(([, length]) => new Uint8Array(length)) };
} // prettier-ignore

/** Everything that manages torrents, with a fake engine, on a real database. */
export class TorrentsStage {
  readonly clock = new StageClock();
  readonly interfaces = new StageInterfaces();
  readonly events: ServerEvent[] = [];
  readonly logged: string[] = [];
  /** Accounts with a client that is connected. */
  readonly listening = new Set<string>();
  readonly torrents: TorrentService;
  readonly settings: TorrentSettingsService;
  readonly access: TorrentAccessService;
  readonly pulse: TorrentPulse;
  readonly supply: EngineSupply;
  readonly facts: TorrentFacts;
  readonly watchFolder: WatchFolder;
  readonly counts: SwarmCounts;
  readonly lifecycle: TorrentLifecycle;
  private readonly door: TorrentDoor;

  private constructor(
    private readonly test: TestDatabase,
    readonly engine: FakeEngine,
    env: Record<string, string>,
  ) {
    const { database } = test;
    const config = loadConfig({ DATA_DIR: test.directory, ...env }, []);
    const logger = new Logger(new LogSink('debug', (line) => this.logged.push(line)), 'test');
    const bus = new EventBus(database, logger);
    bus.listen((event) => this.events.push(event));
    bus.tellWhoHears((id) => this.listening.has(id));
    const { clock } = this;
    const store = new TorrentStore(database);
    const registry = new TorrentRegistry(store);
    const household = new Household(database, bus);
    this.settings = new TorrentSettingsService(database, config, clock);
    this.access = new TorrentAccessService(database, household, this.settings, registry);
    const list = { file: `${test.directory}/list`, logger };
    const lists = [new TrackerListService(list), new BlockListService(list)] as const;
    const edge = new TorrentEdge(this.settings, ...lists, this.interfaces, config);
    this.supply = new EngineSupply(engine, registry, store, this.settings, edge, clock, logger);
    const herald = new TorrentHerald(this.access, registry, bus, logger);
    const learning = new LearningService(store, this.access, herald, config, logger);
    this.counts = new SwarmCounts(edge, herald, clock, config);
    // Nobody is asked unless a test says so.
    this.counts.scrape = () => Promise.resolve([]);
    const view = new TorrentView(this.access, this.supply, store, this.settings, this.counts, clock, config);
    const adding = new AddingService(this.access, registry, store, learning, herald, this.supply, clock);
    const managing = new ManagingService(this.access, registry, store, this.supply, view, herald);
    const bytes = new TorrentBytes(this.supply, registry, store, herald, config);
    const readingIn = new ReadingIn(edge, config);
    const conversion = new TorrentConversion(this.access, registry, store, adding, managing, bytes, config);
    const numbers = new TorrentNumbers(registry, this.access, view, bus);
    this.pulse = new TorrentPulse(
      ...[this.supply, registry, store, learning, herald, numbers, view, household, clock, logger] as const,
    );
    this.watchFolder = new WatchFolder(readingIn, adding, household, logger);
    this.facts = new TorrentFacts(registry, this.supply, view, store, this.settings, edge);
    this.lifecycle = new TorrentLifecycle(this.settings, registry, edge, this.supply, this.pulse, this.watchFolder, config, logger);
    const inner = [adding, managing, bytes, this.facts, herald, conversion] as const;
    this.door = new TorrentDoor(bytes, logger);
    this.torrents = new TorrentService(this.access, readingIn, ...inner, this.door, this.counts);
  } // prettier-ignore

  /** @param before another stage, whose data and engine this one takes over */
  static async open(env: Record<string, string> = {}, before?: TorrentsStage): Promise<TorrentsStage> {
    const test = before?.test ?? (await openTestDatabase(entities));
    const stage = new TorrentsStage(test, before?.engine ?? new FakeEngine(), { TORRENTS_ENABLED: 'true', ...env });
    // Tests say when a second is over.
    stage.pulse.beatMs = stage.watchFolder.everyMs = 0;
    await stage.lifecycle.onApplicationBootstrap();
    await stage.lifecycle.apply();
    return stage;
  } // prettier-ignore

  /** As the server stops; the data stay. */
  stop(): Promise<void> {
    return this.lifecycle.beforeApplicationShutdown();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.door.onApplicationShutdown();
    await this.test.close();
  }

  /** Somebody of the house. */
  async person(id: string, role: Role, account: { maxAge?: number; disabled?: boolean } = {}): Promise<Caller> {
    const row = {
      ...{ id, username: id, username_key: id, password_hash: 'x', role, disabled: account.disabled ?? false },
      ...{ max_age: account.maxAge ?? null, hidden_library_ids: '[]', preferences: '{}', created_at: 1 },
    };
    await this.test.database.write((manager) =>
      manager.createQueryBuilder().insert().into('account').values(row).execute(),
    );
    return { accountId: id, role, sessionId: null };
  } // prettier-ignore

  async dismiss(accountId: string): Promise<void> {
    await this.test.database.write((manager) =>
      manager.createQueryBuilder().delete().from('account').where('id = :accountId', { accountId }).execute(),
    );
  }

  /** A member who may use torrents. */
  async user(id: string): Promise<Caller> {
    const caller = await this.person(id, 'member');
    await this.access.changePermission(id, { allowed: true });
    return caller;
  }
}
