import type { Torrent, TorrentDetails, TorrentMetadata, TorrentTracker } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { TorrentAccessService } from '../access/torrent-access.service.js';
import type { EngineDetails, EngineFacts } from '../engine/torrent-engine.js';
import { TorrentSettingsService } from '../settings/torrent-settings.service.js';
import { Clock } from './clock.js';
import { EngineSupply } from './engine-supply.service.js';
import { magnetWithoutPasskeys, withoutPasskey } from './hide-secrets.js';
import { SwarmCounts } from './swarm-counts.service.js';
import { isWhole, type TorrentEntry, wantedHave, wantedOf } from './torrent-registry.js';
import { type StateOf, torrentState } from './torrent-state.js';
import { TorrentStore } from './torrent-store.js';

/** Id of what plays when a file of a torrent is started (docs/adr/0020-torrents.md). */
const playId = (infoHash: string, fileIndex: number): string => `torrent-${infoHash}-${fileIndex}`;

const percent = (part: number, whole: number): number =>
  whole > 0 ? Math.round(Math.min(1, part / whole) * 1000) / 10 : 0;

/** Of what is wanted as a whole, else of the whole torrent. */
function progressOf(entry: TorrentEntry, facts: EngineFacts | undefined): number {
  const { row } = entry;
  if (!isWhole(entry)) return percent(facts?.haveBytes ?? row.haveBytes, row.size ?? 0);
  if (row.complete) return 100;
  return percent(
    facts ? wantedHave(entry, facts) : Math.min(row.haveBytes, row.wantedBytes),
    row.wantedBytes,
  );
}

/** Seconds until it is complete; null where nobody can tell. */
function etaOf({ row }: TorrentEntry, { state }: StateOf, progress: number, speed: number): number | null {
  if (state !== 'downloading' && state !== 'streaming') return null;
  const left = (1 - progress / 100) * row.wantedBytes;
  return speed > 0 && left > 0 ? Math.round(left / speed) : null;
}

const shownTracker = (tracker: TorrentTracker): TorrentTracker => {
  const url = withoutPasskey(tracker.url);
  return { ...tracker, url, message: tracker.message?.replaceAll(tracker.url, url) ?? null };
};

