import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import type { Caller } from '../../common/http/caller.js';
import { Logger } from '../../common/log/logger.js';
import { notFound } from '../../common/problem-error.js';
import { PlayableService } from '../../library/playable.service.js';
import { isFoundSourceId } from '../../library/sources/found-sources.service.js';
import { TorrentMedia } from '../../library/torrent/torrent-media.service.js';
import { TorrentService } from '../../torrent/torrent.service.js';
import { fileType, mediaType } from '../media-type.js';
import { ChosenSources } from '../source/chosen-sources.service.js';
import { BandwidthService, PacedByteSource } from '../stream/bandwidth.service.js';
import { StreamLimitsService } from '../stream-limits.service.js';
import { TemporaryTorrents } from './temporary-torrents.service.js';
import { TorrentFiles, type TorrentFileName } from './torrent-files.service.js';

/** A link that was streamed as it is goes after so long without a request, ms: players pause, and ask again. */
const bytesIdleMs = 10 * 60_000;
const sweepMs = 60_000;
const isInfoHash = (id: string): boolean => /^[0-9a-fA-F]{40}$/.test(id);

/** Somebody who reads a torrent's bytes; players do so in many requests. */
interface Reader {
  readonly infoHash: string;
  readonly accountId: string;
  open: number;
  seenAt: number;
}

/** An opened file, and what it is sent as. */
export interface OpenedBytes {
  readonly type: string;
  readonly source: ByteSource;
}

/** Bytes of torrents' files for whoever plays them as they are. */
@Injectable()
export class ByteStreams implements OnModuleInit, OnModuleDestroy {
  private readonly readers = new Map<string, Reader>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly torrents: TorrentService,
    private readonly files: TorrentFiles,
    private readonly media: TorrentMedia,
    private readonly playables: PlayableService,
    private readonly temporary: TemporaryTorrents,
    private readonly found: ChosenSources,
    private readonly limits: StreamLimitsService,
    private readonly bandwidth: BandwidthService,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.sweep(), sweepMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** A link that need not have been added. @throws ProblemError as `TorrentService.ensure`, and as `ofTorrent` */
  async ofLink(
    link: string,
    fileIndex: number | undefined,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<OpenedBytes> {
    const infoHash = await this.temporary.use(link, caller, this, signal);
    return this.ofTorrent({ infoHash, fileIndex }, caller, signal);
  }

  /** A file of a torrent by its infohash, of the library by its id, or what a provider found. @throws as below, and where it is a torrent's */
  async of(id: string, fileIndex: number | undefined, caller: Caller, signal: AbortSignal): Promise<OpenedBytes> {
    if (isFoundSourceId(id)) {
      const chosen = await this.found.get(id, caller);
      const remote = await this.found.remote(chosen, signal);
      if (remote) return { type: mediaType('other'), source: await this.paced(remote, caller.accountId) };
      return this.ofTorrent(await this.found.join(chosen, { caller, user: this, signal }), caller, signal);
    }
    return isInfoHash(id)
      ? this.ofTorrent({ infoHash: id.toLowerCase(), fileIndex }, caller, signal)
      : this.ofFile(id, caller, signal);
  } // prettier-ignore

  /** @throws ProblemError NOT_FOUND where the account may not see what has this infohash or id */
  async mustSee(id: string, caller: Caller): Promise<void> {
    const { accountId } = caller;
    if (isFoundSourceId(id)) await this.found.get(id, caller);
    else if (!isInfoHash(id)) await this.playables.fileFor(id, accountId);
    else if (!(await this.torrents.maySee(id.toLowerCase(), accountId))) throw notFound('torrent');
  }

  /** @throws ProblemError NOT_FOUND, TORRENT_NOT_READY, TORRENT_METADATA_TIMEOUT, TORRENT_REFUSED, STREAM_LIMIT_REACHED */
  private async ofTorrent(
    name: TorrentFileName,
    { accountId }: Caller,
    signal: AbortSignal,
  ): Promise<OpenedBytes> {
    const reader = await this.reader(name.infoHash, accountId);
    reader.open += 1;
    try {
      const fileId = await this.files.id(name, accountId, signal);
      const located = await this.playables.fileFor(fileId, accountId);
      await this.media.mustBeHarmless(located, signal);
      const source = await this.paced(await this.playables.open(located), accountId);
      return { type: fileType(located.file), source: counted(source, reader) };
    } catch (error) {
      leave(reader);
      throw error;
    }
  }

  /** @throws ProblemError NOT_FOUND */
  private async ofFile(fileId: string, { accountId }: Caller, signal: AbortSignal): Promise<OpenedBytes> {
    const located = await this.playables.fileFor(fileId, accountId);
    await this.media.mustBeHarmless(located, signal);
    const source = await this.paced(await this.playables.open(located), accountId);
    return { type: fileType(located.file), source };
  }

  /** Lets go of what nobody reads any more. @param now ms since the epoch */
  async sweep(now = Date.now()): Promise<void> {
    for (const [key, { infoHash, accountId, open, seenAt }] of [...this.readers]) {
      if (open > 0 || now - seenAt < bytesIdleMs) continue;
      this.readers.delete(key);
      await this.temporary
        .release(infoHash, accountId, this)
        .catch((error: unknown) => this.logger.warn('A torrent could not be tidied up', { error }));
    }
  }

  private async paced(source: ByteSource, accountId: string): Promise<ByteSource> {
    return new PacedByteSource(source, await this.bandwidth.bucketOf(accountId), () => undefined);
  }

  /** Each torrent somebody reads counts as one stream, however many requests that takes. */
  private async reader(infoHash: string, accountId: string): Promise<Reader> {
    const key = `${infoHash} ${accountId}`;
    const known = this.readers.get(key);
    if (known) return known;
    const playing = await this.limits.ofTorrents(accountId);
    const others = [...this.readers.values()].filter((one) => one.accountId === accountId && one.open > 0);
    await this.torrents.mustHaveStreamLeft(accountId, playing.length + others.length);
    const reader = this.readers.get(key) ?? { infoHash, accountId, open: 0, seenAt: Date.now() };
    this.readers.set(key, reader);
    return reader;
  }
}

function leave(reader: Reader): void {
  reader.open -= 1;
  reader.seenAt = Date.now();
}

/** Tells its reader when it is closed, which is once. */
function counted(source: ByteSource, reader: Reader): ByteSource {
  let isOpen = true;
  return {
    size: source.size,
    etag: source.etag,
    lastModified: source.lastModified,
    read: (start, end, signal) => source.read(start, end, signal),
    close: async () => {
      if (isOpen) leave(reader);
      isOpen = false;
      await source.close();
    },
  };
}
