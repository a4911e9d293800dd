import type { RouteInput } from '@hearth/contract/route';
import type { FilePriority, Torrent, TorrentDetails, torrentRoutes } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { TorrentAccessService } from '../access/torrent-access.service.js';
import type { TorrentEntity } from '../entities/torrent.entity.js';
import { EngineSupply } from './engine-supply.service.js';
import { TorrentHerald } from './torrent-herald.service.js';
import { isWhole, settleWanted, type TorrentEntry, TorrentRegistry } from './torrent-registry.js';
import { TorrentStore } from './torrent-store.js';
import { TorrentView } from './torrent-view.service.js';

export type TorrentChange = Omit<RouteInput<(typeof torrentRoutes)['change']>, 'hash'>;

/** With these files to be kept as well. */
const keeping = (
  { keptFiles }: Pick<TorrentEntity, 'keptFiles'>,
  fileIndices: readonly number[],
): Pick<TorrentEntity, 'kept' | 'keptFiles'> => ({
  kept: 'pending',
  keptFiles: [...new Set([...keptFiles, ...fileIndices])],
});

/** What people do with torrents that are there. What is not theirs, and not shared, does not exist for them. */
@Injectable()
export class ManagingService {
  constructor(
    private readonly access: TorrentAccessService,
    private readonly registry: TorrentRegistry,
    private readonly store: TorrentStore,
    private readonly supply: EngineSupply,
    private readonly view: TorrentView,
    private readonly news: TorrentHerald,
  ) {}

  async list({ accountId, role }: Caller): Promise<Torrent[]> {
    await this.access.mustBeAllowed(accountId);
    await this.registry.load();
    const seen = this.registry.all.filter((entry) => this.registry.isSeenBy(entry, accountId, role === 'admin'));
    seen.sort((a, b) => b.row.addedAt - a.row.addedAt || (a.row.id < b.row.id ? -1 : 1));
    return Promise.all(seen.map((entry) => this.view.torrent(entry, accountId)));
  } // prettier-ignore

  async torrent(infoHash: string, caller: Caller): Promise<Torrent> {
    return this.view.torrent(await this.seen(infoHash, caller), caller.accountId);
  }

  async details(infoHash: string, caller: Caller): Promise<TorrentDetails> {
    return this.view.details(await this.seen(infoHash, caller), caller.accountId);
  }

  /** Administrators take it from everybody, others from themselves; without people it is gone. */
  async remove(infoHash: string, { data }: { data: boolean }, caller: Caller): Promise<void> {
    const entry = await this.managed(infoHash, caller);
    const audience = await this.news.audience(entry);
    const isAll = caller.role === 'admin';
    const leaving = entry.members.filter((one) => isAll || one.accountId === caller.accountId);
    entry.members = entry.members.filter((one) => !leaving.includes(one));
    await this.store.removeMembers(leaving.map(({ id }) => id));
    if (entry.members.length > 0) return this.left(entry, audience);
    this.registry.drop(infoHash);
    await this.store.remove(infoHash);
    this.news.tell({ infoHash, kind: 'gone' });
    this.news.publish(entry, true, audience);
    // What was kept has a name of its own in its library.
    await this.supply.forget(infoHash, { data });
    this.supply.nudge();
  }

  async pause(infoHash: string, caller: Caller): Promise<Torrent> {
    const entry = await this.managed(infoHash, caller);
    entry.row.paused = true;
    return this.changed(entry, caller);
  }

  /** Also after a failure. */
  async resume(infoHash: string, caller: Caller): Promise<Torrent> {
    const entry = await this.managed(infoHash, caller);
    const hasFailed = this.view.facts(infoHash)?.phase === 'failed';
    entry.row.paused = false;
    entry.row.note = null;
    if (hasFailed) await this.supply.renew(infoHash);
    return this.changed(entry, caller);
  }

  /** @throws ProblemError NOT_FOUND, FORBIDDEN, VALIDATION_FAILED, QUOTA_EXCEEDED */
  async change(infoHash: string, change: TorrentChange, caller: Caller): Promise<Torrent> {
    const entry = await this.managed(infoHash, caller);
    const audience = await this.news.audience(entry);
    await this.changeWanted(entry, change, caller);
    if (change.shared !== undefined) await this.share(entry, change.shared, caller);
    const torrent = await this.changed(entry, caller);
    const still = await this.news.audience(entry);
    this.news.publish(entry, true, audience.filter((id) => !still.includes(id)));
    return torrent;
  } // prettier-ignore

  /**
   * What is missing of these files is fetched now, to be kept.
   * @throws ProblemError NOT_FOUND, FORBIDDEN, QUOTA_EXCEEDED
   */
  async keep(infoHash: string, fileIndices: readonly number[], caller: Caller): Promise<void> {
    const entry = await this.managed(infoHash, caller);
    await this.wish(entry, caller.accountId, ({ row }) => Object.assign(row, keeping(row, fileIndices)));
    await this.keptOtherwise(entry);
  }

  /** How far keeping is. `pending` fetches these files; `no` gives up what is pending: what is in a library stays kept. */
  async markKept(
    infoHash: string,
    state: 'no' | 'pending' | 'yes',
    fileIndices: readonly number[] = [],
  ): Promise<void> {
    await this.registry.load();
    const entry = this.registry.get(infoHash);
    if (!entry || (state === 'no' && entry.row.kept !== 'pending')) return;
    Object.assign(entry.row, keeping(entry.row, fileIndices), { kept: state });
    // What people chose to download is as it was.
    if (state === 'no') entry.row.keptFiles = [];
    await this.want(entry);
    await this.keptOtherwise(entry);
  }

