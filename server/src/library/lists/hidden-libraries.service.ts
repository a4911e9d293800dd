import { Injectable } from '@nestjs/common';
import { libraryCondition } from '../audience/audience.js';
import { AudienceService } from '../audience/audience.service.js';
import type { Condition } from './keyset-lists.service.js';

/** Libraries that an account does not see: all that limits of music and photos, which nobody rates. */
@Injectable()
export class HiddenLibraries {
  constructor(private readonly audiences: AudienceService) {}

  async of(accountId: string): Promise<readonly string[]> {
    return (await this.audiences.of(accountId))?.hiddenLibraryIds ?? [];
  }

  /** Leaves their rows out of a list; nothing for an account that sees everything. */
  async condition(accountId: string): Promise<Condition[]> {
    return libraryCondition(await this.audiences.of(accountId), 'x.library_id');
  }
}
