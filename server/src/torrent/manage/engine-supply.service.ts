import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import type { EngineTorrent, TorrentEngine } from '../engine/torrent-engine.js';
import { noRanges } from '../lists/address-set.js';
import { TorrentSettingsService } from '../settings/torrent-settings.service.js';
import { Clock } from './clock.js';
import { InjectEngine } from './engine-token.js';
import { TorrentEdge } from './torrent-edge.service.js';
import { isWhole, type TorrentEntry, TorrentRegistry } from './torrent-registry.js';
import type { EngineStanding } from './torrent-state.js';
import { TorrentStore } from './torrent-store.js';
import { Turns } from '../../common/turns.js';
import { type Candidate, type Plan, planWishes } from './wish-plan.js';

/** How long the engine stays after it was needed last, ms. */
const restMs = 60_000;

const candidateOf = (entry: TorrentEntry): Candidate => ({
  infoHash: entry.row.id,
  paused: entry.row.paused,
  download: isWhole(entry),
  kept: entry.row.kept !== 'no',
  complete: entry.row.complete,
  addedAt: entry.row.addedAt,
  wanted: entry.wanted,
  uploaded: entry.row.uploaded,
  wantedBytes: entry.row.wantedBytes,
  seededSeconds: entry.row.seededSeconds,
});

const asText = (plan: Plan): string =>
  JSON.stringify([plan.wishes.paused, plan.wishes.seed, [...plan.wishes.priorities]]);

/**
 * Keeps the engine as it is needed: running while torrents are on and one of them wants something, on the right
 * interface, with the wishes of now. Without torrents it does not exist.
 */
@Injectable()
export class EngineSupply {
  private readonly turns = new Turns();
  private readonly logger: Logger;
  /** What each torrent of the running engine was told; none while it does not run. */
  private readonly told = new Map<string, string>();
  private configured = '';
  private blocked = noRanges;
  private isRunning = false;
  private runs = 0;
  private neededUntil = 0;
  private uses = 0;
  private readonly reads = new Map<string, number>();
  private isClosed = false;

  constructor(
    @InjectEngine() readonly engine: TorrentEngine,
    private readonly registry: TorrentRegistry,
    private readonly store: TorrentStore,
    private readonly settings: TorrentSettingsService,
    private readonly edge: TorrentEdge,
    private readonly clock: Clock,
    logger: Logger,
  ) {
    this.logger = logger.scoped('torrent');
  }

  /** How often it, or a torrent in it, was begun: sources of another run are of no use. */
  get run(): number {
    return this.runs;
  }

  get standing(): EngineStanding {
    if (!this.settings.isOn) return 'off';
    if (this.edge.isHeld) return 'held';
    return this.isRunning ? this.engine.health().state : 'idle';
  }

  /** Starts, stops, configures and wishes, as everything is now. Whoever changed something calls this. */
  refresh(): Promise<void> {
    return this.turns.run(() => this.settle());
  }

  /** `refresh`, for those who cannot wait; what goes wrong is in the log. */
  nudge(): void {
    this.refresh().catch((error: unknown) => this.logger.error('The engine could not be told', { error }));
  }

  /** Whether the engine runs and has the torrent now. Starts nothing, and keeps it from no rest. */
  has(infoHash: string): boolean {
    return this.told.has(infoHash) && this.standing !== 'held';
  }

  /**
   * The engine runs and has the torrent. @throws ProblemError NOT_FOUND, TORRENTS_DISABLED; UNAVAILABLE while the
   * interface is away or the engine cannot start
   */
  async have(infoHash: string): Promise<void> {
    this.neededUntil = this.clock.now() + restMs;
    if (!this.settings.isOn) throw new ProblemError('TORRENTS_DISABLED');
    await this.registry.load();
    this.registry.must(infoHash);
    if (this.has(infoHash)) return;
    await this.refresh();
    if (this.told.has(infoHash)) return;
    const name = this.settings.current.networkInterface;
    const detail = this.edge.isHeld ? `The network interface ${name} is away.` : 'The engine cannot start.';
    throw new ProblemError('UNAVAILABLE', { detail, retryAfter: 5 });
  }