  private async keptOtherwise(entry: TorrentEntry): Promise<void> {
    await this.store.save(entry.row);
    this.supply.nudge();
    await this.news.changed(entry);
  }

  /** @throws ProblemError NOT_FOUND, TORRENTS_DISABLED, TORRENTS_NOT_ALLOWED */
  async seen(infoHash: string, { accountId, role }: Caller): Promise<TorrentEntry> {
    await this.access.mustBeAllowed(accountId);
    await this.registry.load();
    const entry = this.registry.get(infoHash);
    if (!entry || !this.registry.isSeenBy(entry, accountId, role === 'admin')) throw notFound('torrent');
    return entry;
  }

  /** Who sees what another shares may watch it, and no more. @throws ProblemError FORBIDDEN, and as `seen` */
  private async managed(infoHash: string, caller: Caller): Promise<TorrentEntry> {
    const entry = await this.seen(infoHash, caller);
    const isTheirs = entry.members.some((one) => one.accountId === caller.accountId);
    if (isTheirs || caller.role === 'admin') return entry;
    throw new ProblemError('FORBIDDEN', { detail: 'This torrent is somebody else’s: you may watch it.' });
  }

  private async changeWanted(entry: TorrentEntry, change: TorrentChange, caller: Caller): Promise<void> {
    const member = this.memberFor(entry, caller);
    const chosen = Object.fromEntries((change.priorities ?? []).map(({ index, priority }) => [String(index), priority]));
    await this.refuseUnknownFiles(entry, chosen);
    await this.wish(entry, member?.accountId ?? caller.accountId, ({ row }) => {
      row.priorities = { ...row.priorities, ...chosen };
      if (member && change.download !== undefined) member.download = change.download;
    });
    entry.row.note = null;
    if (member) await this.store.saveMember(member);
  } // prettier-ignore

  /** Changes what is wanted, unless that is more than the account has room for. @throws ProblemError QUOTA_EXCEEDED */
  private async wish(entry: TorrentEntry, accountId: string, change: (entry: TorrentEntry) => void): Promise<void> {
    const { row } = entry;
    const { priorities, kept, keptFiles, complete } = row;
    const downloads = new Map(entry.members.map((member) => [member, member.download]));
    const used = this.registry.usedBytes(accountId);
    change(entry);
    await this.want(entry);
    if (this.registry.usedBytes(accountId) <= used || (await this.access.hasRoom(accountId, 0))) return;
    Object.assign(row, { priorities, kept, keptFiles });
    for (const [member, download] of downloads) member.download = download;
    await this.want(entry);
    row.complete = complete;
    throw new ProblemError('QUOTA_EXCEEDED');
  } // prettier-ignore

  private async refuseUnknownFiles(
    { row }: TorrentEntry,
    chosen: Readonly<Record<string, FilePriority>>,
  ): Promise<void> {
    if (Object.keys(chosen).length === 0 || !row.known) return;
    const files = (await this.store.metadata(row.id))?.files ?? [];
    const known = new Set(files.map(({ index }) => String(index)));
    const unknown = Object.keys(chosen).find((index) => !known.has(index));
    if (unknown === undefined) return;
    const errors = [{ path: 'priorities', message: `there is no file ${unknown}` }];
    throw new ProblemError('VALIDATION_FAILED', {
      detail: `priorities: there is no file ${unknown}`,
      errors,
    });
  }

  private async want(entry: TorrentEntry): Promise<void> {
    const before = new Set(entry.wanted.keys());
    settleWanted(entry, (await this.store.metadata(entry.row.id))?.files ?? []);
    // Whether what is new is there already, the next look at the engine says.
    if (!isWhole(entry) || [...entry.wanted.keys()].some((index) => !before.has(index))) entry.row.complete = false;
  } // prettier-ignore

  private async share(entry: TorrentEntry, isShared: boolean, caller: Caller): Promise<void> {
    const member = this.memberFor(entry, caller);
    if (!member || member.shared === isShared) return;
    member.shared = isShared;
    await this.store.saveMember(member);
    this.news.tell({ infoHash: entry.row.id, kind: 'shared' });
  }

  /** Their own part; an administrator without one acts for who came first. */
  private memberFor({ members }: TorrentEntry, { accountId }: Caller): TorrentEntry['members'][number] | undefined {
    return members.find((one) => one.accountId === accountId) ?? members[0];
  } // prettier-ignore

  private async left(entry: TorrentEntry, audience: readonly string[]): Promise<void> {
    await this.want(entry);
    await this.store.save(entry.row);
    this.supply.nudge();
    const still = await this.news.audience(entry);
    this.news.publish(entry, true, audience.filter((id) => !still.includes(id)));
    this.news.publish(entry, false, still);
  } // prettier-ignore

  private async changed(entry: TorrentEntry, { accountId }: Caller): Promise<Torrent> {
    await this.store.save(entry.row);
    await this.supply.refresh().catch(() => undefined);
    await this.news.changed(entry);
    return this.view.torrent(entry, accountId);
  }
}
