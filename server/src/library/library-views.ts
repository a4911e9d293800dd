import type { Library as LibraryView } from '@hearth/contract/library';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { LibraryFolder } from './entities/library-folder.entity.js';
import { Library } from './entities/library.entity.js';
import { ScanService } from './scan.service.js';

interface FileCount {
  libraryId: string;
  state: string;
  available: boolean | number;
  count: number | string;
}

/** Libraries as clients see them, with their counts. */
@Injectable()
export class LibraryViews {
  constructor(
    private readonly database: Database,
    private readonly scans: ScanService,
  ) {}

  async one(id: string): Promise<LibraryView> {
    const view = (await this.all(true)).find((library) => library.id === id);
    if (!view) throw notFound('library');
    return view;
  }

  async all(withPaths: boolean): Promise<LibraryView[]> {
    const { read } = this.database;
    const libraries = await read.find(Library, { order: { createdAt: 'ASC', id: 'ASC' } });
    const folders = await read.find(LibraryFolder, { order: { id: 'ASC' } });
    const titles = await read.sql<{ libraryId: string; count: number | string }[]>`
      SELECT library_id AS "libraryId", COUNT(*) AS count FROM title GROUP BY library_id`;
    const files = await read.sql<
      FileCount[]
    >`SELECT library_id AS "libraryId", state, available, COUNT(*) AS count
      FROM media_file GROUP BY library_id, state, available`;
    const result: LibraryView[] = [];
    for (const { id, name, kind, lastScanAt } of libraries) {
      const count = (matches: (row: FileCount) => boolean): number =>
        files.reduce((sum, row) => sum + (row.libraryId === id && matches(row) ? Number(row.count) : 0), 0);
      const own = folders.filter((folder) => folder.libraryId === id);
      result.push({
        id,
        name,
        kind,
        folders: withPaths
          ? own.map(({ id: folderId, path, available }) => ({ id: folderId, path, available }))
          : [],
        titleCount: Number(titles.find((row) => row.libraryId === id)?.count ?? 0),
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
}
