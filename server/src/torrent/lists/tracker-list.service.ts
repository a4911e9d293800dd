import type { Egress } from '../../common/fetch/egress.js';
import { torrentLimits } from '../metainfo/torrent-limits.js';
import { defaultTrackers } from './default-trackers.js';
import { ListInvalid, type ListStatus, RemoteList, type RemoteListOptions } from './remote-list.js';
import { allowedTrackers } from './tracker-rules.js';

export type { ListStatus };

export interface TrackerListSettings {
  /** Where a list is fetched from, one tracker a line; empty: only the bundled ones. */
  readonly url: string;
  readonly extra: readonly string[];
  /** Patterns of `TrackerRules`. */
  readonly blocked: readonly string[];
  readonly allowPrivate: boolean;
  readonly allowPrivateHosts: readonly string[];
}

/** More than anybody's list; each costs an announcement every half hour. */
const MOST_FETCHED = 60;

/** Public trackers that are added to public torrents: extra ones, those of a list that is refreshed, and bundled ones. */
export class TrackerListService {
  private readonly remote: RemoteList;
  private fetched: readonly string[] = [];
  private settings: TrackerListSettings = {
    url: '',
    extra: [],
    blocked: [],
    allowPrivate: false,
    allowPrivateHosts: [],
  };

  constructor(options: Omit<RemoteListOptions, 'maxBytes'>) {
    this.remote = new RemoteList((bytes) => this.take(bytes), { ...options, maxBytes: 1024 * 1024 });
  }

  async configure(settings: TrackerListSettings): Promise<void> {
    this.settings = settings;
    await this.remote.configure(settings.url, settings.allowPrivateHosts);
  }

  /** Reads what was fetched before; afterwards refreshes by itself once a day until `stop`. */
  async start(egress: () => Egress): Promise<void> {
    await this.remote.start(egress);
  }

  /** Called after every list that was fetched, also by itself once a day: the engine wants to know. */
  onRefreshed(listener: () => void): void {
    this.remote.onRefreshed = listener;
  }

  stop(): void {
    this.remote.stop();
  }

  /** Fetches the list now. Never rejects: the status says what went wrong, and the old list stays. */
  async refresh(): Promise<ListStatus> {
    await this.remote.refresh();
    return this.status();
  }

  status(): ListStatus {
    const { refreshedAt, error } = this.remote;
    return { count: this.list().length, refreshedAt, error };
  }

  /** What public torrents are given besides their own. */
  list(): string[] {
    const { extra } = this.settings;
    return this.allowed([...extra, ...this.fetched, ...defaultTrackers.map(({ url }) => url)]);
  }

  /** What the engine is given: the torrent's own allowed ones, and for public torrents those of the list. */
  trackersFor(torrent: { readonly trackers: readonly string[]; readonly private: boolean }): string[] {
    const added = torrent.private ? [] : this.list();
    return this.allowed([...torrent.trackers, ...added]).slice(0, torrentLimits.trackers);
  }

  private allowed(urls: readonly string[]): string[] {
    const { blocked, allowPrivate } = this.settings;
    return allowedTrackers(urls, { blocked, allowPrivate });
  }

  private take(bytes: Uint8Array): void {
    const lines = new TextDecoder().decode(bytes).split(/[\s,]+/u);
    const found = allowedTrackers(lines, { blocked: [], allowPrivate: false }).slice(0, MOST_FETCHED);
    if (found.length === 0 && bytes.length > 0) throw new ListInvalid('There are no trackers in this list.');
    this.fetched = found;
  }
}
