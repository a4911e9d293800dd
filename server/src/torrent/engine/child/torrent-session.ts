import type { ParsedTorrent, Torrent } from 'webtorrent';
import type { ChildEvent } from '../messages.js';
import { EngineError, type EngineTorrent, type EngineWishes, type PresentSpan } from '../torrent-engine.js';
import type { SwarmClient } from './client.js';
import type { FilePool } from './file-pool.js';
import { type Plan, plan, wishedFiles, worthlessness } from './governor.js';
import type { PieceCache } from './piece-cache.js';
import { Readers } from './readers.js';
import type { RecentPieces } from './recent-pieces.js';
import { StallWatch } from './stall-watch.js';
import { SwarmTorrent } from './swarm-torrent.js';
import { parseChecked, parsedBySwarm, TorrentContents } from './torrent-contents.js';

/** What all torrents of the engine share. */
export interface SessionContext {
  readonly dataFolder: string;
  readonly files: FilePool;
  readonly cache: PieceCache;
  readonly recent: RecentPieces;
  /** The one of now: it changes with some settings. */
  client(): SwarmClient;
  /** Bytes of the cache for each reader, and how far it is read ahead. */
  budget(): { readonly shareBytes: number; readonly readAheadBytes: number };
  /** The number of readers changed: budgets did. */
  readersChanged(): void;
  emit(event: ChildEvent): void;
}

/** How long a torrent stays with its peers when nobody needs it: people come back, and players open anew. */
const graceMs = 60_000;
const removed = (): EngineError => new EngineError('removed', 'The torrent was removed');
const nothing: Plan = { fetch: [], urgent: [], keep: [], windowEnds: [] };

/**
 * One torrent: its contents on the disk, who reads it, and, while any of it is needed, its swarm. Everything that
 * changes what is needed ends in `replan`.
 */
export class TorrentSession {
  contents: TorrentContents | null = null;
  swarm: SwarmTorrent | null = null;
  failure: EngineError | null = null;
  wishes: EngineWishes;
  plan: Plan = nothing;
  private moved: { downloaded: number; uploaded: number };
  private neededAt = performance.now();
  private readonly stall = new StallWatch();
  private isComplete = false;
  private isChanged = false;
  private isJump = false;
  private isPlanDue = false;
  private isClosed = false;
  private checking: Promise<void> = Promise.resolve();
  readonly readers = new Readers({
    refusal: () => this.failure ?? (this.isClosed ? removed() : null),
    changed: (isJump) => this.readersChanged(isJump),
    moved: () => {
      this.noteProgress();
      this.replanSoon();
    },
    lost: (piece) => this.lost(piece),
  });

  constructor(
    readonly told: EngineTorrent,
    private readonly context: SessionContext,
  ) {
    this.wishes = told.wishes;
    this.moved = { downloaded: told.resume?.downloaded ?? 0, uploaded: told.resume?.uploaded ?? 0 };
  }

  get infoHash(): string {
    return this.told.infoHash;
  }

  get downloaded(): number {
    return this.moved.downloaded + (this.swarm?.torrent.received ?? 0);
  }

  get uploaded(): number {
    return this.moved.uploaded + (this.swarm?.torrent.uploaded ?? 0);
  }

  /** Since when something is wanted and nothing has come, by the clock of the world; null while all is well. */
  get stalledSince(): number | null {
    return this.stall.since;
  }

  /** Files that are asked for as a whole. */
  get wished(): number[] {
    return this.contents ? wishedFiles(this.contents.layout, this.wishes.priorities) : [];
  }

  /** Looks at what is on the disk, and joins if anything is needed. @throws EngineError `invalid` */
  async open(): Promise<void> {
    const { metainfo, infoHash } = this.told;
    if (metainfo) await this.load(this.contain(await parseChecked(metainfo, infoHash)));
    this.update();
  }

  /** Goes on with these wishes, also after a failure. */
  async wish(wishes: EngineWishes): Promise<void> {
    this.wishes = wishes;
    this.failure = null;
    this.isComplete = false;
    this.isChanged = true;
    await this.contents?.store.setWished(this.wished);
    this.update();
    this.noteComplete();
  }

  /** @throws EngineError `no-metadata`, `unknown` */
  file(index: number): { offset: number; length: number } {
    const { layout } = this.known();
    const file = layout.files[index];
    if (!file) throw new EngineError('unknown', 'The torrent has no such file');
    return file;
  }

  /**
   * Bytes `start` up to and including `end` of a file, as their pieces are verified. Ends when `signal` aborts.
   * @throws EngineError when they never will come
   */
  read(index: number, start: number, end: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const { offset } = this.file(index);
    const range = { start: offset + start, end: offset + end };
    return this.readers.read(this.known(), index, range, signal);
  }

