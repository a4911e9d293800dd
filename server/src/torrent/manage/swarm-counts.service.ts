import type { TorrentTracker } from '@hearth/contract/torrent';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { RecentMap } from '../../common/recent-map.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { canBeScraped, scrapeAll, type ScrapeResult } from '../lists/scrape.js';
import { Clock } from './clock.js';
import { TorrentEdge } from './torrent-edge.service.js';
import { TorrentHerald } from './torrent-herald.service.js';
import type { TorrentEntry } from './torrent-registry.js';

export interface SwarmSize {
  readonly seeders: number | null;
  readonly leechers: number | null;
}

interface Said {
  readonly at: number;
  readonly asked: Promise<readonly ScrapeResult[]>;
  results: readonly ScrapeResult[];
}

/** What a tracker said holds so long, ms. */
const freshMs = 5 * 60_000;
/** Torrents that are asked about at once, and that are remembered. */
const mostAtOnce = 4;
const mostRemembered = 200;

const most = (counts: readonly (number | null)[]): number | null =>
  counts.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);

/** How many have a torrent that does not run here, as its own trackers say. They are not told that anybody wants it. */
@Injectable()
export class SwarmCounts implements BeforeApplicationShutdown {
  /** Tests answer for the trackers. */
  scrape = scrapeAll;
  private readonly said = new RecentMap<string, Said>(mostRemembered);
  private readonly ending = new AbortController();
  private underWay = 0;

  constructor(
    private readonly edge: TorrentEdge,
    private readonly news: TorrentHerald,
    private readonly clock: Clock,
    @InjectConfig() private readonly config: Config,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await Promise.all([...this.said.values()].map(({ asked }) => asked));
  }

  /** Of one that nobody has added; where trackers differ, the largest swarm. */
  async size(infoHash: string, trackers: readonly string[]): Promise<SwarmSize> {
    const results = (await this.ask(infoHash, trackers)?.asked) ?? [];
    return {
      seeders: most(results.map(({ seeders }) => seeders)),
      leechers: most(results.map(({ leechers }) => leechers)),
    };
  }

  /** As its trackers said last. They are asked again where that was long ago, and its people told to look again. */
  trackers(entry: TorrentEntry): TorrentTracker[] {
    const { id, trackers } = entry.row;
    const before = this.said.get(keyOf(id, trackers));
    const said = this.ask(id, trackers);
    if (said && said !== before) void this.tellAfter(said, entry);
    const heard = new Map((before ?? said)?.results.map((result) => [result.tracker, result]));
    return trackers.map((url) => asTracker(url, heard.get(url)));
  } // prettier-ignore

  private async tellAfter({ asked }: Said, entry: TorrentEntry): Promise<void> {
    await asked;
    if (!this.ending.signal.aborted) await this.news.changed(entry).catch(() => undefined);
  }

  /** Undefined where nobody can be asked now. */
  private ask(infoHash: string, trackers: readonly string[]): Said | undefined {
    const key = keyOf(infoHash, trackers);
    const known = this.said.get(key);
    if (known && this.clock.now() - known.at < freshMs) return known;
    const own = this.edge.trackersFor({ trackers, private: true }).filter(canBeScraped);
    if (own.length === 0 || this.underWay >= mostAtOnce || this.edge.isHeld) return known;
    const said: Said = { at: this.clock.now(), results: known?.results ?? [], asked: this.answers(infoHash, own) };
    void said.asked.then((results) => (said.results = results));
    this.said.set(key, said);
    return said;
  } // prettier-ignore

  /** Never rejects. */
  private async answers(infoHash: string, trackers: readonly string[]): Promise<readonly ScrapeResult[]> {
    this.underWay++;
    try {
      const { allowPrivate, announceTimeoutMs: timeoutMs } = this.config.torrents;
      const { egress } = this.edge;
      return await this.scrape(trackers, infoHash, { timeoutMs, allowPrivate, egress, signal: this.ending.signal }); // prettier-ignore
    } catch {
      return [];
    } finally {
      this.underWay--;
    }
  }
}

const keyOf = (infoHash: string, trackers: readonly string[]): string => [infoHash, ...trackers].join(' ');

const asTracker = (url: string, heard: ScrapeResult | undefined): TorrentTracker => ({
  url,
  state: heard === undefined ? 'waiting' : heard.error === null ? 'working' : 'failed',
  message: heard?.error ?? null,
  seeders: heard?.seeders ?? null,
  leechers: heard?.leechers ?? null,
});
