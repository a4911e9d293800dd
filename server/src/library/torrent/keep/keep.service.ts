import type { Torrent, TorrentMetadata } from '@hearth/contract/torrent';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { LibraryKind } from '@hearth/contract/library';
import { Not } from 'typeorm';
import type { Caller } from '../../../common/http/caller.js';
import { notFound, ProblemError } from '../../../common/problem-error.js';
import { Database } from '../../../database/database.js';
import { JobQueue } from '../../../jobs/job-queue.js';
import { TorrentService } from '../../../torrent/torrent.service.js';
import { AudienceService } from '../../audience/audience.service.js';
import { LibraryFolder } from '../../entities/library-folder.entity.js';
import { Library } from '../../entities/library.entity.js';
import { contentsOf, type TorrentContents } from '../torrent-contents.js';
import { torrentLibraryId } from '../torrent-ids.js';
import { KeepJob } from './keep.job.js';
import { keptNames } from './kept-names.js';

export interface KeepWish {
  readonly infoHash: string;
  readonly libraryId?: string | undefined;
  readonly fileIndices?: readonly number[] | undefined;
}

const refused = (path: string, message: string): ProblemError =>
  new ProblemError('VALIDATION_FAILED', { detail: message, errors: [{ path, message }] });

/** Keeping what a torrent holds, in a library. */
@Injectable()
export class KeepService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly torrents: TorrentService,
    private readonly audiences: AudienceService,
    @Inject(JobQueue) private readonly jobs: JobQueue,
    private readonly job: KeepJob,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this.job.definition);
  }

  /**
   * Fetches what is missing and moves it into a library; returns at once.
   * @throws ProblemError NOT_FOUND, FORBIDDEN, VALIDATION_FAILED, TORRENT_NOT_READY, QUOTA_EXCEEDED
   */
  async keep({ infoHash, libraryId, fileIndices }: KeepWish, caller: Caller): Promise<Torrent> {
    const { mine } = await this.torrents.torrent(infoHash, caller);
    if (!mine && caller.role !== 'admin')
      throw new ProblemError('FORBIDDEN', { detail: 'This torrent is somebody else’s: you may watch it.' });
    const metadata = await this.torrents.known(infoHash);
    const contents = metadata && contentsOf(metadata);
    if (!metadata || metadata.files.length === 0) throw new ProblemError('TORRENT_NOT_READY');
    if (!contents) throw refused('fileIndices', 'Nothing in this torrent fits into a library.');
    const indices = wantedOf(contents, fileIndices);
    const library = await this.library(libraryId, contents, metadata, caller);
    const folder = await this.database.read.findOneBy(LibraryFolder, {
      libraryId: library.id,
      available: true,
    });
    if (!folder) throw refused('libraryId', 'The folder of this library is not there at the moment.');
    const all = keptNames(contents, new Set(indices)).map(({ index }) => index);
    await this.torrents.keep(infoHash, all, caller);
    const work = { infoHash, libraryId: library.id, folderId: folder.id, fileIndices: indices };
    await this.jobs.enqueue(this.job.definition, work, { label: contents.name });
    return this.torrents.torrent(infoHash, caller);
  }

  private async library(
    id: string | undefined,
    contents: TorrentContents,
    metadata: TorrentMetadata,
    { accountId }: Caller,
  ): Promise<Library> {
    if (id !== undefined) {
      const library = await this.database.read.findOneBy(Library, { id });
      const isSeen = library && id !== torrentLibraryId && (await this.audiences.seesLibrary(id, accountId));
      if (!isSeen) throw notFound('library');
      return library;
    }
    const order = { createdAt: 'ASC', id: 'ASC' } as const;
    const all = await this.database.read.find(Library, { where: { id: Not(torrentLibraryId) }, order });
    for (const kind of fitting(contents, metadata))
      for (const library of all)
        if (library.kind === kind && (await this.audiences.seesLibrary(library.id, accountId)))
          return library;
    throw refused('libraryId', 'There is no library that this fits into.');
  }
}

function wantedOf(contents: TorrentContents, chosen: readonly number[] | undefined): number[] {
  const own = contents.files.filter(({ info, extraKind }) =>
    chosen ? chosen.includes(info.index) : extraKind === null,
  );
  if (own.length === 0) throw refused('fileIndices', 'None of these files can be kept.');
  return own.map(({ info }) => info.index);
}

/** Kinds of libraries, the best first. */
function fitting(contents: TorrentContents, metadata: TorrentMetadata): LibraryKind[] {
  const hasPictures = metadata.files.some(({ kind }) => kind === 'video');
  if (!hasPictures) return ['music', 'mixed'];
  return contents.type === 'series' ? ['series', 'mixed'] : ['movies', 'mixed'];
}