  /** What of a file is here, in order. @throws EngineError as `file` */
  present(index: number): PresentSpan[] {
    const { offset, length } = this.file(index);
    const spans = this.known().spans(offset, offset + length - 1);
    return spans.map(({ start, end }) => ({ start: start - offset, end: end - offset }));
  }

  /** As `read`, for who only takes what is here: their place is nobody's window. @throws EngineError `absent` */
  readPresent(index: number, start: number, end: number): AsyncIterable<Uint8Array> {
    const { offset } = this.file(index);
    const contents = this.known();
    const [span] = contents.spans(offset + start, offset + end);
    if (span?.start !== offset + start || span.end !== offset + end)
      throw new EngineError('absent', 'Not all of it is here');
    return contents.stored(span);
  }

  /** What lies from there is fetched first, as if somebody had begun to read. @throws EngineError */
  seek(index: number, byte: number): void {
    const { offset, length } = this.file(index);
    this.readers.hint(index, offset + Math.min(byte, Math.max(0, length - 1)));
  }

  /** Every second. */
  tick(): void {
    this.readers.forgetOldHints();
    this.update();
    this.noteProgress();
  }

  /** Every five seconds: what should be fetched is said again, whatever became of it. */
  watch(): void {
    this.replan();
    this.swarm?.watch(this.plan);
    if (this.isChanged) void this.save();
  }

  announce(): void {
    this.neededAt = performance.now();
    this.update();
    this.swarm?.announce();
  }

  /** The client is another one: joins again. */
  async rejoin(): Promise<void> {
    await this.leave();
    this.update();
  }

  async leave(): Promise<void> {
    const { swarm } = this;
    this.swarm = null;
    if (!swarm) return;
    this.moved.downloaded += swarm.torrent.received;
    this.moved.uploaded += swarm.torrent.uploaded;
    await swarm.leave();
  }

  /** Trackers hear of it later: `SwarmClient.close` waits for them. @param options.data whether what is on the disk goes too */
  async close(options: { data: boolean }): Promise<void> {
    this.isClosed = true;
    this.readers.waits.fail(removed());
    void this.leave();
    await this.checking;
    if (!options.data) await this.save();
    await this.contents?.store.close(options.data);
  }

  /** Tells what is worth keeping of what it knows. */
  async save(): Promise<void> {
    this.isChanged = false;
    if (!this.contents) return;
    const { downloaded, uploaded } = this;
    const resume = await this.contents.resume({ downloaded, uploaded });
    this.context.emit({ type: 'resume', infoHash: this.infoHash, resume });
  }

  /** What should be fetched from now on. */
  replan(): void {
    this.isPlanDue = false;
    if (!this.contents || this.isClosed) return;
    this.plan = plan({
      ...{ layout: this.contents.layout, held: this.contents.held },
      ...{ priorities: this.wishes.priorities, ...this.context.budget() },
      readers: this.readers.places,
      nowMs: performance.now(),
    });
    this.swarm?.apply(this.plan, this.isJump);
    if (this.swarm?.isReady) this.isJump = false;
  }

  private known(): TorrentContents {
    if (this.contents) return this.contents;
    throw this.failure ?? new EngineError('no-metadata', 'What is in the torrent is not known yet');
  }

  private readersChanged(isJump: boolean): void {
    this.isJump ||= isJump;
    this.update();
    // Budgets changed with them, also those of other torrents.
    this.context.readersChanged();
  }

  private replanSoon(): void {
    if (this.isPlanDue) return;
    this.isPlanDue = true;
    queueMicrotask(() => this.replan());
  }

  private get isNeeded(): boolean {
    if (this.failure || this.wishes.paused || this.isClosed) return false;
    const { contents } = this;
    if (!contents || this.wishes.seed || !this.readers.isEmpty) return true;
    return this.wished.some((index) => !contents.holdings.hasFile(index));
  }

  /** Joins or leaves the swarm as it is needed or not. */
  private update(): void {
    const isNeeded = this.isNeeded;
    const now = performance.now();
    if (isNeeded) this.neededAt = now;
    const isAtRest = this.wishes.paused || this.failure !== null || now - this.neededAt >= graceMs;
    if (!isNeeded && isAtRest && this.swarm) void this.leave();
    if ((isNeeded || !isAtRest) && !this.swarm && !this.isClosed) this.join();
  }

