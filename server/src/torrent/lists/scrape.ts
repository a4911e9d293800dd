import type { Egress } from '../network/egress.js';

export interface ScrapeResult {
  readonly tracker: string;
  /** null where the tracker does not know the torrent, or did not answer. */
  readonly seeders: number | null;
  readonly leechers: number | null;
  readonly completed: number | null;
  readonly error: string | null;
}

export interface ScrapeOptions {
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  readonly egress?: Egress;
  readonly signal?: AbortSignal;
}

/** Asks one tracker how many have one torrent (HTTP: BEP 48, UDP: BEP 15). Never rejects. */
export function scrape(tracker: string, _infoHash: string, _options: ScrapeOptions): Promise<ScrapeResult> {
  return Promise.resolve({ tracker, seeders: null, leechers: null, completed: null, error: 'not built yet' });
}
