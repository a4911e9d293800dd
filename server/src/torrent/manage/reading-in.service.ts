import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { isTorrentAddress, parseLink, type TorrentLink } from '../metainfo/parse-link.js';
import { type Metainfo, parseMetainfo } from '../metainfo/parse-metainfo.js';
import { TorrentInvalid } from '../metainfo/torrent-invalid.js';
import { torrentLimits } from '../metainfo/torrent-limits.js';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import { guardedFetch } from '../../common/fetch/guarded-fetch.js';
import { TorrentEdge } from './torrent-edge.service.js';

export interface TorrentText {
  readonly link?: string | undefined;
  readonly metainfo?: Uint8Array | undefined;
  /** Hosts of the house that the link may lead to: an administrator set up who gave it. */
  readonly privateHosts?: readonly string[];
}

/** What somebody gave, read: a magnet link, an infohash, a `.torrent`, or the address of one. */
@Injectable()
export class ReadingIn {
  constructor(
    private readonly edge: TorrentEdge,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** @throws ProblemError TORRENT_INVALID, TORRENT_REFUSED */
  async read(
    { link, metainfo, privateHosts = [] }: TorrentText,
    signal?: AbortSignal,
  ): Promise<TorrentLink | Metainfo> {
    try {
      if (metainfo) return parseMetainfo(metainfo);
      if (link === undefined) throw new ProblemError('TORRENT_INVALID');
      return isTorrentAddress(link) ? await this.fetch(link, privateHosts, signal) : this.link(link);
    } catch (error) {
      if (error instanceof TorrentInvalid) throw new ProblemError(error.code, { detail: error.message });
      throw error;
    }
  }

  private link(text: string): TorrentLink {
    return parseLink(text, { allowPrivate: this.config.torrents.allowPrivate });
  }

  private async fetch(url: string, privateHosts: readonly string[], signal?: AbortSignal): Promise<TorrentLink | Metainfo> {
    const { allowPrivate, announceTimeoutMs } = this.config.torrents;
    try {
      const { body } = await guardedFetch(url.trim(), {
        maxBytes: torrentLimits.bytes,
        timeoutMs: announceTimeoutMs,
        allowPrivateHosts: allowPrivate ? ['*'] : privateHosts,
        egress: this.edge.egress,
        ...(signal && { signal }),
      });
      return parseMetainfo(body);
    } catch (error) {
      if (!(error instanceof FetchRefused)) throw error;
      const { location } = error.details;
      if (error.reason === 'other-scheme' && location?.startsWith('magnet:')) return this.link(location);
      const isRefused = ['refused-address', 'too-large', 'too-many-redirects', 'other-scheme'].includes(error.reason);
      throw new ProblemError(isRefused ? 'TORRENT_REFUSED' : 'TORRENT_INVALID', { detail: error.message });
    }
  } // prettier-ignore
}
