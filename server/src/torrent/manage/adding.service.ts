import type { FilePriority, TorrentMetadata } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import { newId } from '../../common/id.js';
import { ProblemError } from '../../common/problem-error.js';
import { TorrentAccessService } from '../access/torrent-access.service.js';
import type { TorrentMemberEntity } from '../entities/torrent-member.entity.js';
import type { TorrentEntity } from '../entities/torrent.entity.js';
import { describe } from '../metainfo/describe.js';
import type { TorrentLink } from '../metainfo/parse-link.js';
import type { Metainfo } from '../metainfo/parse-metainfo.js';
import { Clock } from './clock.js';
import { EngineSupply } from './engine-supply.service.js';
import { LearningService } from './learning.service.js';
import { TorrentHerald } from './torrent-herald.service.js';
import { newEntry, settleWanted, type TorrentEntry, TorrentRegistry } from './torrent-registry.js';
import { TorrentStore } from './torrent-store.js';
import { Turns } from '../../common/turns.js';

/** Torrents of the house, and of one person: an endless list is of no use to anybody. */
const mostTorrents = 1000;
const mostOfOne = 300;

export interface AddWishes {
  readonly download: boolean;
  readonly shared: boolean;
  readonly fileIndices?: readonly number[] | undefined;
}

/** Chosen files as priorities: the others are left out. */
function chosenPriorities(fileIndices: readonly number[] | undefined): Record<string, FilePriority> {
  if (!fileIndices) return {};
  const chosen: Record<string, FilePriority> = { '*': 'skip' };
  for (const index of fileIndices) chosen[String(index)] = 'normal';
  return chosen;
}

/** Takes torrents in. */
@Injectable()
export class AddingService {
  private readonly turns = new Turns();

  constructor(
    private readonly access: TorrentAccessService,
    private readonly registry: TorrentRegistry,
    private readonly store: TorrentStore,
    private readonly learning: LearningService,
    private readonly news: TorrentHerald,
    private readonly supply: EngineSupply,
    private readonly clock: Clock,
  ) {}

  /**
   * The torrent as the account's own; one that is there already is joined.
   * @throws ProblemError TORRENT_LIMIT_REACHED, QUOTA_EXCEEDED
   */
  async add(given: TorrentLink | Metainfo, wishes: AddWishes, accountId: string): Promise<TorrentEntry> {
    await this.registry.load();
    // One at a time: two who add the same one at once must not both make it.
    const entry = await this.turns.run(() => this.addOne(given, wishes, accountId));
    this.supply.nudge();
    await this.news.changed(entry);
    return entry;
  }

  private addOne(given: TorrentLink | Metainfo, wishes: AddWishes, accountId: string): Promise<TorrentEntry> {
    const found = this.registry.get(given.infoHash);
    return found ? this.join(found, given, wishes, accountId) : this.create(given, wishes, accountId);
  }

  private async create(
    given: TorrentLink | Metainfo,
    wishes: AddWishes,
    accountId: string,
  ): Promise<TorrentEntry> {
    this.refuseTooMany(accountId);
    const content = given.kind === 'metainfo' ? this.learning.contentOf(given) : null;
    const row = this.newRow(given, content?.metadata ?? describe(given), wishes);
    if (content) this.learning.fill(row, content);
    const member = this.newMember(row.id, wishes, accountId);
    const entry = newEntry(row, [member]);
    if (content) settleWanted(entry, content.metadata.files);
    if (wishes.download) await this.access.mustHaveRoom(accountId, row.wantedBytes);
    await this.store.insert(row, member, content);
    this.registry.put(entry);
    if (content) this.news.tell({ infoHash: row.id, kind: 'known' });
    return entry;
  }

  private async join(
    entry: TorrentEntry,
    given: TorrentLink | Metainfo,
    wishes: AddWishes,
    accountId: string,
  ): Promise<TorrentEntry> {
    const own = entry.members.find((one) => one.accountId === accountId);
    if (!own) this.refuseTooMany(accountId);
    const isNewWish = wishes.download && !own?.download;
    if (isNewWish) await this.access.mustHaveRoom(accountId, entry.row.wantedBytes);
    const member = own ?? this.newMember(entry.row.id, wishes, accountId);
    member.download ||= wishes.download;
    member.shared ||= wishes.shared;
    await this.store.saveMember(member);
    if (!own) entry.members.push(member);
    await this.hearMore(entry, given, accountId);
    if (isNewWish) await this.wantWhole(entry, wishes);
    return entry;
  }

  /** What is said of it this time, and was not before. Nobody who watches is disturbed for trackers: they count from the next start on. */
  private async hearMore(entry: TorrentEntry, given: TorrentLink | Metainfo, accountId: string): Promise<void> {
    const { row } = entry;
    const isNew = given.kind === 'metainfo' && !row.known;
    const hasMore = this.learning.mergeTrackers(entry, given, accountId);
    if (isNew) await this.learning.learn(entry, given);
    else if (hasMore) await this.store.save(row);
    if (isNew || (hasMore && !this.supply.isRead(row.id))) await this.supply.renew(row.id);
  } // prettier-ignore

  private async wantWhole(entry: TorrentEntry, { fileIndices }: AddWishes): Promise<void> {
    const { row } = entry;
    if (fileIndices) row.priorities = chosenPriorities(fileIndices);
    settleWanted(entry, (await this.store.metadata(row.id))?.files ?? []);
    row.complete = false;
    await this.store.save(row);
  }

  private refuseTooMany(accountId: string): void {
    const own = this.registry.all.filter(({ members }) => members.some((one) => one.accountId === accountId));
    if (this.registry.size < mostTorrents && own.length < mostOfOne) return;
    throw new ProblemError('TORRENT_LIMIT_REACHED', { detail: 'The list of torrents is full: remove some first.' });
  } // prettier-ignore

  private newMember(torrentId: string, wishes: AddWishes, accountId: string): TorrentMemberEntity {
    const { download, shared } = wishes;
    return { id: newId(), torrentId, accountId, download, shared, addedAt: this.clock.now() };
  }

  private newRow(given: TorrentLink | Metainfo, metadata: TorrentMetadata, wishes: AddWishes): TorrentEntity {
    const fileIndices = wishes.fileIndices ?? linkedFiles(given);
    return {
      ...{ id: given.infoHash, name: metadata.name, guess: metadata.guess },
      trackers: [...given.trackers],
      peers: given.kind === 'link' ? [...given.peers] : [],
      ...{ known: false, private: false, size: null, bestFileIndex: null, wantedBytes: 0 },
      priorities: chosenPriorities(fileIndices),
      ...{ paused: false, kept: 'no', keptFiles: [], note: null, complete: false, haveBytes: 0 },
      ...{ downloaded: 0, uploaded: 0, seededSeconds: 0, addedAt: this.clock.now() },
    };
  }
}

/** What the link itself asks for (BEP 53). */
const linkedFiles = (given: TorrentLink | Metainfo): readonly number[] | undefined =>
  given.kind === 'link' && given.fileIndices.length > 0 ? given.fileIndices : undefined;
