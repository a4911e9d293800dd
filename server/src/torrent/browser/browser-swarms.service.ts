import type { BrowserSwarm } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { UrlSigner } from '../../common/url-signer.js';
import { TorrentAccessService } from '../access/torrent-access.service.js';
import { ManagingService } from '../manage/managing.service.js';
import { TorrentRegistry } from '../manage/torrent-registry.js';
import { TorrentStore } from '../manage/torrent-store.js';
import { cleanMetainfo } from '../metainfo/clean-metainfo.js';
import { parseMetainfo } from '../metainfo/parse-metainfo.js';
import { TorrentSettingsService } from '../settings/torrent-settings.service.js';

/** For the one connection that follows at once; seconds. */
const addressSeconds = 300;

const swarmPath = (infoHash: string): string => `/api/torrents/${infoHash}/swarm`;

/** Which torrents the household's browsers exchange among themselves, and who may (ADR 0022). */
@Injectable()
export class BrowserSwarms {
  constructor(
    private readonly access: TorrentAccessService,
    private readonly settings: TorrentSettingsService,
    private readonly registry: TorrentRegistry,
    private readonly managing: ManagingService,
    private readonly store: TorrentStore,
    private readonly signer: UrlSigner,
  ) {}

  /**
   * Where a browser finds the others; null where they are not to: switched off, a private torrent, contents unknown.
   * @throws ProblemError TORRENTS_DISABLED, TORRENTS_NOT_ALLOWED, NOT_FOUND
   */
  async of(infoHash: string, caller: Caller): Promise<BrowserSwarm | null> {
    const { private: isPrivate } = await this.managing.torrent(infoHash, caller);
    const content = await this.store.content(infoHash);
    if (isPrivate || !content || !this.settings.current.browserPeers) return null;
    const metainfo = cleanMetainfo(parseMetainfo(content.metainfo), { trackers: [], webSeeds: [] });
    return {
      trackerUrl: this.signer.sign(swarmPath(infoHash), caller.accountId, addressSeconds),
      metainfo: Buffer.from(metainfo).toString('base64'),
    };
  }

  /** Rights end while somebody is connected: ask each time. */
  async isWelcome(infoHash: string, accountId: string): Promise<boolean> {
    const maySee = await this.access.maySee(infoHash, accountId);
    const isPrivate = this.registry.get(infoHash)?.row.private ?? true;
    return maySee && !isPrivate && this.settings.current.browserPeers;
  }

  /** Whether everybody in the house may see it: then browsers of several people meet. */
  isShared(infoHash: string): boolean {
    return this.registry.get(infoHash)?.members.some(({ shared }) => shared) ?? false;
  }

  /** Says when an administrator ends it for all. @returns what stops it */
  onceOff(listener: () => void): () => void {
    return this.settings.watch(({ enabled, browserPeers }) => {
      if (!enabled || !browserPeers) listener();
    });
  }
}
