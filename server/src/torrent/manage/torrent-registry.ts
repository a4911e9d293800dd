import type { FilePriority, TorrentFileInfo, TorrentTracker } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import type { EngineFacts } from '../engine/torrent-engine.js';
import type { TorrentMemberEntity } from '../entities/torrent-member.entity.js';
import type { TorrentEntity } from '../entities/torrent.entity.js';
import { TorrentStore } from './torrent-store.js';
import { type Holding, wantedFiles } from './wish-plan.js';

/** A torrent that somebody added, in memory: lists and numbers ask nothing of the database. */
export interface TorrentEntry {
  readonly row: TorrentEntity;
  /** Whose it is, who came first first. */
  members: TorrentMemberEntity[];
  /** Files that are fetched when it is wanted as a whole; empty while nobody knows what is in it. */
  wanted: ReadonlyMap<number, FilePriority>;
  holding: Holding | null;
  /** Since when nobody is connected, though somebody is looked for; milliseconds since the epoch. */
  lonelySince: number | null;
  /** As they were when they were asked last. */
  trackers: readonly TorrentTracker[] | null;
}

/** Whether somebody wants it as a whole, or it is kept. */
export const isWhole = ({ row, members }: TorrentEntry): boolean =>
  row.kept !== 'no' || members.some(({ download }) => download);

/** The files that are fetched once somebody wants it; of one that is only kept, those kept and what was chosen one by one. */
export function wantedOf(
  { row, members }: TorrentEntry,
  files: readonly TorrentFileInfo[],
): ReturnType<typeof wantedFiles> {
  const isOnlyKept =
    row.kept !== 'no' && row.keptFiles.length > 0 && !members.some(({ download }) => download);
  return wantedFiles(files, isOnlyKept ? { ...row.priorities, '*': 'skip' } : row.priorities, row.keptFiles);
}

/** What is fetched of it follows from what is in it, what was chosen, and whether anybody wants it as a whole. */
export function settleWanted(entry: TorrentEntry, files: readonly TorrentFileInfo[]): void {
  const wanted = wantedOf(entry, files);
  entry.row.wantedBytes = files.reduce((sum, { index, size }) => sum + (wanted.has(index) ? size : 0), 0);
  entry.wanted = isWhole(entry) ? wanted : new Map<number, FilePriority>();
}

/** Verified bytes of the files that are wanted; what the engine says of its wishes may be of those before. */
export const wantedHave = ({ wanted }: TorrentEntry, { fileHaveBytes }: EngineFacts): number =>
  [...wanted.keys()].reduce((sum, index) => sum + (fileHaveBytes[index] ?? 0), 0);

export const newEntry = (row: TorrentEntity, members: TorrentMemberEntity[]): TorrentEntry => ({
  ...{ row, members, wanted: new Map<number, FilePriority>() },
  ...{ holding: null, lonelySince: null, trackers: null },
});

/** The torrents of the house. Read once, when torrents are first on. */
@Injectable()
export class TorrentRegistry {
  private readonly entries = new Map<string, TorrentEntry>();
  private loaded: Promise<void> | undefined;

  constructor(private readonly store: TorrentStore) {}

  load(): Promise<void> {
    this.loaded ??= this.read().catch((error: unknown) => {
      this.loaded = undefined;
      throw error;
    });
    return this.loaded;
  }

  get all(): TorrentEntry[] {
    return [...this.entries.values()];
  }

  get size(): number {
    return this.entries.size;
  }

  get(infoHash: string): TorrentEntry | undefined {
    return this.entries.get(infoHash);
  }

  /** @throws ProblemError NOT_FOUND */
  must(infoHash: string): TorrentEntry {
    const entry = this.entries.get(infoHash);
    if (!entry) throw notFound('torrent');
    return entry;
  }

  put(entry: TorrentEntry): void {
    this.entries.set(entry.row.id, entry);
  }

  drop(infoHash: string): void {
    this.entries.delete(infoHash);
  }

  isSeenBy({ members }: TorrentEntry, accountId: string, isAdministrator: boolean): boolean {
    return isAdministrator || members.some((one) => one.shared || one.accountId === accountId);
  }

  /** Bytes that an account has downloaded and kept, or wished to. */
  usedBytes(accountId: string): number {
    const isTheirs = ({ row, members }: TorrentEntry): boolean =>
      members.some((one) => one.accountId === accountId && (one.download || row.kept !== 'no'));
    return this.all.reduce((sum, entry) => sum + (isTheirs(entry) ? entry.row.wantedBytes : 0), 0);
  }

  private async read(): Promise<void> {
    const { rows, members } = await this.store.all();
    const byTorrent = Map.groupBy(members, ({ torrentId }) => torrentId);
    for (const row of rows) {
      const entry = newEntry(row, byTorrent.get(row.id) ?? []);
      this.put(entry);
      if (!row.known || !isWhole(entry)) continue;
      settleWanted(entry, (await this.store.metadata(row.id))?.files ?? []);
    }
  }
}
