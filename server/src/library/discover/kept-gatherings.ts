import type { Gathering } from './gathering.js';

interface Entry {
  readonly accountId: string;
  readonly key: string;
  readonly gathering: Gathering;
  readonly until: number;
}

/** Milliseconds: who asks again meanwhile is told what came, and nobody is asked twice. */
const lifetime = 60_000;
const mostOfAccount = 4;
const most = 200;

/** What accounts are waiting for; who looks for something else no longer waits for what they looked for first. */
export class KeptGatherings {
  private entries: readonly Entry[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  get(accountId: string, key: string, make: () => Gathering): Gathering {
    const kept = this.entries.filter(({ until }) => until > this.now());
    const known = kept.find((entry) => entry.accountId === accountId && entry.key === key);
    if (known) return known.gathering;
    const gathering = make();
    const all = [...kept, { accountId, key, gathering, until: this.now() + lifetime }];
    const own = all.filter((entry) => entry.accountId === accountId);
    const tooMany = new Set([...own.slice(0, -mostOfAccount), ...all.slice(0, -most)]);
    for (const entry of tooMany) entry.gathering.stop();
    this.entries = all.filter((entry) => !tooMany.has(entry));
    return gathering;
  }
}