/** Torrents as people are shown them. */
@Injectable()
export class TorrentView {
  constructor(
    private readonly access: TorrentAccessService,
    private readonly supply: EngineSupply,
    private readonly store: TorrentStore,
    private readonly settings: TorrentSettingsService,
    private readonly counts: SwarmCounts,
    private readonly clock: Clock,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** Undefined while the engine does not have it. */
  facts(infoHash: string): EngineFacts | undefined {
    return this.supply.standing === 'idle' ? undefined : this.supply.engine.facts(infoHash);
  }

  stateOf(entry: TorrentEntry): StateOf {
    const { row, holding, trackers, lonelySince } = entry;
    return torrentState({
      engine: this.supply.standing,
      networkInterface: this.settings.current.networkInterface,
      ...{
        paused: row.paused,
        known: row.known,
        whole: isWhole(entry),
        complete: row.complete,
        note: row.note,
      },
      ...{ holding, trackers, lonelySince, facts: this.facts(row.id) },
      ...{ now: this.clock.now(), patienceMs: this.config.torrents.peerTimeoutMs },
    });
  }

  /** Numbers that move. Speeds in bytes a second. */
  numbers(
    entry: TorrentEntry,
  ): Pick<Torrent, 'infoHash' | 'progress' | 'downloadSpeed' | 'uploadSpeed' | 'peers' | 'state'> {
    const facts = this.facts(entry.row.id);
    return {
      infoHash: entry.row.id,
      state: this.stateOf(entry).state,
      progress: progressOf(entry, facts),
      downloadSpeed: facts?.downloadSpeed ?? 0,
      uploadSpeed: facts?.uploadSpeed ?? 0,
      peers: facts?.peers ?? 0,
    };
  }

  async torrent(entry: TorrentEntry, accountId: string): Promise<Torrent> {
    const { row, members } = entry;
    const facts = this.facts(row.id);
    const state = this.stateOf(entry);
    const { progress, downloadSpeed, uploadSpeed, peers } = this.numbers(entry);
    const downloaded = facts?.downloaded ?? row.downloaded;
    const uploaded = facts?.uploaded ?? row.uploaded;
    return {
      ...{ infoHash: row.id, name: row.name, guess: row.guess, ...state, size: row.size },
      haveBytes: facts?.haveBytes ?? row.haveBytes,
      ...{ progress, downloadSpeed, uploadSpeed, downloaded, uploaded, peers },
      ratio: downloaded > 0 ? Math.round((uploaded / downloaded) * 1000) / 1000 : 0,
      ...{ seeders: facts?.seeders ?? null, leechers: facts?.leechers ?? null },
      etaSeconds: isWhole(entry) ? etaOf(entry, state, progress, downloadSpeed) : null,
      ...{ private: row.private, kept: row.kept },
      download: members.some(({ download }) => download),
      shared: members.some(({ shared }) => shared),
      mine: members.some((one) => one.accountId === accountId),
      addedBy: await this.adderOf(entry, accountId),
      addedAt: new Date(row.addedAt).toISOString(),
      bestFileIndex: row.bestFileIndex,
      playFileId: row.bestFileIndex === null ? null : playId(row.id, row.bestFileIndex),
    };
  }

  async details(entry: TorrentEntry, accountId: string): Promise<TorrentDetails> {
    const { row, members } = entry;
    const [metadata, engine, torrent] = await Promise.all([
      this.store.metadata(row.id),
      this.engineDetails(entry),
      this.torrent(entry, accountId),
    ]);
    const magnet = metadata?.magnet ?? linkOf(entry);
    return {
      ...torrent,
      files: this.files(entry, metadata),
      trackers: (engine?.trackers ?? this.counts.trackers(entry)).map(shownTracker),
      peerList: [...(engine?.peers ?? [])],
      readers: [...(this.facts(row.id)?.readers ?? [])],
      ...{ pieceLength: metadata?.pieceLength ?? null, pieceCount: metadata?.pieceCount ?? null },
      pieces: Buffer.from((engine ?? (await this.store.resume(row)))?.bitfield ?? []).toString('base64'),
      comment: metadata?.comment ?? null,
      // Only who brought a passkey along may see it again.
      magnet: members[0]?.accountId === accountId ? magnet : magnetWithoutPasskeys(magnet),
      warnings: metadata?.warnings ?? [],
    };
  }

  private files(entry: TorrentEntry, metadata: TorrentMetadata | undefined): TorrentDetails['files'] {
    const files = metadata?.files ?? [];
    const { id, complete } = entry.row;
    const wanted = wantedOf(entry, files);
    const have = this.facts(id)?.fileHaveBytes;
    return files.map((file) => {
      const isThere = complete && wanted.has(file.index) && isWhole(entry);
      return {
        ...file,
        progress: isThere ? 100 : percent(have?.[file.index] ?? 0, file.size),
        priority: wanted.get(file.index) ?? 'skip',
        fileId: file.playable ? playId(id, file.index) : null,
      };
    });
  }

  /** Null while the engine does not have it, or does not answer. */
  private async engineDetails(entry: TorrentEntry): Promise<EngineDetails | null> {
    if (this.facts(entry.row.id) === undefined) return null;
    const details = await this.supply.engine.details(entry.row.id).catch(() => null);
    if (details) entry.trackers = details.trackers;
    return details;
  }

  /** Only who shares it, or asks about their own, is named to others; administrators are told who came first. */
  private async adderOf({ members }: TorrentEntry, accountId: string): Promise<string | null> {
    const isAdministrator = await this.access.isAdministrator(accountId);
    const adder =
      members.find((one) => one.accountId === accountId) ??
      members.find(({ shared }) => shared || isAdministrator);
    return adder ? ((await this.access.person(adder.accountId))?.username ?? null) : null;
  }
}

function linkOf({ row }: TorrentEntry): string {
  const trackers = row.trackers.map((url) => `&tr=${encodeURIComponent(url)}`);
  return `magnet:?xt=urn:btih:${row.id}&dn=${encodeURIComponent(row.name)}${trackers.join('')}`;
}