  private join(): void {
    const { told, contents } = this;
    this.swarm = new SwarmTorrent(
      this.context.client(),
      {
        torrent: contents ? { ...contents.parsed } : `magnet:?xt=urn:btih:${told.infoHash}`,
        trackers: told.trackers,
        peers: told.peers,
        held: contents?.holdings.pieces ?? null,
      },
      {
        described: (torrent) => this.described(torrent),
        ready: () => {
          this.agree();
          this.replan();
        },
        verified: (piece) => this.verified(piece),
        unwanted: (piece) => this.lost(piece),
        failed: (error) => this.fail(error),
      },
    );
  }

  private described(torrent: Torrent): TorrentContents | null {
    if (this.contents) return this.contents;
    try {
      const contents = this.contain(parsedBySwarm(torrent, this.infoHash));
      const metainfo = Uint8Array.from(torrent.torrentFile);
      this.context.emit({ type: 'metadata', infoHash: this.infoHash, metainfo });
      this.settle(contents, metainfo).catch((error: unknown) => this.fail(error));
      return contents;
    } catch (error) {
      queueMicrotask(() => this.fail(error));
      return null;
    }
  }

  /** Metadata came from the swarm: what an earlier life left is looked for, and a private torrent joined as one. */
  private async settle(contents: TorrentContents, metainfo: Uint8Array): Promise<void> {
    // As it is joined later: with all that WebTorrent wants to know.
    Object.assign(contents.parsed, await parseChecked(metainfo, this.infoHash), { urlList: [] });
    await this.load(contents);
    if (contents.parsed.private) await this.rejoin();
    this.replan();
  }

  /** @throws EngineError `invalid` */
  private contain(parsed: ParsedTorrent): TorrentContents {
    const { files, cache, recent, dataFolder } = this.context;
    this.contents = new TorrentContents(parsed, {
      ...{ files, cache, recent, dataFolder, infoHash: this.infoHash },
      worthlessness: (piece) => worthlessness(this.plan.keep, piece),
      gone: (piece) => this.lost(piece),
    });
    return this.contents;
  }

  private async load(contents: TorrentContents): Promise<void> {
    await contents.load(this.told.resume, this.wished);
    this.agree();
    this.checking = this.check(contents).catch((error: unknown) => this.fail(error));
    this.noteComplete();
  }

  private async check(contents: TorrentContents): Promise<void> {
    await contents.check({
      isClosed: () => this.isClosed,
      wanted: () => this.plan.keep.map(({ anchor }) => anchor),
      checked: (piece, isThere) => {
        if (!isThere) return this.replanSoon();
        this.isChanged = true;
        this.swarm?.found(piece);
        this.readers.waits.came(piece);
      },
    });
    this.replanSoon();
    this.noteComplete();
  }

  /** The swarm's view of what is here is brought in line with what is: they part while it joins. */
  private agree(): void {
    const { contents, swarm } = this;
    if (!contents || !swarm?.isReady) return;
    for (let piece = 0; piece < contents.layout.pieceCount; piece++) {
      if (contents.has(piece)) swarm.found(piece);
      else swarm.lost(piece);
    }
  }

  private verified(piece: number): void {
    const { contents } = this;
    if (!contents?.store.holds(piece) || !contents.holdings.add(piece)) return;
    this.isChanged = true;
    this.stall.came();
    this.noteProgress();
    this.readers.waits.came(piece);
    this.noteComplete();
  }

  private lost(piece: number): void {
    this.contents?.holdings.delete(piece);
    this.isChanged = true;
    this.swarm?.lost(piece);
    this.replanSoon();
  }

  private noteProgress(): void {
    const { contents } = this;
    const isWanting =
      this.isNeeded &&
      (!this.readers.waits.isEmpty ||
        this.wished.some((index) => contents?.holdings.hasFile(index) === false));
    this.stall.wants(isWanting);
  }

  private noteComplete(): void {
    const { contents, wished } = this;
    if (!contents || this.isComplete || wished.length === 0) return;
    if (!wished.every((index) => contents.holdings.hasFile(index))) return;
    this.isComplete = true;
    void this.save().then(() => this.context.emit({ type: 'complete', infoHash: this.infoHash }));
  }

  private fail(error: unknown): void {
    if (this.failure || this.isClosed) return;
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    const message = error instanceof Error ? error.message : String(error);
    this.failure =
      error instanceof EngineError
        ? error
        : new EngineError(isFull ? 'disk-full' : 'unavailable', isFull ? 'The disk is full' : message);
    this.readers.waits.fail(this.failure);
    this.context.emit({ type: 'failed', infoHash: this.infoHash, reason: this.failure.message });
    void this.leave();
  }
}
