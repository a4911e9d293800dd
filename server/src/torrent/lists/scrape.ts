import { decodeBencode, BencodedDictionary } from '../metainfo/bencode.js';
import { directEgress, type Egress } from '../../common/fetch/egress.js';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import { guardedFetch } from '../../common/fetch/guarded-fetch.js';
import type { Resolve } from '../../common/fetch/guarded-lookup.js';
import { parseAddress } from '../../common/fetch/host-rules.js';
import { scrapeUdp } from './scrape-udp.js';
import { trackerVerdict } from './tracker-rules.js';

export interface ScrapeCounts {
  /** null where the tracker does not know the torrent, or did not answer. */
  readonly seeders: number | null;
  readonly leechers: number | null;
  readonly completed: number | null;
}

export interface ScrapeResult extends ScrapeCounts {
  readonly tracker: string;
  /** For people; null where it answered. */
  readonly error: string | null;
}

export interface ScrapeOptions {
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  readonly egress?: Egress;
  readonly signal?: AbortSignal;
  readonly resolve?: Resolve;
  /** When a packet counts as lost and is sent again. */
  readonly againAfterMs?: number;
}

const MOST_BYTES = 64 * 1024;
const unknown: ScrapeCounts = { seeders: null, leechers: null, completed: null };

/**
 * Asks one tracker how many have one torrent (HTTP: BEP 48, UDP: BEP 15); trackers for browsers cannot be asked. Never
 * rejects. bittorrent-tracker is not used for this: it loads WebRTC into the process and fetches unguarded.
 */
export async function scrape(
  tracker: string,
  infoHash: string,
  options: ScrapeOptions,
): Promise<ScrapeResult> {
  const failed = (error: string): ScrapeResult => ({ tracker, ...unknown, error });
  if (trackerVerdict(tracker, { blocked: [], allowPrivate: options.allowPrivate }) !== 'allowed') {
    return failed('This tracker may not be asked.');
  }
  const hash = Buffer.from(infoHash, 'hex');
  if (hash.length !== 20) return failed('This is no infohash.');
  try {
    const counts = tracker.toLowerCase().startsWith('udp:')
      ? await askUdp(tracker, hash, options)
      : await askHttp(tracker, hash, options);
    return { tracker, ...counts, error: null };
  } catch (error) {
    if (error instanceof FetchRefused || error instanceof ScrapeFailed) return failed(error.message);
    return failed('The tracker answered with something that is not understood.');
  }
}

/** All of them at once; at most so many trackers, so that a torrent with hundreds floods nobody. */
export async function scrapeAll(
  trackers: readonly string[],
  infoHash: string,
  options: ScrapeOptions,
): Promise<ScrapeResult[]> {
  return Promise.all(trackers.slice(0, 20).map((tracker) => scrape(tracker, infoHash, options)));
}

class ScrapeFailed extends Error {}

async function askUdp(tracker: string, hash: Buffer, options: ScrapeOptions): Promise<ScrapeCounts> {
  const address = parseAddress(tracker);
  if (!address?.port) throw new ScrapeFailed('The tracker’s address is not one.');
  const to = { hostname: address.hostname, port: address.port };
  return scrapeUdp(to, hash, { ...options, egress: options.egress ?? directEgress });
}

/** BEP 48: `announce` in the last part of the path becomes `scrape`; null: this tracker cannot be asked. */
export function scrapeAddress(tracker: string): string | null {
  const url = URL.parse(tracker);
  if (!url || !/^https?:$/u.test(url.protocol) || !/\/announce[^/]*$/u.test(url.pathname)) return null;
  url.pathname = url.pathname.replace(/\/announce([^/]*)$/u, '/scrape$1');
  return url.href;
}

/** Trackers for browsers have no question for it. */
export const canBeScraped = (tracker: string): boolean =>
  tracker.toLowerCase().startsWith('udp:') || scrapeAddress(tracker) !== null;

async function askHttp(tracker: string, hash: Buffer, options: ScrapeOptions): Promise<ScrapeCounts> {
  const address = scrapeAddress(tracker);
  if (address === null) throw new ScrapeFailed('This tracker cannot be asked.');
  const escaped = [...hash].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const { body } = await guardedFetch(`${address}${address.includes('?') ? '&' : '?'}info_hash=${escaped}`, {
    maxBytes: MOST_BYTES,
    timeoutMs: options.timeoutMs,
    allowPrivateHosts: options.allowPrivate ? ['*'] : [],
    ...(options.egress && { egress: options.egress }),
    ...(options.signal && { signal: options.signal }),
    ...(options.resolve && { resolve: options.resolve }),
  });
  return readAnswer(body, hash);
}

function readAnswer(body: Uint8Array, hash: Buffer): ScrapeCounts {
  const root = decodeBencode(body);
  if (!(root instanceof BencodedDictionary)) throw new Error('no dictionary');
  if (root.bytes('failure reason')) throw new ScrapeFailed('The tracker refused to say.');
  const files = root.get('files');
  if (!(files instanceof BencodedDictionary)) throw new Error('no files');
  const file = files.get(hash.toString('latin1'));
  if (!(file instanceof BencodedDictionary)) return unknown;
  const count = (key: string): number | null => {
    const value = file.integer(key);
    return value === undefined || value < 0 ? null : value;
  };
  return { seeders: count('complete'), leechers: count('incomplete'), completed: count('downloaded') };
}
