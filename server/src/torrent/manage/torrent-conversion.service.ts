import type { TorrentMetadata } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { notFound } from '../../common/problem-error.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { TorrentAccessService } from '../access/torrent-access.service.js';
import { cleanMetainfo } from '../metainfo/clean-metainfo.js';
import { describe } from '../metainfo/describe.js';
import type { TorrentLink } from '../metainfo/parse-link.js';
import { type Metainfo, parseMetainfo } from '../metainfo/parse-metainfo.js';
import { AddingService } from './adding.service.js';
import { ManagingService } from './managing.service.js';
import { TorrentBytes } from './torrent-bytes.service.js';
import { TorrentRegistry } from './torrent-registry.js';
import { TorrentStore } from './torrent-store.js';

/** Links become descriptions and `.torrent` files. */
@Injectable()
export class TorrentConversion {
  constructor(
    private readonly access: TorrentAccessService,
    private readonly registry: TorrentRegistry,
    private readonly store: TorrentStore,
    private readonly adding: AddingService,
    private readonly managing: ManagingService,
    private readonly bytes: TorrentBytes,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** What it says of itself; of a link that the caller has added, all that is known by now. */
  async describe(given: TorrentLink | Metainfo, { accountId }: Caller): Promise<TorrentMetadata> {
    const said = describe(given, this.config.torrents.allowPrivate);
    if (given.kind === 'metainfo' || !(await this.access.maySee(given.infoHash, accountId))) return said;
    const known = await this.store.metadata(given.infoHash);
    // Trackers stay those of the link: others may have brought passkeys of theirs.
    return known ? { ...known, trackers: said.trackers, magnet: said.magnet } : said;
  }

  /** Its metainfo, with the trackers of the link alone; leaves nothing behind that was not there. */
  async convert(given: TorrentLink | Metainfo, caller: Caller, signal?: AbortSignal): Promise<Uint8Array> {
    const keep = { trackers: given.trackers, webSeeds: [] };
    if (given.kind === 'metainfo') return cleanMetainfo(given, keep);
    await this.registry.load();
    const before = this.registry.get(given.infoHash);
    const isTheirs = before?.members.some(({ accountId }) => accountId === caller.accountId) ?? false;
    const isGuest = !isTheirs && !(await this.access.maySee(given.infoHash, caller.accountId));
    if (isGuest) await this.adding.add(given, { download: false, shared: false }, caller.accountId);
    try {
      await this.bytes.metadata(given.infoHash, signal);
      const content = await this.store.content(given.infoHash);
      if (!content) throw notFound('torrent');
      return cleanMetainfo(parseMetainfo(content.metainfo), keep);
    } finally {
      if (isGuest) await this.leave(given.infoHash, caller);
    }
  }

  /** Unless they wished for more of it meanwhile. */
  private async leave(infoHash: string, { accountId, sessionId }: Caller): Promise<void> {
    const member = this.registry.get(infoHash)?.members.find((one) => one.accountId === accountId);
    if (!member || member.download || member.shared) return;
    // As a member: an administrator's word would take it from the others too.
    await this.managing.remove(infoHash, { data: true }, { accountId, sessionId, role: 'member' });
  }
}
