import type { Library as LibraryView, LibraryDraft } from '@hearth/contract/library';
import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { newId } from '../common/id.js';
import { notFound } from '../common/problem-error.js';
import type { Config } from '../config/config.js';
import { InjectConfig } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { LibraryFolder } from './entities/library-folder.entity.js';
import { Library } from './entities/library.entity.js';
import { ForgetService } from './forget.service.js';
import { checkFolder, checkOverlap, checkReserved } from './library-folders.js';
import { LibraryViews } from './library-views.js';
import { ScanService } from './scan.service.js';
import { torrentFolderId, torrentLibraryId } from './torrent/torrent-ids.js';

/** What may change of a library. */
export interface LibraryChange {
  name?: string;
  addFolder?: string;
  removeFolderId?: string;
}

/** Libraries and their folders. Nothing here ever touches a file on disk. */
@Injectable()
export class LibraryService {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly scans: ScanService,
    private readonly forgetting: ForgetService,
    private readonly views: LibraryViews,
    @InjectConfig() private readonly config: Pick<Config, 'dataDirectory'>,
  ) {}

  /** Those an account sees; for administrators, null, all of them with their paths. */
  list(accountId: string | null): Promise<LibraryView[]> {
    return this.views.all(accountId);
  }

  /** Whether libraries could live there, all of them. @throws ProblemError FOLDER_UNREADABLE, FOLDER_RESERVED, FOLDER_IN_USE */
  async checkFolders(paths: readonly string[]): Promise<void> {
    for (const [index, path] of paths.entries()) {
      await checkOverlap(await this.freeFolder(path), paths.slice(0, index));
    }
  }

  /** Adds a library and starts its first scan. @throws ProblemError FOLDER_UNREADABLE, FOLDER_RESERVED, FOLDER_IN_USE */
  async create(draft: LibraryDraft): Promise<LibraryView> {
    const path = await this.freeFolder(draft.path);
    const library: Library = {
      id: newId(),
      name: draft.name,
      kind: draft.kind,
      createdAt: Date.now(),
      lastScanAt: null,
    };
    await this.database.write(async (manager) => {
      await manager.insert(Library, library);
      await manager.insert(LibraryFolder, { id: newId(), libraryId: library.id, path, available: true });
      this.events.publish('library.changed', { libraryId: library.id, titleIds: [] });
    });
    await this.scans.scan(library.id, false);
    return this.views.one(library.id);
  }

  /** @throws ProblemError NOT_FOUND, FOLDER_UNREADABLE, FOLDER_RESERVED, FOLDER_IN_USE */
  async update(id: string, change: LibraryChange): Promise<LibraryView> {
    await this.find(id);
    const path = change.addFolder === undefined ? null : await this.freeFolder(change.addFolder);
    if (change.removeFolderId !== undefined) await this.removeFolder(id, change.removeFolderId);
    await this.database.write(async (manager) => {
      if (change.name !== undefined) await manager.update(Library, id, { name: change.name });
      if (path !== null)
        await manager.insert(LibraryFolder, { id: newId(), libraryId: id, path, available: true });
      this.events.publish('library.changed', { libraryId: id, titleIds: [] });
    });
    if (path !== null) await this.scans.scan(id, false);
    return this.views.one(id);
  }

  /** Forgets a library, in small steps so that nobody waits for the database. @throws ProblemError NOT_FOUND */
  async remove(id: string): Promise<void> {
    await this.find(id);
    await this.scans.cancel(id);
    await this.forgetting.libraryFiles(id);
    await this.database.write(async (manager) => {
      await manager.delete(Library, id);
      this.events.publish('library.changed', { libraryId: id, titleIds: [] });
    });
  }

  /** Starts a scan, or joins the one under way. @throws ProblemError NOT_FOUND */
  async scan(id: string, full: boolean): Promise<string> {
    await this.find(id);
    return this.scans.scan(id, full);
  }

  /** @throws ProblemError NOT_FOUND */
  async forgetMissing(id: string): Promise<{ files: number; titles: number }> {
    await this.find(id);
    return this.forgetting.missingFiles(id);
  }

  private async find(id: string): Promise<Library> {
    const library = await this.database.read.findOneBy(Library, { id });
    if (!library || id === torrentLibraryId) throw notFound('library');
    return library;
  }

  private async freeFolder(path: string): Promise<string> {
    const plain = await checkFolder(path);
    await checkReserved(plain, this.config.dataDirectory);
    const folders = await this.database.read.findBy(LibraryFolder, { id: Not(torrentFolderId) });
    await checkOverlap(
      plain,
      folders.map((folder) => folder.path),
    );
    return plain;
  }

  private async removeFolder(libraryId: string, folderId: string): Promise<void> {
    const folder = await this.database.read.findOneBy(LibraryFolder, { id: folderId, libraryId });
    if (!folder) throw notFound('folder');
    await this.forgetting.folderFiles(libraryId, folderId);
    await this.database.write((manager) => manager.delete(LibraryFolder, folderId));
  }
}
