import { allowedTrackers, trackerVerdict } from '../lists/tracker-rules.js';
import { dialablePeers } from '../network/peer-rules.js';
import { harmlessText } from './harmless-text.js';
import { torrentLimits } from './torrent-limits.js';
import { TorrentInvalid } from './torrent-invalid.js';

/** What a link held that nobody may be made to fetch from: exact sources, web seeds, trackers in somebody's house. */
export type RemovedPart = 'exact-source' | 'web-seed' | 'acceptable-source' | 'tracker';

/** A magnet link or bare infohash, checked and cleaned. */
export interface TorrentLink {
  readonly kind: 'link';
  /** 40 lower-case hexadecimal digits. */
  readonly infoHash: string;
  /** Harmless for display; null where the link says none. */
  readonly name: string | null;
  /** Public ones, each once, at most 100. */
  readonly trackers: readonly string[];
  /** `host:port` of peers that may be dialled: public IP addresses only, at most 20. */
  readonly peers: readonly string[];
  /** Files that the link asks for (BEP 53 `so`), ascending. */
  readonly fileIndices: readonly number[];
  readonly removed: readonly RemovedPart[];
}

export interface LinkOptions {
  /** Private addresses may be trackers and peers. */
  readonly allowPrivate?: boolean;
}

/** As the contract's `torrentLink` has it. */
const LONGEST = 16_384;
const MOST_PARAMETERS = 400;
const MOST_PEERS = 20;

const REMOVED: Readonly<Record<string, RemovedPart>> = {
  xs: 'exact-source',
  ws: 'web-seed',
  as: 'acceptable-source',
};

/** Whether the text is the http(s) address of a `.torrent` rather than a magnet link or an infohash. */
export function isTorrentAddress(text: string): boolean {
  return /^https?:\/\//i.test(text.trim());
}

/**
 * Reads a magnet link (BEP 9, 53) or a bare infohash. What a link could make the server fetch (`xs`, `ws`, `as`) is
 * dropped, trackers and peers of private networks too.
 * @throws TorrentInvalid
 */
export function parseLink(text: string, options: LinkOptions = {}): TorrentLink {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) throw new TorrentInvalid('too-large', 'This link is too long.');
  const bare = hashOf(trimmed);
  const parameters = bare === null ? magnetParameters(trimmed) : [];
  const all = (key: string): string[] =>
    parameters.filter((each) => each.key === key).map(({ value }) => value);
  const infoHash = bare ?? exactTopic(all('xt'));
  const allowPrivate = options.allowPrivate ?? false;
  const rules = { allowPrivate, blocked: [] };
  const trackers = all('tr');
  const peers = dialablePeers(all('x.pe'), { allowPrivate });
  const removed = new Set(parameters.flatMap(({ key }) => REMOVED[key] ?? []));
  if (trackers.some((url) => trackerVerdict(url, rules) === 'private-address')) removed.add('tracker');
  return {
    kind: 'link',
    infoHash,
    name:
      all('dn')
        .map((name) => harmlessText(name))
        .find(Boolean) ?? null,
    trackers: allowedTrackers(trackers, rules).slice(0, torrentLimits.trackers),
    peers: peers.slice(0, MOST_PEERS),
    fileIndices: selectedFiles(all('so')),
    removed: [...removed],
  };
}

const noLink = (): TorrentInvalid =>
  new TorrentInvalid('not-a-link', 'This is neither a magnet link nor an infohash.');

/** 40 hexadecimal or 32 base32 digits. */
function hashOf(text: string): string | null {
  if (/^[0-9a-f]{40}$/iu.test(text)) return text.toLowerCase();
  return /^[a-z2-7]{32}$/iu.test(text) ? base32(text) : null;
}

function base32(text: string): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  let bits = 0n;
  for (const letter of text.toLowerCase()) bits = (bits << 5n) | BigInt(alphabet.indexOf(letter));
  return bits.toString(16).padStart(40, '0');
}

interface Parameter {
  readonly key: string;
  readonly value: string;
}

/** `xt.1=` and the like number what is there more than once. */
function magnetParameters(text: string): Parameter[] {
  const query = /^magnet:\/?\?(.*)$/isu.exec(text)?.[1];
  if (query === undefined) throw noLink();
  // Links that were copied out of a page come with its escapes.
  const pairs = query.replaceAll('&amp;', '&').split('&', MOST_PARAMETERS + 1);
  if (pairs.length > MOST_PARAMETERS)
    throw new TorrentInvalid('too-many-parts', 'This link has too many parts.');
  return pairs.flatMap((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 0) return [];
    const key = pair.slice(0, equals).toLowerCase();
    const value = pair.slice(equals + 1);
    // Only names are forms' text; a plus in an address is a plus.
    return [
      {
        key: key.replace(/\.\d+$/u, ''),
        value: unescaped(key === 'dn' ? value.replaceAll('+', ' ') : value),
      },
    ];
  });
}

/** What is badly escaped is taken as it stands. */
function unescaped(value: string): string {
  try {
    return decodeURIComponent(value).trim();
  } catch {
    return value.trim();
  }
}

function exactTopic(topics: readonly string[]): string {
  const hashes = topics.flatMap((topic) => hashOf(/^urn:btih:(.*)$/isu.exec(topic)?.[1] ?? '') ?? []);
  const [first] = hashes;
  if (first === undefined) {
    if (topics.some((topic) => /^urn:btmh:/iu.test(topic))) {
      throw new TorrentInvalid('v2-only', 'This link is of version 2 only, which is not supported.');
    }
    throw noLink();
  }
  if (new Set(hashes).size > 1)
    throw new TorrentInvalid('not-a-link', 'This link names more than one torrent.');
  return first;
}

/** `0,2,4-6` (BEP 53). */
function selectedFiles(values: readonly string[]): number[] {
  const chosen = new Set<number>();
  for (const part of values.join(',').split(',')) {
    const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/u.exec(part) ?? [];
    if (from === undefined) continue;
    const last = Math.min(Number(to ?? from), torrentLimits.files - 1);
    for (let index = Number(from); index <= last; index++) chosen.add(index);
  }
  return [...chosen].sort((a, b) => a - b);
}
