import { setTimeout as delay } from 'node:timers/promises';
import type { ByteSource } from '../../../common/bytes/byte-source.js';
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
} from '../torrent-engine.js';
import { type FakeContent, FakeSource, FakeTorrent } from './fake-torrent.js';

/**
 * An engine without a network: what its hands `provide` is what others have, and it comes the moment it is wanted.
 * Events are told before the call that causes them returns, unless said otherwise.
 */
export class FakeEngine implements TorrentEngine {
  /** As last told; null while it is stopped. */
  settings: EngineSettings | null = null;
  /** What it was told to remove, in that order. */
  readonly removals: { infoHash: string; data: boolean }[] = [];
  private state: EngineHealth['state'] = 'stopped';
  private restarts = 0;
  private readonly torrents = new Map<string, FakeTorrent>();
  private readonly swarm = new Map<string, FakeContent>();
  /** How many pieces may still come of those that are held back. */
  private readonly withheld = new Map<string, number>();
  private readonly given = new Map<string, number[]>();
  private readonly listeners = new Set<(event: EngineEvent) => void>();
  private waiting: (() => void)[] = [];

  constructor(private readonly options: { readonly stallMs?: number } = {}) {}

  // Hands.

  /** From now on others have this torrent: whoever added it learns what is in it. */
  provide(content: FakeContent): void {
    this.swarm.set(content.infoHash, content);
    const torrent = this.torrents.get(content.infoHash);
    if (torrent) this.advance(torrent);
  }

  /** After so many pieces nothing more comes of this torrent. */
  withhold(infoHash: string, after = 0): void {
    this.withheld.set(infoHash, after);
    const torrent = this.torrents.get(infoHash);
    if (torrent) this.advance(torrent);
  }

  /** It comes again. */
  supply(infoHash: string): void {
    this.withheld.delete(infoHash);
    const torrent = this.torrents.get(infoHash);
    if (torrent) this.advance(torrent);
  }

  fail(infoHash: string, reason: string): void {
    const torrent = this.known(infoHash);
    torrent.failure = reason;
    this.tell({ type: 'failed', infoHash, reason });
    this.wake();
  }

  setStalledSince(infoHash: string, since: number | null): void {
    this.known(infoHash).stalledSince = since;
  }

  /** Dies; it is back after `recover`. What was verified is still there. */
  crash(): void {
    this.setState('restarting', 'it died');
    this.restarts++;
  }

  recover(): void {
    this.setState('running', '');
    for (const torrent of this.torrents.values()) this.advance(torrent);
  }

  /** Pieces that came from others, in that order. */
  fetched(infoHash: string): readonly number[] {
    return this.given.get(infoHash) ?? [];
  }

  /** What the engine was told of a torrent, with the wishes of now; undefined for unknown ones. */
  told(infoHash: string): EngineTorrent | undefined {
    const torrent = this.torrents.get(infoHash);
    return torrent && { ...torrent.told, wishes: torrent.wishes };
  }

  // The port.

  start(settings: EngineSettings): Promise<void> {
    this.settings = settings;
    if (this.state === 'stopped') {
      this.setState('starting', '');
      this.setState('running', '');
    }
    return Promise.resolve();
  }

  stop(): Promise<void> {
    for (const torrent of this.torrents.values()) {
      this.tell({ type: 'resume', infoHash: torrent.told.infoHash, resume: torrent.resume() });
      torrent.removed = true;
    }
    this.torrents.clear();
    if (this.state !== 'stopped') this.setState('stopped', '');
    this.settings = null;
    return Promise.resolve();
  }

  configure(settings: EngineSettings): Promise<void> {
    if (this.state === 'stopped') return this.refuse('unavailable', 'The engine is stopped');
    this.settings = settings;
    return Promise.resolve();
  }

  add(told: EngineTorrent): Promise<void> {
    if (this.state === 'stopped') return this.refuse('unavailable', 'The engine is stopped');
    let torrent = this.torrents.get(told.infoHash);
    if (torrent) torrent.wishes = told.wishes;
    else this.torrents.set(told.infoHash, (torrent = new FakeTorrent(told)));
    if (torrent.failure !== null) torrent.failure = null;
    this.advance(torrent);
    return Promise.resolve();
  }

  wish(infoHash: string, wishes: EngineWishes): Promise<void> {
    const torrent = this.torrents.get(infoHash);
    if (!torrent) return this.refuse('unknown', 'No such torrent');
    torrent.wishes = wishes;
    this.advance(torrent);
    return Promise.resolve();
  }

  remove(infoHash: string, { data }: { data: boolean }): Promise<void> {
    if (this.state === 'stopped') return this.refuse('unavailable', 'The engine is stopped');
    this.removals.push({ infoHash, data });
    const torrent = this.torrents.get(infoHash);
    if (!torrent) return Promise.resolve();
    torrent.removed = true;
    this.torrents.delete(infoHash);
    this.wake();
    return Promise.resolve();
  }

