import type { Torrent, TorrentDetails, TorrentMetadata } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import type { ByteSource } from '../common/bytes/byte-source.js';
import type { Egress } from '../common/fetch/egress.js';
import type { Caller } from '../common/http/caller.js';
import { TorrentAccessService } from './access/torrent-access.service.js';
import { TorrentDoor } from './door/torrent-door.service.js';
import type { EngineFacts, PresentSpan } from './engine/torrent-engine.js';
import { AddingService, type AddWishes } from './manage/adding.service.js';
import { ManagingService, type TorrentChange } from './manage/managing.service.js';
import { ReadingIn, type TorrentText } from './manage/reading-in.service.js';
import { SwarmCounts, type SwarmSize } from './manage/swarm-counts.service.js';
import { TorrentBytes } from './manage/torrent-bytes.service.js';
import { TorrentFacts } from './manage/torrent-facts.service.js';
import { TorrentConversion } from './manage/torrent-conversion.service.js';
import { TorrentHerald } from './manage/torrent-herald.service.js';

export type { TorrentChange } from './manage/managing.service.js';
export type { SwarmSize } from './manage/swarm-counts.service.js';
export type { TorrentText } from './manage/reading-in.service.js';

/** A link (magnet, infohash, http(s) address of a `.torrent`) or a `.torrent`, and what to do with it. */
export type TorrentDraft = TorrentText & AddWishes;

/** `added`: by the account, to have it; `known`: what is in it became known; `complete`: all that was wished for is there. */
export interface TorrentNewsItem {
  readonly infoHash: string;
  readonly kind: 'added' | 'known' | 'gone' | 'complete' | 'shared';
  readonly accountId?: string;
}

/** Torrents, for everybody outside this folder. Infohashes are 40 lower-case hexadecimal digits. */
@Injectable()
export class TorrentService {
  constructor(
    private readonly access: TorrentAccessService,
    private readonly readingIn: ReadingIn,
    private readonly adding: AddingService,
    private readonly managing: ManagingService,
    private readonly bytes: TorrentBytes,
    private readonly allFacts: TorrentFacts,
    private readonly herald: TorrentHerald,
    private readonly conversion: TorrentConversion,
    private readonly door: TorrentDoor,
    private readonly counts: SwarmCounts,
  ) {}

  /** @throws ProblemError TORRENTS_DISABLED, TORRENTS_NOT_ALLOWED, TORRENT_INVALID, TORRENT_REFUSED, TORRENT_LIMIT_REACHED, QUOTA_EXCEEDED */
  async add(draft: TorrentDraft, caller: Caller, signal?: AbortSignal): Promise<Torrent> {
    await this.access.mustBeAllowed(caller.accountId);
    const given = await this.readingIn.read(draft, signal);
    const { row } = await this.adding.add(given, draft, caller.accountId);
    this.herald.tell({ infoHash: row.id, kind: 'added', accountId: caller.accountId });
    return this.managing.torrent(row.id, caller);
  }

  /** Adds a link to be watched where it is not there yet; waits for nothing. @returns its infohash @throws as `add` */
  async ensure(link: string | TorrentText, caller: Caller, signal?: AbortSignal): Promise<string> {
    await this.access.mustBeAllowed(caller.accountId);
    const given = await this.readingIn.read(typeof link === 'string' ? { link } : link, signal);
    if (await this.maySee(given.infoHash, caller.accountId)) return given.infoHash;
    await this.adding.add(given, { download: false, shared: false }, caller.accountId);
    return given.infoHash;
  }

  /** What is in a link or a `.torrent`, without joining anything. @throws as `add` */
  async parse(text: TorrentText, caller: Caller): Promise<TorrentMetadata> {
    await this.access.mustBeAllowed(caller.accountId);
    return this.conversion.describe(await this.readingIn.read(text), caller);
  }

  /** How many have it, as its trackers say, without joining. @throws as `add` */
  async swarm(link: string, caller: Caller, signal?: AbortSignal): Promise<SwarmSize> {
    await this.access.mustBeAllowed(caller.accountId);
    const { infoHash, trackers } = await this.readingIn.read({ link }, signal);
    return this.counts.size(infoHash, trackers);
  }

  /** The `.torrent` of a link, asked of the swarm. @throws as `add` and `metadata` */
  async convert(link: string, caller: Caller, signal?: AbortSignal): Promise<Uint8Array> {
    await this.access.mustBeAllowed(caller.accountId);
    return this.conversion.convert(await this.readingIn.read({ link }, signal), caller, signal);
  }

