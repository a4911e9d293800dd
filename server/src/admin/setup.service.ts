import { accountRoutes, type Tokens } from '@hearth/contract/account';
import type { RouteInput } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import type { DeviceInfo } from '../user/session.service.js';
import { ProblemError } from '../common/problem-error.js';
import { LibraryService } from '../library/library.service.js';
import { AccountService } from '../user/account.service.js';
import { AuthService } from '../user/auth.service.js';

/** The first run: an administrator, and the first libraries. */
@Injectable()
export class SetupService {
  constructor(
    private readonly accounts: AccountService,
    private readonly auth: AuthService,
    private readonly libraries: LibraryService,
  ) {}

  /**
   * Folders are looked at first, so that a mistyped one does not leave a half-done setup.
   * @throws ProblemError SETUP_ALREADY_DONE, FOLDER_UNREADABLE, FOLDER_IN_USE
   */
  async run(input: RouteInput<typeof accountRoutes.setup>, device: DeviceInfo): Promise<Tokens> {
    if (await this.accounts.setupCompleted()) throw new ProblemError('SETUP_ALREADY_DONE');
    const drafts = input.libraries ?? [];
    await this.libraries.checkFolders(drafts.map(({ path }) => path));
    const tokens = await this.auth.setup(input, device);
    for (const draft of drafts) await this.libraries.create(draft);
    return tokens;
  }
}
