import type { TorrentMetadata } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { EngineError, type PresentSpan } from '../engine/torrent-engine.js';
import { EngineSupply } from './engine-supply.service.js';
import { SuppliedSource } from './supplied-source.js';
import { TorrentHerald } from './torrent-herald.service.js';
import { TorrentRegistry } from './torrent-registry.js';
import { TorrentStore } from './torrent-store.js';

/** What the engine refuses, as people are told. */
function asProblem(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  if (error.code === 'unknown' || error.code === 'removed') return notFound('file');
  if (error.code === 'no-metadata') return new ProblemError('TORRENT_NOT_READY');
  if (error.code === 'disk-full') return new ProblemError('STORAGE_FULL');
  return new ProblemError('UNAVAILABLE', { detail: error.message, retryAfter: 5 });
}

/** Bytes of torrents, and what is in them: both are waited for. */
@Injectable()
export class TorrentBytes {
  constructor(
    private readonly supply: EngineSupply,
    private readonly registry: TorrentRegistry,
    private readonly store: TorrentStore,
    private readonly news: TorrentHerald,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** @throws ProblemError NOT_FOUND, TORRENT_NOT_READY, UNAVAILABLE */
  open(infoHash: string, fileIndex: number): Promise<ByteSource> {
    return this.supplied(infoHash, () => this.supply.engine.open(infoHash, fileIndex));
  }

  /** For who only takes what is here (`TorrentEngine.openPresent`): the engine rests as if nobody read. @throws as `open` */
  async openPresent(infoHash: string, fileIndex: number): Promise<ByteSource> {
    try {
      if (!this.supply.has(infoHash)) throw new EngineError('unavailable', 'The engine rests.');
      return await this.supply.engine.openPresent(infoHash, fileIndex);
    } catch (error) {
      throw asProblem(error);
    }
  }

  /** What of a file is here; nothing while the engine rests or comes back: it is not started to tell. */
  async present(infoHash: string, fileIndex: number): Promise<PresentSpan[]> {
    if (!this.supply.has(infoHash)) return [];
    return this.supply.engine.present(infoHash, fileIndex).catch((error: unknown) => {
      if (error instanceof EngineError) return [];
      throw error;
    });
  }

  async seek(infoHash: string, fileIndex: number, byte: number): Promise<void> {
    try {
      await this.supply.have(infoHash);
      await this.supply.engine.seek(infoHash, fileIndex, byte);
    } catch (error) {
      throw asProblem(error);
    }
  }

  /** @throws ProblemError NOT_FOUND, TORRENT_METADATA_TIMEOUT, TORRENT_REFUSED, TORRENT_NOT_READY while it is paused */
  async metadata(infoHash: string, signal?: AbortSignal): Promise<TorrentMetadata> {
    await this.registry.load();
    const entry = this.registry.must(infoHash);
    if (!entry.row.known) {
      const { paused, note } = entry.row;
      if (paused && note !== null) throw new ProblemError('TORRENT_REFUSED', { detail: note });
      if (paused) throw new ProblemError('TORRENT_NOT_READY', { detail: 'It is paused.' });
      await this.untilKnown(infoHash, signal);
    }
    const metadata = await this.store.metadata(infoHash);
    if (!metadata) throw notFound('torrent');
    return metadata;
  } // prettier-ignore

  private async supplied(infoHash: string, begin: () => Promise<ByteSource>): Promise<ByteSource> {
    const open = async (): Promise<ByteSource> => {
      await this.supply.have(infoHash);
      return begin();
    };
    try {
      return new SuppliedSource(await open(), this.supply, infoHash, open);
    } catch (error) {
      throw asProblem(error);
    }
  }

  private async untilKnown(infoHash: string, signal?: AbortSignal): Promise<void> {
    const release = this.supply.use();
    const heard = this.hear(infoHash, signal);
    try {
      await this.supply.have(infoHash);
      // It may have become known before anybody listened.
      if (!this.registry.get(infoHash)?.row.known) await heard.known;
    } finally {
      heard.stop();
      release();
    }
  }

  private hear(infoHash: string, signal?: AbortSignal): { known: Promise<void>; stop: () => void } {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const unwatch = this.news.watch((news) => {
      if (news.infoHash !== infoHash) return;
      if (news.kind === 'known') resolve(undefined);
      if (news.kind === 'gone') reject(notFound('torrent'));
      const detail = this.registry.get(infoHash)?.row.note ?? undefined;
      if (news.kind === 'refused') reject(new ProblemError('TORRENT_REFUSED', detail === undefined ? {} : { detail }));
    });
    const late = (): void => reject(new ProblemError('TORRENT_METADATA_TIMEOUT'));
    const timer = setTimeout(late, this.config.torrents.metadataTimeoutMs).unref();
    signal?.addEventListener('abort', late, { once: true });
    if (signal?.aborted) late();
    // Nobody may wait for it in the end.
    promise.catch(() => undefined);
    const stop = (): void => {
      unwatch();
      clearTimeout(timer);
      signal?.removeEventListener('abort', late);
    };
    return { known: promise, stop };
  } // prettier-ignore
}
