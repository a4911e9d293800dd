import { sharedViewerKind } from '@hearth/contract/account';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import { AccountService } from '../../user/account.service.js';
import type { DeviceEntity } from './device.entity.js';

/** How long an account is believed to be there, ms. */
const trustMs = 15_000;
const { household, kids } = sharedViewerKind.enum;

/** Whose eyes a device sees with: an account's id. */
@Injectable()
export class DeviceViewers {
  private readonly known = new Map<string, { isThere: Promise<boolean>; until: number }>();

  constructor(private readonly accounts: AccountService) {}

  /** The person's; where that account is gone or switched off, the household's. */
  async accountOf({ viewer, accountId }: Pick<DeviceEntity, 'viewer' | 'accountId'>): Promise<string> {
    if (viewer === 'kids') return kids;
    if (viewer === 'household' || accountId === null) return household;
    return (await this.isThere(accountId)) ? accountId : household;
  }

  /** Accounts are asked again. */
  forget(): void {
    this.known.clear();
  }

  private isThere(accountId: string): Promise<boolean> {
    const kept = this.known.get(accountId);
    if (kept && kept.until > Date.now()) return kept.isThere;
    const isThere = this.ask(accountId);
    this.known.set(accountId, { isThere, until: Date.now() + trustMs });
    isThere.catch(() => this.known.delete(accountId));
    return isThere;
  }

  private async ask(accountId: string): Promise<boolean> {
    try {
      return !(await this.accounts.get(accountId)).disabled;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'NOT_FOUND') return false;
      throw error;
    }
  }
}
