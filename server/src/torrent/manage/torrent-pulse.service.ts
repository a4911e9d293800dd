import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { Household } from '../access/household.js';
import type { EngineEvent, EngineResume } from '../engine/torrent-engine.js';
import { Clock } from './clock.js';
import { EngineSupply } from './engine-supply.service.js';
import { LearningService } from './learning.service.js';
import { TorrentHerald } from './torrent-herald.service.js';
import { TorrentNumbers } from './torrent-numbers.service.js';
import { isWhole, type TorrentEntry, TorrentRegistry, wantedHave } from './torrent-registry.js';
import { TorrentStore } from './torrent-store.js';
import { Turns } from '../../common/turns.js';
import { TorrentView } from './torrent-view.service.js';

/** Seconds between two looks at schedules, ratios and whether the engine is still needed; and between two saves. */
const roundSeconds = 15;
const saveSeconds = 60;
/** Torrents whose trackers are asked about in one round. */
const mostAsked = 20;

/** Listens to the engine, and looks after its torrents once a second while it runs. */
@Injectable()
export class TorrentPulse {
  /** 0: no beats but those that are asked for. */
  beatMs = 1000;
  private readonly turns = new Turns();
  private readonly logger: Logger;
  private readonly latest = new Map<string, EngineResume>();
  private timer: NodeJS.Timeout | undefined;
  private stopListening: (() => void) | undefined;
  private beats = 0;

  constructor(
    private readonly supply: EngineSupply,
    private readonly registry: TorrentRegistry,
    private readonly store: TorrentStore,
    private readonly learning: LearningService,
    private readonly news: TorrentHerald,
    private readonly numbers: TorrentNumbers,
    private readonly view: TorrentView,
    private readonly household: Household,
    private readonly clock: Clock,
    logger: Logger,
  ) {
    this.logger = logger.scoped('torrent');
  }

  start(): void {
    this.stopListening ??= this.supply.engine.on((event) => this.hear(event));
  }

  /** After the engine has stopped: what it said last is saved. */
  async close(): Promise<void> {
    this.rest();
    this.stopListening?.();
    await this.turns.run(() => Promise.resolve());
  }

  /** What was said until now is saved. */
  settled(): Promise<void> {
    return this.turns.run(() => Promise.resolve());
  }

  /** One second. */
  async beat(): Promise<void> {
    this.beats++;
    for (const entry of this.registry.all) await this.watch(entry, 1);
    await this.numbers.tell();
    if (this.beats % roundSeconds === 0) await this.round();
  }

  private hear(event: EngineEvent): void {
    if (event.type === 'engine') return this.hearState(event.state);
    const entry = this.registry.get(event.infoHash);
    if (!entry) return;
    if (event.type === 'resume') this.latest.set(entry.row.id, event.resume);
    this.turns
      .run(() => this.take(entry, event))
      .catch((error: unknown) =>
        this.logger.error('What the engine said could not be taken', {
          torrent: entry.row.id,
          event: event.type,
          error,
        }),
      );
  }

  private hearState(state: 'starting' | 'running' | 'restarting' | 'stopped'): void {
    if (state === 'stopped') this.rest();
    else if (this.beatMs > 0) this.timer ??= setInterval(() => void this.safeBeat(), this.beatMs).unref();
    if (state !== 'starting') for (const entry of this.registry.all) void this.news.changed(entry);
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.numbers.forget();
    for (const entry of this.registry.all) entry.lonelySince = entry.trackers = null;
  }

  private async safeBeat(): Promise<void> {
    try {
      await this.beat();
    } catch (error) {
      this.logger.error('Torrents could not be looked after', { error });
    }
  }

  private async take(entry: TorrentEntry, event: Exclude<EngineEvent, { type: 'engine' }>): Promise<void> {
    // Removed meanwhile.
    if (this.registry.get(entry.row.id) !== entry) return;
    if (event.type === 'resume') return this.save(entry);
    if (event.type === 'metadata') await this.learning.hear(entry, event.metainfo);
    else if (event.type === 'complete') await this.watch(entry);
    else await this.news.changed(entry);
    this.supply.nudge();
  }

  private async save(entry: TorrentEntry): Promise<void> {
    const { row } = entry;
    const resume = this.latest.get(row.id);
    if (!resume) return;
    this.latest.delete(row.id);
    row.downloaded = resume.downloaded;
    row.uploaded = resume.uploaded;
    row.haveBytes = this.view.facts(row.id)?.haveBytes ?? row.haveBytes;
    if (row.known) await this.store.saveResume(row.id, resume);
    await this.store.save(row);
  }

  private async complete(entry: TorrentEntry): Promise<void> {
    if (!isWhole(entry) || entry.wanted.size === 0) return;
    entry.row.complete = true;
    await this.store.save(entry.row);
    this.supply.nudge();
    this.news.tell({ infoHash: entry.row.id, kind: 'complete' });
    await this.news.changed(entry);
  }

  private async watch(entry: TorrentEntry, seconds = 0): Promise<void> {
    const { row } = entry;
    const facts = this.view.facts(row.id);
    const isLooking = facts && facts.peers === 0 && (facts.phase === 'metadata' || facts.phase === 'running');
    entry.lonelySince = isLooking ? (entry.lonelySince ?? this.clock.now()) : null;
    if (!facts) return;
    row.uploaded = facts.uploaded;
    row.haveBytes = facts.haveBytes;
    if (row.complete && isWhole(entry) && entry.holding === null && !row.paused) row.seededSeconds += seconds;
    // By its bytes: what the engine calls complete may be what was wished for before.
    if (!row.complete && row.wantedBytes > 0 && wantedHave(entry, facts) >= row.wantedBytes)
      await this.complete(entry);
  }

  private async round(): Promise<void> {
    await this.dropOrphans();
    if (this.beats % saveSeconds === 0)
      for (const entry of this.registry.all) if (entry.row.complete) await this.store.save(entry.row);
    const lonely = this.registry.all.filter((entry) => entry.lonelySince !== null).slice(0, mostAsked);
    for (const entry of lonely) {
      const details = await this.supply.engine.details(entry.row.id).catch(() => null);
      entry.trackers = details?.trackers ?? entry.trackers;
    }
    this.supply.nudge();
  }

  /** Whose people are gone is gone too; what is kept stays where it is. */
  async dropOrphans(): Promise<void> {
    const people = await this.household.people();
    for (const entry of this.registry.all) {
      entry.members = entry.members.filter(({ accountId }) => people.has(accountId));
      if (entry.members.length > 0) continue;
      const { id, kept } = entry.row;
      this.registry.drop(id);
      await this.store.remove(id);
      await this.supply.forget(id, { data: kept === 'no' });
      this.news.tell({ infoHash: id, kind: 'gone' });
    }
  }
}
