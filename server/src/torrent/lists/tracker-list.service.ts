import { torrentLimits } from '../metainfo/torrent-limits.js';
import { defaultTrackers } from './default-trackers.js';
import { ListInvalid, RemoteList } from './remote-list.js';
import { allowedTrackers } from './tracker-rules.js';

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
export class TrackerListService extends RemoteList {
  protected readonly mostBytes = 1024 * 1024;
  private fetched: readonly string[] = [];
  private settings: TrackerListSettings = {
    url: '',
    extra: [],
    blocked: [],
    allowPrivate: false,
    allowPrivateHosts: [],
  };

  async configure(settings: TrackerListSettings): Promise<void> {
    this.settings = settings;
    await this.fetchFrom(settings.url, settings.allowPrivateHosts);
  }

  protected get count(): number {
    return this.list().length;
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

  protected take(bytes: Uint8Array): void {
    const lines = new TextDecoder().decode(bytes).split(/[\s,]+/u);
    const found = allowedTrackers(lines, { blocked: [], allowPrivate: false }).slice(0, MOST_FETCHED);
    if (found.length === 0 && bytes.length > 0) throw new ListInvalid('There are no trackers in this list.');
    this.fetched = found;
  }
}
