import { Injectable } from '@nestjs/common';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import type { Caller } from '../../common/http/caller.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import {
  type ChosenSource,
  FoundSourcesService,
  magnetOf,
} from '../../library/sources/found-sources.service.js';
import { RemoteFiles } from '../../library/sources/remote-files.service.js';
import { TorrentService, type TorrentText } from '../../torrent/torrent.service.js';
import { TemporaryTorrents } from '../torrent/temporary-torrents.service.js';
import { chooseFile } from './file-choice.js';

/** A file of a torrent that was added for whoever uses it. */
export interface JoinedTorrent {
  readonly infoHash: string;
  readonly fileIndex: number;
}

interface Joining {
  readonly caller: Caller;
  /** Lets go of it by `TemporaryTorrents.release`. */
  readonly user: object;
  readonly signal?: AbortSignal | undefined;
}

/** What providers found, for who plays it: torrents are added for as long as that takes. */
@Injectable()
export class ChosenSources {
  constructor(
    private readonly torrents: TorrentService,
    private readonly temporary: TemporaryTorrents,
    private readonly found: FoundSourcesService,
    private readonly remotes: RemoteFiles,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** @throws ProblemError as `FoundSourcesService.get` */
  get(sourceId: string, caller: Caller): Promise<ChosenSource> {
    return this.found.get(sourceId, caller);
  }

  /** The bytes of what lies at an address; undefined for a torrent. @throws ProblemError SOURCE_UNAVAILABLE */
  async remote({ found: { source } }: ChosenSource, signal: AbortSignal): Promise<ByteSource | undefined> {
    return source.kind === 'http' ? this.remotes.bytes(source, signal) : undefined;
  }

  /** Waits for the swarm. @throws ProblemError as `TorrentService.ensure` and `metadata`; NOT_FOUND where it holds other episodes */
  async join({ found: { source }, reference }: ChosenSource, joining: Joining): Promise<JoinedTorrent> {
    if (source.kind !== 'torrent') throw notFound('torrent of this source');
    const infoHash = await this.add(this.links(source), joining);
    try {
      const metadata = await this.torrents.metadata(infoHash, joining.signal);
      const { fileIndex: said, fileName } = source;
      const fileIndex = chooseFile(metadata, { fileIndex: said, fileName, ...reference });
      if (fileIndex === null) throw notFound('file that was looked for in this torrent');
      return { infoHash, fileIndex };
    } catch (error) {
      await this.temporary.release(infoHash, joining.caller.accountId, joining.user);
      throw error;
    }
  }

  /** Its `.torrent` first: that may know of web seeds, and says at once what is in it. */
  private links(source: { infoHash: string | null; torrentUrl: string | null; name: string; trackers: string[] }): TorrentText[] {
    const { infoHash, torrentUrl, name, trackers } = source;
    const { allowPrivateHosts } = this.config.providers;
    return [
      ...(torrentUrl === null ? [] : [{ link: torrentUrl, privateHosts: allowPrivateHosts }]),
      ...(infoHash === null ? [] : [{ link: magnetOf(infoHash, name, trackers) }]),
    ];
  } // prettier-ignore

  private async add([first, ...others]: TorrentText[], joining: Joining): Promise<string> {
    if (!first) throw notFound('link of this source');
    try {
      return await this.temporary.use(first, joining.caller, joining.user, joining.signal);
    } catch (error) {
      const isUnreadable = error instanceof ProblemError && ['TORRENT_INVALID', 'TORRENT_REFUSED'].includes(error.code); // prettier-ignore
      if (!isUnreadable || others.length === 0) throw error;
      return this.add(others, joining);
    }
  }
}