  /**
   * What is in it; asks the swarm where that is not known, as long as `TORRENT_TIMEOUT`.
   * @throws ProblemError NOT_FOUND, TORRENT_METADATA_TIMEOUT, TORRENT_REFUSED; TORRENT_NOT_READY while it is paused
   */
  metadata(infoHash: string, signal?: AbortSignal): Promise<TorrentMetadata> {
    return this.bytes.metadata(infoHash, signal);
  }

  /** What is known of what is in it, without asking anybody; null while only the link is known. */
  known(infoHash: string): Promise<TorrentMetadata | null> {
    return this.allFacts.metadata(infoHash);
  }

  /** @throws ProblemError NOT_FOUND, also for those whose it is not */
  torrent(infoHash: string, caller: Caller): Promise<Torrent> {
    return this.managing.torrent(infoHash, caller);
  }

  /** The newest first: one's own and shared ones; all for administrators. */
  list(caller: Caller): Promise<Torrent[]> {
    return this.managing.list(caller);
  }

  details(infoHash: string, caller: Caller): Promise<TorrentDetails> {
    return this.managing.details(infoHash, caller);
  }

  remove(infoHash: string, options: { data: boolean }, caller: Caller): Promise<void> {
    return this.managing.remove(infoHash, options, caller);
  }

  pause(infoHash: string, caller: Caller): Promise<Torrent> {
    return this.managing.pause(infoHash, caller);
  }

  resume(infoHash: string, caller: Caller): Promise<Torrent> {
    return this.managing.resume(infoHash, caller);
  }

  change(infoHash: string, change: TorrentChange, caller: Caller): Promise<Torrent> {
    return this.managing.change(infoHash, change, caller);
  }

  /** For who moves it into a library: fetches these files. @throws ProblemError NOT_FOUND, FORBIDDEN, QUOTA_EXCEEDED */
  keep(infoHash: string, fileIndices: readonly number[], caller: Caller): Promise<void> {
    return this.managing.keep(infoHash, fileIndices, caller);
  }

  /** The same, whatever room there is; or it is in a library now (`yes`), or will not be (`no`). */
  markKept(
    infoHash: string,
    state: 'no' | 'pending' | 'yes',
    fileIndices?: readonly number[],
  ): Promise<void> {
    return this.managing.markKept(infoHash, state, fileIndices);
  }

  /** Whether the account may use torrents and sees this one: its own, a shared one, any for administrators. */
  maySee(infoHash: string, accountId: string): Promise<boolean> {
    return this.access.maySee(infoHash, accountId);
  }

  /** @throws ProblemError TORRENTS_DISABLED, TORRENTS_NOT_ALLOWED */
  mustBeAllowed(accountId: string): Promise<void> {
    return this.access.mustBeAllowed(accountId);
  }

  /** Whether the account may watch one torrent more. @param playing how many it watches now @throws ProblemError STREAM_LIMIT_REACHED */
  mustHaveStreamLeft(accountId: string, playing: number): Promise<void> {
    return this.access.mustHaveStreamLeft(accountId, playing);
  }

  /** Starts the engine if need be; reading waits for pieces. @throws ProblemError NOT_FOUND, TORRENT_NOT_READY, UNAVAILABLE */
  source(infoHash: string, fileIndex: number): Promise<ByteSource> {
    return this.bytes.open(infoHash, fileIndex);
  }

  /** Loopback address of a file's bytes, for ffmpeg and readers in workers; good as long as the process lives. */
  address(infoHash: string, fileIndex: number): Promise<string> {
    return this.door.address(infoHash, fileIndex);
  }

  /** What of a file is here, and a loopback address at which that can be read without anything being fetched. */
  async present(infoHash: string, fileIndex: number): Promise<{ address: string; spans: PresentSpan[] }> {
    const spans = await this.bytes.present(infoHash, fileIndex);
    return { address: await this.door.presentAddress(infoHash, fileIndex), spans };
  }

  /** Fetches from `byte` of a file first. */
  seek(infoHash: string, fileIndex: number, byte: number): Promise<void> {
    return this.bytes.seek(infoHash, fileIndex, byte);
  }

  /** Undefined while the engine does not have it. */
  facts(infoHash: string): EngineFacts | undefined {
    return this.allFacts.facts(infoHash);
  }

  /** The way out of everything that has to do with torrents, now. */
  get egress(): Egress {
    return this.allFacts.egress;
  }

  /** For `/health`: costs nothing. Speeds in bytes a second. */
  numbers(): { active: number; downloadSpeed: number; uploadSpeed: number } {
    return this.allFacts.numbers();
  }

  /** @returns stops listening */
  watch(listener: (news: TorrentNewsItem) => void): () => void {
    return this.herald.watch(({ kind, ...news }) => {
      if (kind !== 'refused') listener({ ...news, kind });
    });
  }
}