  open(infoHash: string, fileIndex: number): Promise<ByteSource> {
    const torrent = this.torrents.get(infoHash);
    if (!torrent) return this.refuse('unknown', 'No such torrent');
    if (!torrent.content) return this.refuse('no-metadata', 'What is in the torrent is not known yet');
    if (!torrent.content.files[fileIndex]) return this.refuse('unknown', 'No such file');
    return Promise.resolve(
      new FakeSource(torrent, fileIndex, {
        have: (piece) => this.isReachable && (torrent.has(piece) || this.fetch(torrent, piece)),
        changed: (signal) => this.changed(torrent, signal),
      }),
    );
  }

  async present(infoHash: string, fileIndex: number): Promise<PresentSpan[]> {
    await this.open(infoHash, fileIndex);
    return this.known(infoHash).present(fileIndex);
  }

  async openPresent(infoHash: string, fileIndex: number): Promise<ByteSource> {
    await this.open(infoHash, fileIndex);
    const torrent = this.known(infoHash);
    return new FakeSource(torrent, fileIndex, {
      have: (piece) => torrent.has(piece),
      changed: () => this.refuse('absent', 'Not all of it is here'),
    });
  }

  seek(infoHash: string, fileIndex: number, byte: number): Promise<void> {
    const torrent = this.torrents.get(infoHash);
    if (!torrent) return this.refuse('unknown', 'No such torrent');
    this.fetch(torrent, torrent.pieceAt(fileIndex, byte));
    return Promise.resolve();
  }

  facts(infoHash: string): EngineFacts | undefined {
    return this.torrents.get(infoHash)?.facts();
  }

  details(infoHash: string): Promise<EngineDetails> {
    const torrent = this.torrents.get(infoHash);
    if (!torrent) return this.refuse('unknown', 'No such torrent');
    return Promise.resolve({
      peers: [],
      trackers: torrent.told.trackers.map((url) => ({
        url,
        state: 'waiting' as const,
        message: null,
        seeders: null,
        leechers: null,
      })),
      bitfield: torrent.bitfield(),
      pieceLength: torrent.content?.pieceLength ?? 0,
    });
  }

  announce(infoHash: string): Promise<void> {
    return this.torrents.has(infoHash) ? Promise.resolve() : this.refuse('unknown', 'No such torrent');
  }

  health(): EngineHealth {
    const { state, restarts } = this;
    const isRunning = state === 'running';
    return {
      state,
      restarts,
      memoryBytes: null,
      cacheUsedBytes: 0,
      listeningPort: isRunning ? 6881 : null,
      dhtNodes: null,
    };
  }

  on(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private get isReachable(): boolean {
    return this.state === 'running';
  }

  /** @returns whether it came */
  private fetch(torrent: FakeTorrent, piece: number): boolean {
    const { infoHash } = torrent.told;
    const left = this.withheld.get(infoHash) ?? Infinity;
    if (!this.isReachable || !torrent.content || torrent.wishes.paused || left <= 0) return false;
    if (torrent.has(piece)) return true;
    if (this.withheld.has(infoHash)) this.withheld.set(infoHash, left - 1);
    torrent.fetch(piece);
    this.given.set(infoHash, [...(this.given.get(infoHash) ?? []), piece]);
    this.tell({ type: 'resume', infoHash, resume: torrent.resume() });
    return true;
  }

  /** Does what can be done for a torrent now, and says so. */
  private advance(torrent: FakeTorrent): void {
    const { infoHash } = torrent.told;
    const found = this.swarm.get(infoHash);
    // Metadata come from others, who have to be found.
    const isShared = !torrent.wishes.paused && this.withheld.get(infoHash) !== 0;
    if (this.isReachable && found && !torrent.content && (torrent.metainfo !== null || isShared)) {
      torrent.content = found;
      if (torrent.metainfo === null) this.tell({ type: 'metadata', infoHash, metainfo: found.metainfo });
      torrent.metainfo = found.metainfo;
    }
    const missing = torrent.wished().filter((piece) => !torrent.has(piece));
    const isWhole = missing.length > 0 && missing.every((piece) => this.fetch(torrent, piece));
    if (isWhole) this.tell({ type: 'complete', infoHash });
    this.wake();
  }

  /** Until something changed. @throws EngineError `stalled` after `stallMs` */
  private async changed(torrent: FakeTorrent, signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const woken = new Promise<'woken'>((resolve) => {
      const wake = (): void => resolve('woken');
      this.waiting.push(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
    const late = delay(this.options.stallMs ?? 60_000, 'late' as const, { signal: ended.signal, ref: false });
    late.catch(() => undefined);
    const first = await Promise.race([woken, late]);
    ended.abort();
    if (first === 'late') throw new EngineError('stalled', `Nothing of ${torrent.told.infoHash} comes`);
  }

  private wake(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }

  private setState(state: EngineHealth['state'], reason: string): void {
    this.state = state;
    this.tell({ type: 'engine', state, reason });
    this.wake();
  }

  private known(infoHash: string): FakeTorrent {
    const torrent = this.torrents.get(infoHash);
    if (!torrent) throw new Error(`The fake engine has no ${infoHash}`);
    return torrent;
  }

  private refuse(code: EngineError['code'], message: string): Promise<never> {
    return Promise.reject(new EngineError(code, message));
  }

  private tell(event: EngineEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
