import { Inject, Injectable } from '@nestjs/common';
import { RecentMap } from '../../common/recent-map.js';
import { TorrentService } from '../../torrent/torrent.service.js';
import type { FoundSource } from './found-source.js';
import { magnetOf } from './source-view.js';

/** What trackers said holds so long, ms. */
const freshMs = 5 * 60_000;
/** So many of one title are asked about. */
const mostAsked = 8;
const mostRemembered = 500;

interface Count {
  readonly seeders: number | null;
  readonly leechers: number | null;
  readonly at: number;
}

/** How many have a torrent, asked of its trackers where no provider says so. */
@Injectable()
export class SeederCounts {
  private readonly counts = new RecentMap<string, Count>(mostRemembered);

  constructor(@Inject(TorrentService) private readonly torrents: Pick<TorrentService, 'swarm'>) {}

  /** The same sources with what is known by now. */
  counted(found: readonly FoundSource[]): FoundSource[] {
    return found.map((each) => {
      const count = isUncounted(each) ? this.counts.get(each.source.infoHash) : undefined;
      if (!count) return each;
      const { seeders, leechers } = count;
      return { ...each, source: { ...each.source, seeders, leechers } };
    });
  }

  /** Asks about those that nobody knows, one after the other. @returns whether anything was learnt */
  async learn(found: readonly FoundSource[], accountId: string): Promise<boolean> {
    const unknown = found.filter(isUncounted).filter(({ source }) => !this.isFresh(source.infoHash)).slice(0, mostAsked); // prettier-ignore
    // Marked at once: a page that asks again meanwhile asks no tracker.
    for (const { source } of unknown) this.keep(source.infoHash, { seeders: null, leechers: null });
    let isNew = false;
    for (const { source } of unknown) {
      const link = magnetOf(source.infoHash, source.name, source.trackers);
      const caller = { accountId, role: 'member', sessionId: null } as const;
      // Who may not use torrents learns nothing, and trackers say no all the time.
      const size = await this.torrents.swarm(link, caller).catch(() => null);
      if (size === null || size.seeders === null) continue;
      this.keep(source.infoHash, size);
      isNew = true;
    }
    return isNew;
  }

  private isFresh(infoHash: string): boolean {
    return Date.now() - (this.counts.get(infoHash)?.at ?? 0) < freshMs;
  }

  private keep(infoHash: string, count: Omit<Count, 'at'>): void {
    this.counts.set(infoHash, { ...count, at: Date.now() });
  }
}

type Torrent = Extract<FoundSource['source'], { kind: 'torrent' }>;
type Uncounted = FoundSource & { readonly source: Torrent & { readonly infoHash: string } };

const isUncounted = (found: FoundSource): found is Uncounted =>
  found.source.kind === 'torrent' &&
  found.source.infoHash !== null &&
  found.source.seeders === null &&
  found.source.trackers.length > 0;
