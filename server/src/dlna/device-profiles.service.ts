import { join } from 'node:path';
import type { ProfileBook } from '@hearth/dlna/profiles/profile-book';
import { Injectable } from '@nestjs/common';
import { Logger } from '../common/log/logger.js';
import type { Config } from '../config/config.js';
import { InjectConfig } from '../config/config.module.js';

/** The device profiles: those of the package, and the household's own in `DATA_DIR/dlna-profiles`, laid over them. */
@Injectable()
export class DeviceProfiles {
  private loading: Promise<ProfileBook> | undefined;
  private readonly logger: Logger;

  constructor(
    @InjectConfig() private readonly config: Config,
    logger: Logger,
  ) {
    this.logger = logger.scoped('dlna');
  }

  /** Read when the first device is recognised: a start should not wait for it. */
  book(): Promise<ProfileBook> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  private async load(): Promise<ProfileBook> {
    const [{ loadProfiles }, { bundledProfiles }] = await Promise.all([
      import('@hearth/dlna/profiles/profile-book'),
      import('@hearth/dlna/profiles/profile-files'),
    ]);
    const book = loadProfiles([bundledProfiles, join(this.config.dataDirectory, 'dlna-profiles')]);
    for (const { file, message } of book.faults)
      this.logger.warn('A device profile cannot be used', { file, message });
    return book;
  }
}
