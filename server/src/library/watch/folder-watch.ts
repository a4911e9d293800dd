import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Logger } from '../../common/log/logger.js';
import type { LibraryFolder } from '../entities/library-folder.entity.js';
import { scopeOf } from './changed-scope.js';
import { type FolderEvent, isWatchLimit, watchFolder } from './inotify.js';
import { networkMountOf } from './network-mount.js';
import { SettledScopes } from './settled-scopes.js';

/** What a watch asks for. */
export interface ScanRequests {
  within(folder: LibraryFolder, scopes: string[]): void;
  all(folder: LibraryFolder): void;
}

export interface WatchTimes {
  quietMs: number;
  /** Between two scans of a folder that cannot be watched. */
  pollMs: number;
}

/** One library folder under watch: by the kernel's word, or by polling where the kernel has none. */
export class FolderWatch {
  private readonly settled: SettledScopes;
  private end: (() => Promise<void>) | null = null;
  private poll: NodeJS.Timeout | null = null;
  private isStopped = false;

  constructor(
    readonly folder: LibraryFolder,
    private readonly requests: ScanRequests,
    private readonly logger: Logger,
    private readonly times: WatchTimes,
  ) {
    this.settled = new SettledScopes((scopes) => requests.within(folder, scopes), times.quietMs);
  }

  get isPolling(): boolean {
    return this.poll !== null;
  }

  async start(): Promise<void> {
    const { path } = this.folder;
    try {
      const network = await networkMountOf(path);
      if (network) return this.startPolling(`it lies on ${network}`);
      const end = await watchFolder(path, {
        changed: (events) => void this.changed(events),
        lost: (error) => {
          this.logger.warn('Changes in a folder were missed; it is scanned', { path, error });
          this.requests.all(this.folder);
        },
      });
      if (this.isStopped) await end();
      else this.end = end;
    } catch (error) {
      if (!isWatchLimit(error))
        return this.startPolling(`it cannot be watched: ${error instanceof Error ? error.message : ''}`);
      this.startPolling(
        'the system’s limit of file watches is reached; raise it with “sysctl fs.inotify.max_user_watches=524288” ' +
          '(and put that line into /etc/sysctl.d/90-hearth.conf to keep it)',
      );
    }
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.settled.stop();
    if (this.poll) clearInterval(this.poll);
    await this.end?.();
  }

  private startPolling(why: string): void {
    if (this.isStopped) return;
    const { path } = this.folder;
    this.logger.warn(
      `A folder is looked at every ${Math.round(this.times.pollMs / 60_000)} minutes: ${why}`,
      { path },
    );
    this.poll = setInterval(() => this.requests.all(this.folder), this.times.pollMs);
    this.poll.unref();
  }

  private async changed(events: readonly FolderEvent[]): Promise<void> {
    for (const event of events) {
      const path = relative(this.folder.path, event.path);
      if (path === '' || path.startsWith('..')) continue;
      const stats = event.type === 'delete' ? null : await stat(event.path).catch(() => null);
      const scope = scopeOf(path, stats && stats.isDirectory());
      if (scope !== null && !this.isStopped) this.settled.add(scope);
    }
  }
}
