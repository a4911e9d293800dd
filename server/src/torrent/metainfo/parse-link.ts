import { TorrentInvalid } from './torrent-invalid.js';

/** What a link held that nobody may be made to fetch from: exact sources, web seeds, private trackers and peers. */
export type RemovedPart = 'exact-source' | 'web-seed' | 'acceptable-source' | 'tracker' | 'peer';

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
  /** Files that the link asks for (BEP 53 `so`). */
  readonly fileIndices: readonly number[];
  readonly removed: readonly RemovedPart[];
}

export interface LinkOptions {
  /** Private addresses may be trackers and peers. */
  readonly allowPrivate?: boolean;
}

/** Whether the text is the http(s) address of a `.torrent` rather than a magnet link or an infohash. */
export function isTorrentAddress(text: string): boolean {
  return /^https?:\/\//i.test(text.trim());
}

/** @throws TorrentInvalid */
export function parseLink(_text: string, _options: LinkOptions = {}): TorrentLink {
  throw new TorrentInvalid('not-a-link', 'This is not a magnet link.');
}
