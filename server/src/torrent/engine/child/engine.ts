import type { ChildEvent, EngineCommand } from '../messages.js';
import { EngineError, type EngineSettings } from '../torrent-engine.js';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyedTurns } from '../../../common/turns.js';
import { BytesServer } from './bytes-server.js';
import { SwarmClient } from './client.js';
import { FilePool } from './file-pool.js';
import { readAheadFor } from './governor.js';
import { PieceCache } from './piece-cache.js';
import { RecentPieces } from './recent-pieces.js';
import { detailsOf, factsOf } from './report.js';
import { type SessionContext, TorrentSession } from './torrent-session.js';

const factsEveryMs = 1000;
const watchEveryMs = 5000;
/** The longest piece that is taken. Room for one that arrives, and one for who waits for it. */
const mostPieceBytes = 16 * 1024 * 1024;

export interface EngineOptions {
  readonly dataFolder: string;
  readonly socketPath: string;
  readonly emit: (event: ChildEvent) => void;
  /** Nothing more can be done in this process. */
  readonly crashed: (error: Error) => void;
}

interface Started {
  settings: EngineSettings;
  client: SwarmClient;
  readonly cache: PieceCache;
  readonly bytes: BytesServer;
  readonly timers: NodeJS.Timeout[];
}

/** Carries out what the server says: commands about one torrent one after the other, in the order they came. */
export class Engine {
  private readonly sessions = new Map<string, TorrentSession>();
  private readonly turns = new KeyedTurns();
  private readonly files = new FilePool();
  private readonly recent = new RecentPieces();
  private started: Started | null = null;

  constructor(private readonly options: EngineOptions) {}

  /** @returns the answer, as `answers` (messages.ts) has it @throws EngineError */
  async carryOut(command: EngineCommand): Promise<unknown> {
    switch (command.name) {
      case 'ping':
        return null;
      case 'start':
        return this.turns.run('', () => this.start(command.settings));
      case 'configure':
        return this.turns.run('', () => this.configure(command.settings));
      case 'stop':
        return this.turns.run('', () => this.stop());
      case 'add':
        return this.turns.run(command.torrent.infoHash, () => this.add(command));
      case 'remove':
        return this.turns.run(command.infoHash, () => this.remove(command.infoHash, command.data));
      default:
        return this.turns.run(command.infoHash, () => this.tell(command));
    }
  }

  private async tell(
    command: Exclude<EngineCommand, { name: 'ping' | 'start' | 'configure' | 'stop' | 'add' | 'remove' }>,
  ): Promise<unknown> {
    const session = this.session(command.infoHash);
    switch (command.name) {
      case 'wish':
        await session.wish(command.wishes);
        return null;
      case 'open':
        return { size: session.file(command.fileIndex).length };
      case 'present':
        return session.present(command.fileIndex);
      case 'seek':
        session.seek(command.fileIndex, command.byte);
        return null;
      case 'details':
        return detailsOf(session);
      case 'announce':
        session.announce();
        return null;
    }
  }

  private async start(settings: EngineSettings): Promise<null> {
    if (this.started) return this.configure(settings);
    const cache = new PieceCache(this.options.dataFolder, this.files, settings.cacheBytes);
    await cache.load();
    const client = await SwarmClient.open(settings, this.options.crashed);
    const bytes = new BytesServer({
      size: (infoHash, index) => this.session(infoHash).file(index).length,
      read: (infoHash, ...range) => this.session(infoHash).read(...range),
      readPresent: (infoHash, ...range) => this.session(infoHash).readPresent(...range),
    });
    await bytes.listen(this.options.socketPath);
    const timers = [
      setInterval(() => this.report(), factsEveryMs),
      setInterval(() => this.all((session) => session.watch()), watchEveryMs),
    ];
    this.started = { settings, client, cache, bytes, timers };
    return null;
  }

  private async configure(settings: EngineSettings): Promise<null> {
    const started = this.running();
    started.settings = settings;
    await started.cache.setCap(settings.cacheBytes);
    if (started.client.configure(settings)) return null;
    await Promise.all([...this.sessions.values()].map((session) => session.leave()));
    await started.client.close();
    started.client = await SwarmClient.open(settings, this.options.crashed);
    await Promise.all([...this.sessions.values()].map((session) => session.rejoin()));
    return null;
  }

  private async stop(): Promise<null> {
    const { started } = this;
    if (!started) return null;
    for (const timer of started.timers) clearInterval(timer);
    await started.bytes.close();
    await Promise.all([...this.sessions.values()].map((session) => session.close({ data: false })));
    this.sessions.clear();
    await started.client.close();
    this.started = null;
    return null;
  }

  private async add({ torrent }: Extract<EngineCommand, { name: 'add' }>): Promise<null> {
    const known = this.sessions.get(torrent.infoHash);
    if (known) {
      await known.wish(torrent.wishes);
      return null;
    }
    const session = new TorrentSession(torrent, this.context());
    this.sessions.set(torrent.infoHash, session);
    try {
      await session.open();
    } catch (error) {
      this.sessions.delete(torrent.infoHash);
      throw error;
    }
    return null;
  }

  private async remove(infoHash: string, data: boolean): Promise<null> {
    const { cache } = this.running();
    const session = this.sessions.get(infoHash);
    this.sessions.delete(infoHash);
    await session?.close({ data });
    if (!data) return null;
    // Also of one that is not known, or whose contents never were.
    await cache.deleteAll(infoHash);
    await rm(join(this.options.dataFolder, infoHash), { recursive: true, force: true });
    return null;
  }

  private context(): SessionContext {
    const { cache } = this.running();
    return {
      ...{ cache, files: this.files, recent: this.recent },
      ...{ dataFolder: this.options.dataFolder, emit: this.options.emit },
      client: () => this.running().client,
      budget: () => this.budget(),
      readersChanged: () => this.all((session) => session.replan()),
    };
  }

  private budget(): { shareBytes: number; readAheadBytes: number } {
    const { cacheBytes } = this.running().settings;
    let readers = 0;
    for (const session of this.sessions.values()) readers += session.readers.active.size;
    const room = Math.max(0, cacheBytes - 2 * Math.min(mostPieceBytes, cacheBytes / 8));
    return { shareBytes: room / Math.max(1, readers), readAheadBytes: readAheadFor(cacheBytes) };
  }

  private report(): void {
    const { client, cache } = this.running();
    this.all((session) => session.tick());
    this.options.emit({
      type: 'facts',
      torrents: [...this.sessions.values()].map((session) => factsOf(session)),
      health: {
        memoryBytes: process.memoryUsage.rss(),
        cacheUsedBytes: cache.usedBytes,
        listeningPort: client.listeningPort,
        dhtNodes: client.dhtNodes,
      },
    });
  }

  private all(action: (session: TorrentSession) => void): void {
    for (const session of this.sessions.values()) action(session);
  }

  private session(infoHash: string): TorrentSession {
    const session = this.sessions.get(infoHash);
    if (!session) throw new EngineError('unknown', 'No such torrent');
    return session;
  }

  private running(): Started {
    if (!this.started) throw new EngineError('unavailable', 'The engine was not started');
    return this.started;
  }
}
