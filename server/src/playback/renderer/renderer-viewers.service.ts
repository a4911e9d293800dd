import { preferences } from '@hearth/contract/account';
import { Injectable } from '@nestjs/common';
import { Cache } from '../../cache/cache.js';
import { AccountService } from '../../user/account.service.js';
import type { RendererViewer } from './renderer-plan.js';

/** Seconds; then its software is another version, and deserves another try. */
const memory = 30 * 24 * 60 * 60;
const mostFailures = 200;

const keyOf = (deviceId: string): string => `renderer-failures/${deviceId}`;

/** Whom things are offered to: what an account wishes and may take, and what failed on a device before. */
@Injectable()
export class RendererViewers {
  constructor(
    private readonly accounts: AccountService,
    private readonly cache: Cache,
  ) {}

  /** @throws ProblemError NOT_FOUND */
  async of(accountId: string, deviceId?: string): Promise<RendererViewer> {
    const account = await this.accounts.get(accountId);
    const caps = [account.maxBitrate, account.bandwidth].filter((cap) => typeof cap === 'number');
    return {
      preferences: preferences.parse(account.preferences),
      failures: deviceId === undefined ? new Set() : new Set(await this.failures(deviceId)),
      ...(caps.length > 0 && { maxBitrate: Math.min(...caps) }),
    };
  }

  /** What did not work there is not tried there again for a month. @param failureKey `Delivery.failureKey` */
  async failed(deviceId: string, failureKey: string): Promise<void> {
    const before = await this.failures(deviceId);
    const all = [...new Set([...before, failureKey])].slice(-mostFailures);
    await this.cache.set(keyOf(deviceId), all, memory);
  }

  private async failures(deviceId: string): Promise<string[]> {
    return (await this.cache.get<string[]>(keyOf(deviceId))) ?? [];
  }
}
