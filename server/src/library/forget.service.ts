import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere } from 'typeorm';
import { Database } from '../database/database.js';
import { LibraryFolder } from './entities/library-folder.entity.js';
import { MediaFile } from './entities/media-file.entity.js';
import { BatchWriter } from './store/batch-writer.js';
import { forgetFiles } from './store/forget.js';

/** So many files are forgotten in one transaction. */
const atOnce = 100;

/** The only door through which files, titles and their history leave the database: an administrator's word. */
@Injectable()
export class ForgetService {
  constructor(
    private readonly database: Database,
    private readonly writer: BatchWriter,
  ) {}

  /**
   * Files that are gone from disks that are there. What lies on an unplugged disk is not gone: to forget that too,
   * remove its folder.
   */
  async missingFiles(libraryId: string): Promise<{ files: number; titles: number }> {
    const folders = await this.database.read.findBy(LibraryFolder, { libraryId, available: true });
    const total = { files: 0, titles: 0 };
    for (const { id } of folders) {
      const { files, titles } = await this.forget(libraryId, { folderId: id, available: false });
      total.files += files;
      total.titles += titles;
    }
    return total;
  }

  async folderFiles(libraryId: string, folderId: string): Promise<void> {
    await this.forget(libraryId, { folderId });
  }

  async libraryFiles(libraryId: string): Promise<void> {
    await this.forget(libraryId, { libraryId });
  }

  private async forget(
    libraryId: string,
    where: FindOptionsWhere<MediaFile>,
  ): Promise<{ files: number; titles: number }> {
    const total = { files: 0, titles: 0 };
    for (;;) {
      const rows = await this.database.read.find(MediaFile, {
        where,
        select: { id: true },
        order: { id: 'ASC' },
        take: atOnce,
      });
      if (rows.length === 0) return total;
      const forgotten = await this.database.write(async (manager) => {
        const done = await forgetFiles(
          manager,
          rows.map((row) => row.id),
        );
        await this.writer.changed(libraryId, done.touchedTitleIds, done.fileIds, done.tagged);
        return done;
      });
      total.files += rows.length;
      total.titles += forgotten.droppedTitleIds.length;
    }
  }
}
