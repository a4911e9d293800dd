import type { Egress } from '../network/egress.js';

export interface ListStatus {
  readonly count: number;
  readonly refreshedAt: Date | null;
  readonly error: string | null;
}

export interface TrackerListSettings {
  /** Empty: only the bundled ones. */
  readonly url: string;
  readonly extra: readonly string[];
  readonly blocked: readonly string[];
  readonly allowPrivate: boolean;
  readonly allowPrivateHosts: readonly string[];
}

/** Public trackers that are added to public torrents: bundled ones, those of a list that is refreshed, and extra ones. */
export class TrackerListService {
  configure(_settings: TrackerListSettings): void {
    return;
  }

  /** Reads what was fetched before; afterwards refreshes by itself once a day until `stop`. */
  async start(_egress: () => Egress): Promise<void> {
    return Promise.resolve();
  }

  stop(): void {
    return;
  }

  /** Fetches the list now. Never rejects: the status says what went wrong, and the old list stays. */
  refresh(): Promise<ListStatus> {
    return Promise.resolve(this.status());
  }

  status(): ListStatus {
    return { count: 0, refreshedAt: null, error: null };
  }

  /** What the engine is given: the torrent's own allowed ones, and for public torrents those of the list. */
  trackersFor(torrent: { readonly trackers: readonly string[]; readonly private: boolean }): string[] {
    return [...torrent.trackers];
  }
}
