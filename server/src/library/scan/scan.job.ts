import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { type JobContext, type JobDefinition, JobInterrupted } from '../../jobs/job-queue.js';
import { LibraryFolder } from '../entities/library-folder.entity.js';
import { Library } from '../entities/library.entity.js';
import { BatchWriter } from '../store/batch-writer.js';
import { FileReaders } from './file-readers.service.js';
import { type FolderView, viewFolder } from './folder-view.js';
import { type KnownFile, loadKnownFiles } from './known-files.js';
import { LibraryScan } from './library-scan.js';
import { scanPayload, type ScanPayload } from './scan-payload.js';
import { ScanReport } from './scan-report.js';

/** The job that scans a library, whole or in part. Scans run one at a time: they share disks and one writer. */
@Injectable()
export class ScanJob {
  readonly definition: JobDefinition<ScanPayload> = {
    name: 'library.scan',
    payload: scanPayload,
    // A scan of a part must not be taken for the scan of the whole that runs already, and may have passed that part.
    key: ({ libraryId, within }) => (within ? null : libraryId),
    attempts: 3,
    concurrency: 1,
    handler: (payload, context) => this.run(payload, context),
  };
  /** Job ids of scans under way here, by library. */
  readonly running = new Map<string, string>();
  private readonly logger: Logger;

  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly writer: BatchWriter,
    private readonly readers: FileReaders,
    logger: Logger,
  ) {
    this.logger = logger.scoped('scan');
  }

  private async run(payload: ScanPayload, context: JobContext): Promise<void> {
    const library = await this.database.read.findOneBy(Library, { id: payload.libraryId });
    if (!library) return; // removed meanwhile
    const report = new ScanReport(library.id, context, this.events);
    const started = performance.now();
    if (!payload.within) this.running.set(library.id, context.jobId);
    try {
      report.tell('running');
      await this.scan(library, payload, report, context);
      report.tell('done');
    } catch (error) {
      report.tell(error instanceof JobInterrupted || context.signal.aborted ? 'cancelled' : 'failed');
      throw context.signal.aborted && !(error instanceof JobInterrupted) ? new JobInterrupted() : error;
    } finally {
      if (!payload.within) this.running.delete(library.id);
    }
    this.logger[payload.within ? 'debug' : 'info'](`Scanned “${library.name}”`, {
      ...report.counts,
      milliseconds: Math.round(performance.now() - started),
    });
  }

  private async scan(
    library: Library,
    payload: ScanPayload,
    report: ScanReport,
    context: JobContext,
  ): Promise<void> {
    const startedAt = Date.now();
    const folders = await this.database.read.findBy(LibraryFolder, { libraryId: library.id });
    const views: FolderView[] = [];
    for (const folder of folders) {
      const scopes = payload.within
        ?.filter(({ folderId }) => folderId === folder.id)
        .map(({ path }) => path) ?? [''];
      if (scopes.length > 0)
        views.push(await viewFolder(folder, library.kind, scopes, () => report.breathe()));
    }
    const known = new Map<string, KnownFile>();
    for (const { folder, scopes } of views)
      for (const entry of await loadKnownFiles(() => this.database.read, folder.id, scopes))
        known.set(...entry);
    for (const view of views) await this.judgeFolder(view, known);
    const { database, writer } = this;
    const readers = await this.readers.open(library.kind, context.signal);
    await new LibraryScan(library, { database, writer, readers }, report).run(views, known, payload.full);
    if (!payload.within)
      await this.database.write((manager) => manager.update(Library, library.id, { lastScanAt: startedAt }));
  }

  /** A folder that is missing, or empty where files were known, is an unplugged disk until the opposite is seen. */
  private async judgeFolder(view: FolderView, known: ReadonlyMap<string, KnownFile>): Promise<void> {
    if (view.isReadable && !view.scopes.includes('')) return;
    const { folder, tree } = view;
    const hasFiles = [...tree.directories.values()].some(({ media }) => media.length > 0);
    const hadFiles = [...known.values()].some((file) => file.folderId === folder.id);
    const available = view.isReadable && (hasFiles || !hadFiles);
    if (available === folder.available) return;
    folder.available = available;
    await this.database.write((manager) => manager.update(LibraryFolder, folder.id, { available }));
    if (available) this.logger.info('A library folder is back', { path: folder.path });
    else
      this.logger.warn('A library folder is empty or cannot be read; what was in it is kept as unavailable', {
        path: folder.path,
      });
  }
}
