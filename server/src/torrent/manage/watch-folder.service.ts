import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { Household } from '../access/household.js';
import { torrentLimits } from '../metainfo/torrent-limits.js';
import { AddingService } from './adding.service.js';
import { ReadingIn } from './reading-in.service.js';

/** Files looked at in one round; the others come in the next. */
const mostAtOnce = 50;
const mostRemembered = 5000;

/**
 * Takes in the `.torrent` files that are put into a folder, for the first administrator. A file is taken once two looks
 * found it the same, and is called `.added` or `.refused` afterwards. Costs nothing while no folder is named.
 */
@Injectable()
export class WatchFolder {
  /** 0: no looks but those that are asked for. */
  everyMs = 10_000;
  private timer: NodeJS.Timeout | undefined;
  private folder = '';
  private isBusy = false;
  /** Size and time of files as they were at the last look; of those that could not be renamed, `done`. */
  private seen = new Map<string, string>();
  private readonly logger: Logger;

  constructor(
    private readonly readingIn: ReadingIn,
    private readonly adding: AddingService,
    private readonly household: Household,
    logger: Logger,
  ) {
    this.logger = logger.scoped('torrent');
  }

  /** @param folder empty: none */
  watch(folder: string): void {
    if (folder === this.folder) return;
    this.stop();
    this.folder = folder;
    if (folder === '' || this.everyMs === 0) return;
    this.timer = setInterval(() => void this.look(), this.everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.folder = '';
    this.seen.clear();
  }

  /** One look. */
  async look(): Promise<void> {
    const { folder } = this;
    if (folder === '' || this.isBusy) return;
    this.isBusy = true;
    try {
      const names = (await readdir(folder)).filter((name) => /\.torrent$/i.test(name));
      const paths = new Set(names.map((name) => join(folder, name)));
      for (const path of this.seen.keys()) if (!paths.has(path)) this.seen.delete(path);
      for (const path of [...paths].slice(0, mostAtOnce)) await this.lookAt(path);
    } catch (error) {
      this.logger.warn('The watched folder cannot be read', { folder, error });
    } finally {
      this.isBusy = false;
    }
  }

  private async lookAt(path: string): Promise<void> {
    const stats = await stat(path).catch(() => null);
    if (!stats?.isFile()) return;
    const now = `${stats.size} ${stats.mtimeMs}`;
    const before = this.seen.get(path);
    if (before === `done ${now}`) return;
    if (this.seen.size < mostRemembered) this.seen.set(path, now);
    // Somebody may still be writing it.
    if (before !== now) return;
    const outcome = await this.take(path, stats.size);
    if (outcome === 'later') return;
    const isRenamed = await rename(path, `${path}.${outcome}`).then(() => true, () => false);
    if (isRenamed) this.seen.delete(path);
    else this.seen.set(path, `done ${now}`);
  } // prettier-ignore

  private async take(path: string, size: number): Promise<'added' | 'refused' | 'later'> {
    const owner = [...(await this.household.people()).values()].find(
      ({ role, disabled }) => role === 'admin' && !disabled,
    );
    if (!owner) return 'later';
    try {
      if (size > torrentLimits.bytes) throw new ProblemError('TORRENT_REFUSED', { detail: 'It is too large.' });
      const given = await this.readingIn.read({ metainfo: new Uint8Array(await readFile(path)) });
      await this.adding.add(given, { download: true, shared: false }, owner.id);
      return 'added';
    } catch (error) {
      const isTheirs = error instanceof ProblemError;
      this.logger.warn('A file of the watched folder was not taken', { path, error: isTheirs ? error.message : error });
      return isTheirs && ['TORRENT_INVALID', 'TORRENT_REFUSED'].includes(error.code) ? 'refused' : 'later';
    }
  } // prettier-ignore
}
