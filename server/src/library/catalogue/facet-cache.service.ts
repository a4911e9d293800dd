import type { TitleFacets } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { RecentMap } from '../../common/recent-map.js';
import { EventBus } from '../../events/event-bus.js';

interface Entry {
  /** Whose play states or favourites were counted; none in what everybody sees alike. */
  accountId: string | undefined;
  facets: Promise<TitleFacets>;
  until: number;
}

/** Changes by another process (a worker's scan) are not heard of here. */
const lifetimeMs = 60_000;
const mostEntries = 200;

/** Counts that take a pass over all titles, kept until a title, or what the account did, changes. */
@Injectable()
export class FacetCacheService {
  private readonly entries = new RecentMap<string, Entry>(mostEntries);

  constructor(events: EventBus) {
    events.listen(({ name, accountId }) => {
      if (name === 'library.changed') this.entries.clear();
      else if (name === 'playstate.changed' || name === 'favorites.changed') this.forget(accountId);
    });
  }

  /** The counts kept under this key, or those that `count` gives; asked twice at once, it counts once. */
  async facets(
    key: string,
    accountId: string | undefined,
    count: () => Promise<TitleFacets>,
  ): Promise<TitleFacets> {
    const name = JSON.stringify([accountId, key]);
    const known = this.entries.get(name);
    if (known && known.until > Date.now()) return known.facets;
    // Kept before it is there: what changes while it is counted lets go of it.
    const entry = { accountId, facets: count(), until: Date.now() + lifetimeMs };
    this.entries.set(name, entry);
    entry.facets.catch(() => this.entries.get(name) === entry && this.entries.delete(name));
    return entry.facets;
  }

  private forget(accountId: string | undefined): void {
    for (const [name, entry] of this.entries)
      if (entry.accountId !== undefined && entry.accountId === accountId) this.entries.delete(name);
  }
}
