import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';
import { Injectable } from '@nestjs/common';
import { RecentMap } from '../../common/recent-map.js';
import type { EpisodeFacts, TitleFacts } from '../../library/catalogue/title-facts.service.js';
import { EventBus } from '../../events/event-bus.js';
import type { Offered } from '../source/offer-shapes.js';

/** What is said of a film or an episode, and how it reaches a device. */
export interface KnownVideo {
  readonly found: { readonly title: TitleFacts; readonly episode: EpisodeFacts | null };
  readonly ways: Offered;
}

interface Entry extends KnownVideo {
  readonly profile: DeviceProfile;
  readonly until: number;
}

/** Changes by another process are not heard of here; limits of accounts are trusted for as long (AudienceService). */
const lifetimeMs = 15_000;
/** Some kilobytes each. */
const mostVideos = 2000;

/**
 * What was listed a moment ago: televisions ask for every item of a list again, one by one, and for the list itself
 * whenever somebody goes back. By viewer, for others may see less.
 */
@Injectable()
export class RecentVideos {
  private readonly entries = new RecentMap<string, Entry>(mostVideos);

  constructor(events: EventBus) {
    events.listen(({ name, accountId }) => {
      if (name === 'library.changed' || name === 'limits.changed') this.entries.clear();
      else if (name === 'playstate.changed') this.forget(accountId);
    });
  }

  /** @param itemId of the episode, or of the film */
  get(viewerId: string, profile: DeviceProfile, itemId: string): KnownVideo | undefined {
    const entry = this.entries.get(nameOf(viewerId, itemId));
    return entry && entry.profile === profile && entry.until > Date.now() ? entry : undefined;
  }

  set(viewerId: string, profile: DeviceProfile, itemId: string, video: KnownVideo): void {
    const name = nameOf(viewerId, itemId);
    this.entries.set(name, { ...video, profile, until: Date.now() + lifetimeMs });
  }

  private forget(accountId: string | undefined): void {
    for (const name of this.entries.keys())
      if (accountId === undefined || name.startsWith(nameOf(accountId, ''))) this.entries.delete(name);
  }
}

const nameOf = (viewerId: string, itemId: string): string => `${viewerId} ${itemId}`;
