import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { z } from 'zod';
import { ByteDoor } from '../../common/bytes/byte-door.js';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import { RemoteByteSource } from '../../common/fetch/remote-byte-source.js';
import { newId } from '../../common/id.js';
import { Logger } from '../../common/log/logger.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { SealedText } from '../../common/sealed-text.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { Database } from '../../database/database.js';
import { ProviderEgress } from '../../provider/provider-egress.service.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { RemoteFile } from '../entities/remote-file.entity.js';
import { makeHiddenLibrary } from '../torrent/hidden-library.js';
import { remoteFileId, torrentFolderId, torrentLibraryId } from '../torrent/torrent-ids.js';

/** Where something lies, and what its host wants to hear. */
export interface RemotePlace {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}
const place = z.object({ url: z.string(), headers: z.record(z.string(), z.string()) });

/** Longer than any session lives, ms. */
const keptMs = 26 * 60 * 60_000;

const aboutOf = (id: string): string => `remote file ${id}`;

/**
 * Files at http(s) addresses that providers found, on the hidden shelf as long as somebody plays them: media files like any
 * other, whose bytes come through a door of this machine. Their addresses lie sealed, so that a restart in mid-film loses
 * nothing.
 */
@Injectable()
export class RemoteFiles implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly door: ByteDoor;
  private readonly opened = new Map<string, Promise<ByteSource>>();

  constructor(
    private readonly database: Database,
    private readonly sealed: SealedText,
    private readonly wayOut: ProviderEgress,
    @InjectConfig() private readonly config: Config,
    private readonly logger: Logger,
  ) {
    this.door = new ByteDoor({
      names: /^remote-[0-9A-Za-z]{10,40}$/,
      open: (id) => this.open(id),
      onError: (error) => this.logger.warn('What a provider found could not be read', { error }),
    });
  }

  onApplicationBootstrap(): void {
    this.sweep().catch((error: unknown) => this.logger.warn('Old files could not be tidied away', { error }));
  }

  onApplicationShutdown(): Promise<void> {
    return this.door.close();
  }

  /** @param name as people know it @returns its file's id @throws ProblemError SOURCE_UNAVAILABLE where nothing can be read there */
  async add(at: RemotePlace, name: string, signal?: AbortSignal): Promise<string> {
    const source = await this.bytes(at, signal);
    const [id, now] = [remoteFileId(newId()), Date.now()];
    const file: MediaFile = {
      ...{ id, libraryId: torrentLibraryId, folderId: torrentFolderId, size: source.size, modifiedMs: 0 },
      relativePath: `${id}/0/${name.replaceAll(/[/\\\0]/g, '_').slice(-200) || 'file'}`,
      ...{ fingerprint: null, state: 'matched', reason: null, parsed: null, manualMatch: null, media: null },
      ...{ titleId: null, extraKind: null, versionLabel: null, available: true, missingSince: null },
      ...{ addedAt: now, scannedAt: now },
    };
    const sealed = this.sealed.seal(JSON.stringify(place.parse(at)), aboutOf(id));
    await this.database.writeAlone('torrents', async (manager) => {
      await makeHiddenLibrary(manager);
      await manager.insert(MediaFile, file);
      await manager.insert(RemoteFile, { id, sealed, addedAt: now });
    });
    this.opened.set(id, Promise.resolve(source));
    return id;
  }

  async remove(id: string): Promise<void> {
    this.opened.delete(id);
    await this.database.write((manager) => manager.delete(MediaFile, { id, libraryId: torrentLibraryId }));
  }

  /** An address that ffmpeg and worker threads read. */
  address(id: string): Promise<string> {
    return this.door.address(id);
  }

  /** @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE */
  open(id: string): Promise<ByteSource> {
    const known = this.opened.get(id) ?? this.find(id);
    this.opened.set(id, known);
    known.catch(() => this.opened.delete(id));
    return known;
  }

  private async find(id: string): Promise<ByteSource> {
    const row = await this.database.read.findOneBy(RemoteFile, { id });
    const text = row && this.sealed.open(row.sealed, aboutOf(id));
    if (!text) throw notFound('file');
    return this.bytes(place.parse(JSON.parse(text)));
  }

  /** What lies there, without a place on the shelf. @throws ProblemError SOURCE_UNAVAILABLE */
  async bytes({ url, headers }: RemotePlace, signal?: AbortSignal): Promise<ByteSource> {
    const { allowPrivateHosts } = this.config.providers;
    try {
      return await RemoteByteSource.open(url, { headers, allowPrivateHosts, egress: this.wayOut.current }, signal);
    } catch (error) {
      if (error instanceof FetchRefused) throw new ProblemError('SOURCE_UNAVAILABLE', { detail: error.message });
      throw error;
    }
  } // prettier-ignore

  /** What a crash left. */
  private async sweep(now = Date.now()): Promise<void> {
    const old = await this.database.read.findBy(RemoteFile, { addedAt: LessThan(now - keptMs) });
    if (old.length === 0) return;
    await this.database.write((manager) => manager.delete(MediaFile, { id: In(old.map(({ id }) => id)) }));
  }
}