  /** It is needed until `release` was called. @returns release */
  use(): () => void {
    let isReleased = false;
    this.uses++;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.uses--;
      this.neededUntil = this.clock.now() + restMs;
    };
  }

  /** The same for who reads one torrent. @returns release */
  read(infoHash: string): () => void {
    const count = (by: number): void => void this.reads.set(infoHash, (this.reads.get(infoHash) ?? 0) + by);
    const release = this.use();
    count(1);
    return () => {
      release();
      count(-1);
      if (!this.isRead(infoHash)) this.reads.delete(infoHash);
    };
  }

  /** Whether somebody waits for bytes of it at this moment. */
  isRead(infoHash: string): boolean {
    return (this.reads.get(infoHash) ?? 0) > 0;
  }

  /** Nothing is exchanged for it any more. @param options.data what lies on the disk goes too */
  forget(infoHash: string, options: { data: boolean }): Promise<void> {
    return this.turns.run(async () => {
      this.told.delete(infoHash);
      if (this.isRunning) return this.engine.remove(infoHash, options);
      if (!options.data) return;
      // Only the engine knows how its files lie.
      await this.engine.start(this.settings.forEngine(this.edge));
      await this.engine.remove(infoHash, options).finally(() => this.engine.stop());
    });
  }

  /** The same torrent, begun anew: after a failure, or when more is known of it. */
  async renew(infoHash: string): Promise<void> {
    await this.turns.run(async () => {
      this.runs++;
      if (this.told.delete(infoHash)) await this.engine.remove(infoHash, { data: false });
    });
    await this.refresh();
  }

  /** For good. */
  close(): Promise<void> {
    this.isClosed = true;
    return this.turns.run(() => this.stop());
  }

  private async settle(): Promise<void> {
    const plans = this.plan();
    const isPossible = this.settings.isOn && !this.edge.isHeld && !this.isClosed;
    if (!isPossible) return this.stop();
    if (!this.isRunning && !this.isNeeded(plans)) return;
    if (this.isRunning && !this.isNeeded(plans)) return this.stop();
    await this.configure();
    for (const entry of this.registry.all) await this.tell(entry, plans);
  }

  private async stop(): Promise<void> {
    if (!this.isRunning) return;
    await this.engine.stop();
    this.isRunning = false;
    this.told.clear();
    this.configured = '';
  }

  private async configure(): Promise<void> {
    const settings = this.settings.forEngine(this.edge);
    const { blockedAddresses, ...others } = settings;
    const text = JSON.stringify(others);
    if (text === this.configured && blockedAddresses === this.blocked) return;
    if (this.isRunning) await this.engine.configure(settings);
    else {
      await this.engine.start(settings);
      this.runs++;
    }
    this.isRunning = true;
    this.configured = text;
    this.blocked = blockedAddresses;
  }

  private plan(): Map<string, Plan> {
    const { current, limits } = this.settings;
    const plans = planWishes(this.registry.all.map(candidateOf), current, limits);
    for (const entry of this.registry.all) entry.holding = plans.get(entry.row.id)?.holding ?? null;
    return plans;
  }

  /** Somebody reads or did so lately, or a torrent wants something by itself. */
  private isNeeded(plans: ReadonlyMap<string, Plan>): boolean {
    const isWanted = this.registry.all.some(({ row }) => {
      const wishes = plans.get(row.id)?.wishes;
      if (!wishes || wishes.paused) return false;
      return !row.known || wishes.seed || (wishes.priorities.size > 0 && !row.complete);
    });
    if (isWanted || this.uses > 0) this.neededUntil = this.clock.now() + restMs;
    return this.clock.now() < this.neededUntil;
  }

  /** One torrent that cannot be told leaves the others as they are. */
  private async tell(entry: TorrentEntry, plans: ReadonlyMap<string, Plan>): Promise<void> {
    const plan = plans.get(entry.row.id);
    if (!plan) return;
    const text = asText(plan);
    const before = this.told.get(entry.row.id);
    if (before === text) return;
    try {
      if (before === undefined) await this.engine.add(await this.engineTorrent(entry, plan));
      else await this.engine.wish(entry.row.id, plan.wishes);
      this.told.set(entry.row.id, text);
    } catch (error) {
      this.logger.warn('A torrent could not be given to the engine', { torrent: entry.row.id, error });
    }
  }

  private async engineTorrent({ row }: TorrentEntry, { wishes }: Plan): Promise<EngineTorrent> {
    const content = row.known ? await this.store.content(row.id) : undefined;
    return {
      infoHash: row.id,
      metainfo: content?.metainfo ?? null,
      trackers: this.edge.trackersFor(row),
      peers: row.peers,
      resume: content ? await this.store.resume(row) : null,
      wishes,
    };
  }
}
