import type { Library as LibraryView } from '@hearth/contract/library';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { AudienceService } from './audience/audience.service.js';
import { LibraryFolder } from './entities/library-folder.entity.js';
import { Library } from './entities/library.entity.js';
import { ScanService } from './scan.service.js';
import { torrentLibraryId } from './torrent/torrent-ids.js';

interface FileCount {
  libraryId: string;
  state: string;
  available: boolean | number;
  count: number | string;
}

interface TaggedCounts {
  albumCount: number;
  trackCount: number;
  photoCount: number;
}

interface TitleCount {
  libraryId: string;
  count: number | string;
}

/** Libraries as clients see them, with their counts. */
@Injectable()
export class LibraryViews {
  constructor(
    private readonly database: Database,
    private readonly scans: ScanService,
    private readonly audiences: AudienceService,
  ) {}

  async one(id: string): Promise<LibraryView> {
    const view = (await this.all(null)).find((library) => library.id === id);
    if (!view) throw notFound('library');
    return view;
  }

  /** @param accountId who looks, and sees neither hidden libraries nor paths; null sees everything */
  async all(accountId: string | null): Promise<LibraryView[]> {
    const { read } = this.database;
    const libraries = await this.libraries(accountId);
    const folders = await read.find(LibraryFolder, { order: { id: 'ASC' } });
    const titles = await this.titleCounts(accountId);
    const files = await read.sql<
      FileCount[]
    >`SELECT library_id AS "libraryId", state, available, COUNT(*) AS count
      FROM media_file GROUP BY library_id, state, available`;
    const tagged = await this.taggedCounts();
    const result: LibraryView[] = [];
    for (const { id, name, kind, lastScanAt } of libraries) {
      const count = (matches: (row: FileCount) => boolean): number =>
        files.reduce((sum, row) => sum + (row.libraryId === id && matches(row) ? Number(row.count) : 0), 0);
      const own = folders.filter((folder) => folder.libraryId === id);
      result.push({
        id,
        name,
        kind,
        folders:
          accountId === null
            ? own.map(({ id: folderId, path, available }) => ({ id: folderId, path, available }))
            : [],
        titleCount: Number(titles.find((row) => row.libraryId === id)?.count ?? 0),
        ...tagged(id),
        fileCount: count(() => true),
        unavailableCount: count((row) => !row.available),
        unmatchedCount: count((row) => Boolean(row.available) && row.state === 'unmatched'),
        failedCount: count((row) => Boolean(row.available) && row.state === 'failed'),
        lastScanAt: lastScanAt === null ? null : new Date(lastScanAt).toISOString(),
        scanJobId: await this.scans.jobOf(id),
      });
    }
    return result;
  }

  /** Music and photos, from what albums know: a hundred thousand tracks need not be counted. */
  private async taggedCounts(): Promise<(libraryId: string) => TaggedCounts> {
    const { read } = this.database;
    const music = await read.sql<
      { libraryId: string; albums: number | string; tracks: number | string }[]
    >`SELECT library_id AS "libraryId", COUNT(*) AS albums, SUM(track_count) AS tracks
      FROM album GROUP BY library_id`;
    const photos = await read.sql<
      { libraryId: string; photos: number | string }[]
    >`SELECT library_id AS "libraryId", SUM(photo_count) AS photos FROM photo_album GROUP BY library_id`;
    return (libraryId) => {
      const own = music.find((row) => row.libraryId === libraryId);
      const shown = photos.find((row) => row.libraryId === libraryId);
      return {
        albumCount: Number(own?.albums ?? 0),
        trackCount: Number(own?.tracks ?? 0),
        photoCount: Number(shown?.photos ?? 0),
      };
    };
  }

  private async libraries(accountId: string | null): Promise<Library[]> {
    const query = this.database.read.createQueryBuilder(Library, 'l');
    query.where('l.id <> :torrentLibraryId', { torrentLibraryId });
    if (accountId !== null) await this.audiences.narrowLibraries(query, accountId, 'l.id');
    return query.orderBy('l.createdAt', 'ASC').addOrderBy('l.id', 'ASC').getMany();
  }

  private async titleCounts(accountId: string | null): Promise<TitleCount[]> {
    const query = this.database.read
      .createQueryBuilder()
      .select('t.library_id', 'libraryId')
      .addSelect('COUNT(*)', 'count')
      .from('title', 't')
      .groupBy('t.library_id');
    if (accountId !== null) await this.audiences.narrowTitles(query, accountId);
    return query.getRawMany<TitleCount>();
  }
}
