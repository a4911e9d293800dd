import { basename } from 'node:path';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Not } from 'typeorm';
import { Logger } from '../common/log/logger.js';
import { ProblemError } from '../common/problem-error.js';
import type { Config, MediaDirectory } from '../config/config.js';
import { InjectConfig } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { LibraryFolder } from './entities/library-folder.entity.js';
import { Library } from './entities/library.entity.js';
import { guessKind } from './guess-kind.js';
import { LibraryService } from './library.service.js';
import { ScanService } from './scan.service.js';
import { torrentLibraryId } from './torrent/torrent-ids.js';

/** A scan at start-up finds what changed while nobody watched; it waits until the first pages are served. */
const startScanAfterMs = 3000;

/** Libraries named on the command line or in the environment, made once; and the first look at all of them. */
@Injectable()
export class ConfiguredLibraries implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger: Logger;
  private ready: Promise<void> = Promise.resolve();

  constructor(
    @InjectConfig() private readonly config: Config,
    private readonly database: Database,
    private readonly libraries: LibraryService,
    private readonly scans: ScanService,
    logger: Logger,
  ) {
    this.logger = logger.scoped('library');
  }

  onApplicationBootstrap(): void {
    // The server answers meanwhile: looking at a slow disk must not hold up its start.
    this.ready = this.begin().catch((error: unknown) => {
      this.logger.error('The configured libraries could not be set up', { error });
    });
  }

  /** So that the database is not closed under it. */
  async onApplicationShutdown(): Promise<void> {
    await this.ready;
  }

  private async begin(): Promise<void> {
    const known = await this.database.read.findBy(Library, { id: Not(torrentLibraryId) });
    for (const { id } of known) await this.scans.scan(id, false, startScanAfterMs);
    const paths = new Set((await this.database.read.find(LibraryFolder)).map(({ path }) => path));
    for (const directory of this.config.mediaDirectories) {
      if (!paths.has(directory.path)) await this.add(directory);
    }
  }

  private async add({ path, kind, name }: MediaDirectory): Promise<void> {
    try {
      await this.libraries.create({
        name: name ?? nameOf(path),
        kind: kind ?? (await guessKind(path)),
        path,
      });
      this.logger.info('Library added from the configuration', { path });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.logger.warn(`A configured folder cannot become a library: ${error.message}`, { path });
    }
  }
}

const nameOf = (path: string): string => {
  const name = basename(path).replaceAll(/[_-]+/g, ' ').trim() || 'Media';
  return name.charAt(0).toUpperCase() + name.slice(1, 100);
};
