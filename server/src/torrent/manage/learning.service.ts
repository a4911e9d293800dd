import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { TorrentAccessService } from '../access/torrent-access.service.js';
import { allowedTrackers, allowedWebSeeds } from '../lists/tracker-rules.js';
import { cleanMetainfo } from '../metainfo/clean-metainfo.js';
import { describe } from '../metainfo/describe.js';
import { type Metainfo, parseMetainfo } from '../metainfo/parse-metainfo.js';
import type { TorrentLink } from '../metainfo/parse-link.js';
import { TorrentInvalid } from '../metainfo/torrent-invalid.js';
import { torrentLimits } from '../metainfo/torrent-limits.js';
import type { TorrentEntity } from '../entities/torrent.entity.js';
import { isForEverybody } from './hide-secrets.js';
import { TorrentHerald } from './torrent-herald.service.js';
import { settleWanted, type TorrentEntry } from './torrent-registry.js';
import { type TorrentContent, TorrentStore } from './torrent-store.js';

/** What a torrent becomes once it is known what is in it. */
@Injectable()
export class LearningService {
  private readonly logger: Logger;

  constructor(
    private readonly store: TorrentStore,
    private readonly access: TorrentAccessService,
    private readonly news: TorrentHerald,
    @InjectConfig() private readonly config: Config,
    logger: Logger,
  ) {
    this.logger = logger.scoped('torrent');
  }

  /** What is saved of a `.torrent`: only trackers and web seeds that may be asked. */
  contentOf(metainfo: Metainfo): TorrentContent {
    const { allowPrivate } = this.config.torrents;
    const rules = { blocked: [], allowPrivate };
    const trackers = allowedTrackers(metainfo.trackers, rules);
    const webSeeds = allowedWebSeeds(metainfo.webSeeds, rules);
    return {
      metainfo: cleanMetainfo(metainfo, { trackers, webSeeds }),
      metadata: describe(metainfo, allowPrivate),
    };
  }

  /**
   * Adds the trackers that may be asked and are new to it. Those that identify their user stay with who came first, and a
   * private torrent asks nobody that its `.torrent` does not name (BEP 27). @returns whether there were any
   */
  mergeTrackers({ row, members }: TorrentEntry, given: TorrentLink | Metainfo, accountId: string): boolean {
    if (row.private && given.kind === 'link') return false;
    const isFirst = members[0]?.accountId === accountId;
    const { allowPrivate } = this.config.torrents;
    const added = allowedTrackers(given.trackers, { blocked: [], allowPrivate }).filter(
      (url) => !row.trackers.includes(url) && (isFirst || isForEverybody(url)),
    );
    row.trackers = [...row.trackers, ...added].slice(0, Math.max(row.trackers.length, torrentLimits.trackers));
    return added.length > 0;
  } // prettier-ignore

  /** Writes into a row what is in it. */
  fill(row: TorrentEntity, { metadata }: TorrentContent): void {
    row.known = true;
    row.name = metadata.name;
    row.guess = metadata.guess;
    row.private = metadata.private;
    row.size = metadata.size;
    row.bestFileIndex = metadata.bestFileIndex;
  }

  /** What the swarm said is in it. What is refused is paused, and says why. */
  async hear(entry: TorrentEntry, bytes: Uint8Array): Promise<void> {
    if (entry.row.known) return;
    try {
      await this.learn(entry, parseMetainfo(bytes));
    } catch (error) {
      if (!(error instanceof TorrentInvalid)) throw error;
      this.logger.warn('A torrent is refused', { torrent: entry.row.id, reason: error.reason });
      entry.row.note = error.message;
      entry.row.paused = true;
      await this.store.save(entry.row);
      this.news.tell({ infoHash: entry.row.id, kind: 'refused' });
      await this.news.changed(entry);
    }
  }

  /** @throws TorrentInvalid where it is another one */
  async learn(entry: TorrentEntry, metainfo: Metainfo): Promise<void> {
    const { row } = entry;
    if (metainfo.infoHash !== row.id) throw new TorrentInvalid('bad-field', 'What others sent is another torrent.');
    const content = this.contentOf(metainfo);
    await this.store.saveContent(row.id, content);
    this.fill(row, content);
    settleWanted(entry, content.metadata.files);
    await this.refuseTooLarge(entry);
    settleWanted(entry, content.metadata.files);
    await this.store.save(row);
    this.news.tell({ infoHash: row.id, kind: 'known' });
    await this.news.changed(entry);
  } // prettier-ignore

  /** Whoever wished for more than fits has it to watch. */
  private async refuseTooLarge({ row, members }: TorrentEntry): Promise<void> {
    for (const member of members.filter(({ download }) => download)) {
      // It counts already.
      if (await this.access.hasRoom(member.accountId, 0)) continue;
      member.download = false;
      await this.store.saveMember(member);
      row.note = 'It is larger than the space left for downloads: it can be watched, but is not kept.';
    }
  }
}
