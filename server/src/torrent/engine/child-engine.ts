import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import type { Logger } from '../../common/log/logger.js';
import { Turns } from '../../common/turns.js';
import { Bell } from './bell.js';
import { EngineByteSource, type EngineConnection } from './engine-bytes.js';
import {
  type EngineEntry,
  type EngineProcess,
  type EngineProcessListener,
  forkEngine,
} from './engine-process.js';
import type { Member } from './member.js';
import {
  answers,
  bytesPath,
  type ChildEvent,
  presentBytesPath,
  type SentCommand,
  sentWishes,
} from './messages.js';
import { Patience } from './patience.js';
import { Roster } from './roster.js';
import { EngineSupervisor, type EngineState } from './supervisor.js';
import {
  type EngineDetails,
  EngineError,
  type EngineEvent,
  type EngineFacts,
  type EngineHealth,
  type EngineSettings,
  type EngineTorrent,
  type EngineWishes,
  type PresentSpan,
  type TorrentEngine,
} from './torrent-engine.js';

export interface ChildEngineOptions {
  /** Holds one folder a torrent, named by its infohash. */
  readonly dataDirectory: string;
  readonly logger: Logger;
  /** A reader gives up after so long without a byte. Default 60 000. */
  readonly stallMs?: number;
  /** What runs in the process; default: `child/main.js` beside this file. */
  readonly entry?: EngineEntry;
}

/** Somebody who only asks waits so long for an engine that is coming back. */
const patienceMs = 15_000;

const ownEntry = (): EngineEntry => ({
  path: fileURLToPath(new URL('child/main.js', import.meta.url)),
  execArgv: [],
});

/**
 * WebTorrent in a supervised process of its own. Remembers what the process was told and what it learnt, and tells the
 * next one: who reads when it dies only waits a little.
 */
export class ChildEngine implements TorrentEngine {
  private readonly listeners = new Set<(event: EngineEvent) => void>();
  private readonly bell = new Bell();
  private readonly supervisor: EngineSupervisor;
  private readonly roster: Roster;
  private settings: EngineSettings | null = null;
  private socketDirectory = '';
  private lastHealth: Extract<ChildEvent, { type: 'facts' }>['health'] | null = null;
  /** Start, stop and changes of settings come one after the other. */
  private readonly turns = new Turns();

  constructor(private readonly options: ChildEngineOptions) {
    this.supervisor = new EngineSupervisor({
      startProcess: (listener) => this.startProcess(listener),
      settings: () => this.knownSettings(),
      onState: (state, reason) => this.onState(state, reason),
      onEvent: (event) => this.onEvent(event),
      logger: options.logger,
    });
    this.roster = new Roster(this.supervisor, () => this.bell.ring());
  }

  start(settings: EngineSettings): Promise<void> {
    return this.turns.run(async () => {
      if (this.supervisor.state !== 'stopped') return this.change(settings);
      this.settings = settings;
      await mkdir(this.options.dataDirectory, { recursive: true });
      this.socketDirectory = await mkdtemp(join(tmpdir(), 'hearth-torrent-'));
      try {
        await this.supervisor.start();
      } catch (error) {
        await this.close();
        throw error;
      }
    });
  }

  stop(): Promise<void> {
    return this.turns.run(() => this.close());
  }

  configure(settings: EngineSettings): Promise<void> {
    return this.turns.run(() => this.change(settings));
  }

  async add(torrent: EngineTorrent): Promise<void> {
    this.knownSettings(); // or it is stopped
    await this.roster.add(torrent);
  }

  async wish(infoHash: string, wishes: EngineWishes): Promise<void> {
    const member = this.member(infoHash);
    member.learn({ wishes });
    if (member.place === 'away') return; // it will be told with the torrent
    await this.unlessGone({ name: 'wish', infoHash, wishes: sentWishes(wishes) }, answers.wish);
  }

  async remove(infoHash: string, { data }: { data: boolean }): Promise<void> {
    this.knownSettings(); // only the engine knows how its files lie
    await this.roster.remove(infoHash, data);
  }

  open(infoHash: string, fileIndex: number): Promise<ByteSource> {
    return this.opened(infoHash, fileIndex, bytesPath(infoHash, fileIndex));
  }

  present(infoHash: string, fileIndex: number): Promise<PresentSpan[]> {
    return this.ask(infoHash, { name: 'present', infoHash, fileIndex }, answers.present);
  }

  openPresent(infoHash: string, fileIndex: number): Promise<ByteSource> {
    return this.opened(infoHash, fileIndex, presentBytesPath(infoHash, fileIndex));
  }

  async seek(infoHash: string, fileIndex: number, byte: number): Promise<void> {
    await this.ask(infoHash, { name: 'seek', infoHash, fileIndex, byte }, answers.seek);
  }

  facts(infoHash: string): EngineFacts | undefined {
    return this.roster.get(infoHash)?.facts;
  }

  details(infoHash: string): Promise<EngineDetails> {
    return this.ask(infoHash, { name: 'details', infoHash }, answers.details);
  }

  async announce(infoHash: string): Promise<void> {
    await this.ask(infoHash, { name: 'announce', infoHash }, answers.announce);
  }

  health(): EngineHealth {
    const { state, restarts } = this.supervisor;
    const nothing = { memoryBytes: null, listeningPort: null, dhtNodes: null };
    const cacheUsedBytes = this.lastHealth?.cacheUsedBytes ?? 0;
    if (state !== 'running') return { ...nothing, cacheUsedBytes, state, restarts };
    return { ...nothing, cacheUsedBytes, ...this.lastHealth, state, restarts };
  }

