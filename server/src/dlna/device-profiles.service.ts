import { join } from 'node:path';
import { systemClock } from '@hearth/dlna/clock.port';
import type { ProfileBook } from '@hearth/dlna/profiles/profile-book';
import type { ProfileFault } from '@hearth/dlna/profiles/profile-files';
import { Injectable } from '@nestjs/common';
import { Logger } from '../common/log/logger.js';
import type { Config } from '../config/config.js';
import { InjectConfig } from '../config/config.module.js';

/** The device profiles: those of the package, and the household's own in `DATA_DIR/dlna-profiles`, laid over them. */
@Injectable()
export class DeviceProfiles {
  private loading: Promise<ProfileBook> | undefined;
  /** What is wrong now was told of already. */
  private told = new Set<string>();
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

  /** Files that can't be used as they are now, and why. */
  async faults(): Promise<readonly ProfileFault[]> {
    return (await this.book()).faults;
  }

  private async load(): Promise<ProfileBook> {
    const [{ loadProfiles }, { bundledProfiles }] = await Promise.all([
      import('@hearth/dlna/profiles/profile-book'),
      import('@hearth/dlna/profiles/profile-files'),
    ]);
    const own = join(this.config.dataDirectory, 'dlna-profiles');
    return loadProfiles([bundledProfiles, own], systemClock, (faults) => this.tell(faults));
  }

  private tell(faults: readonly ProfileFault[]): void {
    const before = this.told;
    this.told = new Set(faults.map(({ file, message }) => `${file} ${message}`));
    for (const { file, message } of faults)
      if (!before.has(`${file} ${message}`))
        this.logger.warn('A device profile cannot be used', { file, message });
  }
}
