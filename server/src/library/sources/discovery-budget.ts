import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Cache } from '../../cache/cache.js';

/** Questions that nobody waits for, to one provider in a day. */
export const mostADay = 100;

const spent = z.record(z.string(), z.int());
const keptSeconds = 2 * 24 * 3600;
const keyOf = (now: number): string => `source-discovery:${new Date(now).toISOString().slice(0, 10)}`;

/** How often each provider was asked today without anybody waiting. */
@Injectable()
export class DiscoveryBudget {
  constructor(@Inject(Cache) private readonly cache: Pick<Cache, 'get' | 'set'>) {}

  /** Takes one from each that has any left. @param now ms since the epoch @returns their ids */
  async take(providerIds: readonly string[], now: number): Promise<ReadonlySet<string>> {
    const before = spent.safeParse(await this.cache.get(keyOf(now))).data ?? {};
    const taken = providerIds.filter((id) => (before[id] ?? 0) < mostADay);
    const after = { ...before, ...Object.fromEntries(taken.map((id) => [id, (before[id] ?? 0) + 1])) };
    if (taken.length > 0) await this.cache.set(keyOf(now), after, keptSeconds);
    return new Set(taken);
  }
}
