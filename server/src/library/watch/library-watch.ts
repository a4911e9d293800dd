import { stat } from 'node:fs/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Not } from 'typeorm';
import { atMost } from '../../common/at-most.js';
import { Logger } from '../../common/log/logger.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { LibraryFolder } from '../entities/library-folder.entity.js';
import { ScanService } from '../scan.service.js';
import { torrentFolderId } from '../torrent/torrent-ids.js';
import { FolderWatch, type WatchTimes } from './folder-watch.js';
import { quietMs } from './settled-scopes.js';

const times: WatchTimes = { quietMs, pollMs: 10 * 60_000 };
/** How often each folder is asked whether it is still the same disk. */
const mountCheckMs = 60_000;
/** More directories than this in one go are a scan of everything. */
const mostScopes = 200;

/** Keeps every library folder watched, whatever folders and disks come and go. */
@Injectable()
export class LibraryWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly watches = new Map<string, { watch: FolderWatch; mount: string }>();
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | null = null;
  private refreshing: Promise<void> = Promise.resolve();
  private isStopped = false;
  private unlisten: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly scans: ScanService,
    private readonly events: EventBus,
    @InjectConfig() private readonly config: Config,
    logger: Logger,
  ) {
    this.logger = logger.scoped('watch');
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'worker') return;
    void this.start();
  }

  /** @returns when all folders there are now are under watch */
  start(): Promise<void> {
    this.timer = setInterval(() => void this.refresh(), mountCheckMs);
    this.timer.unref();
    // Folders come and go with these; which, the database tells.
    this.unlisten = this.events.listen(({ name, payload }) => {
      if (name === 'library.changed' && 'titleIds' in payload && payload.titleIds.length === 0)
        void this.refresh();
    });
    return this.refresh();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    this.unlisten();
    if (this.timer) clearInterval(this.timer);
    const ended = Promise.all([...this.watches.values()].map(({ watch }) => watch.stop()));
    // A watch on a dead mount may not end at all; the process does.
    await atMost(ended, 500);
  }

  /** Watches what is new, ends what is gone, and looks again at folders whose disk was changed or plugged in. */
  refresh(): Promise<void> {
    this.refreshing = this.refreshing
      .then(() => this.compare())
      .catch((error: unknown) => {
        if (!this.isStopped) this.logger.error('Watching the library folders failed', { error });
      });
    return this.refreshing;
  }

  private async compare(): Promise<void> {
    if (this.isStopped) return;
    const folders = await this.database.read.findBy(LibraryFolder, { id: Not(torrentFolderId) });
    const ids = new Set(folders.map(({ id }) => id));
    for (const [id, { watch }] of this.watches) {
      if (ids.has(id)) continue;
      this.watches.delete(id);
      await watch.stop();
    }
    for (const folder of folders) {
      const mount = await mountOf(folder.path);
      const known = this.watches.get(folder.id);
      if (this.hasStopped() || known?.mount === mount) continue;
      await known?.watch.stop();
      const watch = new FolderWatch(folder, this, this.logger, times);
      this.watches.set(folder.id, { watch, mount });
      await watch.start();
      if (known) this.all(folder);
    }
  }

  /** For `FolderWatch`: some directories changed. */
  within(folder: LibraryFolder, scopes: string[]): void {
    if (scopes.length > mostScopes) return this.all(folder);
    const within = scopes.map((path) => ({ folderId: folder.id, path }));
    this.ask(this.scans.scanWithin(folder.libraryId, within));
  }

  /** For `FolderWatch`: anything may have changed. */
  all(folder: LibraryFolder): void {
    this.ask(this.scans.scan(folder.libraryId, false));
  }

  /** A shutdown may have come while something was awaited. */
  private hasStopped(): boolean {
    return this.isStopped;
  }

  private ask(scan: Promise<unknown>): void {
    scan.catch((error: unknown) => {
      if (!this.isStopped) this.logger.error('A scan could not be asked for', { error });
    });
  }
}

/** Changes when another disk is mounted there, or none. */
async function mountOf(path: string): Promise<string> {
  const stats = await stat(path).catch(() => null);
  return stats ? `${stats.dev}:${stats.ino}` : 'missing';
}