  on(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** For tests that end it by force; null while none runs. */
  get processId(): number | null {
    return this.supervisor.processId;
  }

  private async opened(infoHash: string, fileIndex: number, path: string): Promise<ByteSource> {
    const { size } = await this.ask(infoHash, { name: 'open', infoHash, fileIndex }, answers.open);
    const { stallMs = 60_000 } = this.options;
    const connection = this.connection(this.member(infoHash));
    return new EngineByteSource(connection, infoHash, fileIndex, size, stallMs, path);
  }

  private async change(settings: EngineSettings): Promise<void> {
    const before = this.knownSettings();
    this.settings = settings;
    try {
      await this.unlessGone({ name: 'configure', settings }, answers.configure);
    } catch (error) {
      this.settings = before;
      throw error;
    }
  }

  private async close(): Promise<void> {
    await this.supervisor.stop();
    this.settings = null;
    this.roster.clear();
    this.bell.ring();
    if (this.socketDirectory) await rm(this.socketDirectory, { recursive: true, force: true });
    this.socketDirectory = '';
  }

  /** Where the process that runs now gives bytes. */
  socketPath(): string {
    // Each process has one of its own: nobody reads from one that is being killed.
    return join(this.socketDirectory, `${this.supervisor.generation}.sock`);
  }

  private startProcess(listener: EngineProcessListener): EngineProcess {
    const { entry = ownEntry(), dataDirectory, logger } = this.options;
    return forkEngine(entry, [this.socketPath(), dataDirectory], logger, listener);
  }

  private knownSettings(): EngineSettings {
    if (!this.settings) throw stopped();
    return this.settings;
  }

  private member(infoHash: string): Member {
    const member = this.roster.get(infoHash);
    if (!member) throw this.settings ? new EngineError('unknown', 'No such torrent') : stopped();
    return member;
  }

  /** What the next process is told anyway need not reach this one. */
  private async unlessGone(command: SentCommand, answer: z.ZodType<null>): Promise<void> {
    const { generation, state } = this.supervisor;
    if (state !== 'running') return;
    try {
      await this.supervisor.ask(command, answer);
    } catch (error) {
      if (this.isStill(generation)) throw error;
    }
  }

  /** Asks about a torrent; waits for an engine that is coming back, and asks the next one when one ends over it. */
  private async ask<T>(infoHash: string, command: SentCommand, answer: z.ZodType<T>): Promise<T> {
    const patience = new Patience(
      patienceMs,
      () => new EngineError('unavailable', 'The engine is not back yet'),
    );
    for (;;) {
      await this.untilThere(infoHash, patience);
      const { generation } = this.supervisor;
      try {
        return await this.supervisor.ask(command, answer);
      } catch (error) {
        if (this.isStill(generation)) throw error;
      }
    }
  }

  private async untilThere(infoHash: string, patience: Patience): Promise<void> {
    for (;;) {
      const { place, failure } = this.member(infoHash);
      if (failure) throw failure;
      if (place === 'there') return;
      const enough = new AbortController();
      await patience.during(this.bell.heard(enough.signal), () => enough.abort());
    }
  }

  private isStill(generation: number): boolean {
    return this.supervisor.state === 'running' && this.supervisor.generation === generation;
  }

  private connection(member: Member): EngineConnection {
    const { infoHash } = member.torrent;
    return {
      socketPath: () => (member.place === 'there' ? this.socketPath() : null),
      failure: () => {
        if (!this.settings) return stopped();
        if (this.roster.get(infoHash) !== member)
          return new EngineError('removed', 'The torrent was removed');
        return member.failure;
      },
      changed: (signal) => this.bell.heard(signal),
      enter: () => {
        member.readers++;
        return () => member.readers--;
      },
    };
  }

  private onState(state: EngineState, reason: string): void {
    if (state !== 'running') this.roster.leave();
    this.tell({ type: 'engine', state, reason });
    if (state === 'running') void this.restore();
    this.bell.ring();
  }

  private async restore(): Promise<void> {
    try {
      for (const { torrent, failure } of await this.roster.restore()) {
        this.tell({ type: 'failed', infoHash: torrent.infoHash, reason: failure?.message ?? '' });
      }
    } catch (error) {
      this.options.logger.error('The engine of torrents could not be told everything', { error });
    }
  }

  private onEvent(event: ChildEvent): void {
    if (event.type === 'log') return this.options.logger[event.level](event.message);
    if (event.type === 'facts') return this.onFacts(event);
    const member = this.roster.get(event.infoHash);
    if (!member) return; // removed while it was being said
    if (event.type === 'metadata') member.learn({ metainfo: event.metainfo });
    if (event.type === 'resume') member.learn({ resume: event.resume });
    if (event.type === 'failed') member.fail(new EngineError('unavailable', event.reason));
    this.tell(event);
    this.bell.ring();
  }

  private onFacts({ torrents, health }: Extract<ChildEvent, { type: 'facts' }>): void {
    this.lastHealth = health;
    for (const facts of torrents) this.roster.get(facts.infoHash)?.observe(facts);
  }

  private tell(event: EngineEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}

const stopped = (): EngineError => new EngineError('unavailable', 'The engine is stopped');
