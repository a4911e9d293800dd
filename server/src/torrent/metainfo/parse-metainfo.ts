import { createHash } from 'node:crypto';
import { BencodedDictionary, decodeBencode } from './bencode.js';
import { type MetainfoFile, readFiles, refuseTraversal } from './metainfo-files.js';
import { torrentLimits } from './torrent-limits.js';
import { TorrentInvalid } from './torrent-invalid.js';

/** A `.torrent`, checked. Nothing in it is a path or an address that may be used as it is. */
export interface Metainfo {
  readonly kind: 'metainfo';
  /** SHA-1 of the original info bytes, 40 lower-case hexadecimal digits. */
  readonly infoHash: string;
  readonly name: string;
  /** Every file, padding included: `files[i].index === i`. */
  readonly files: readonly MetainfoFile[];
  /** Bytes, padding included. */
  readonly size: number;
  readonly pieceLength: number;
  readonly pieceCount: number;
  readonly private: boolean;
  readonly comment: string | null;
  readonly createdBy: string | null;
  readonly createdAt: Date | null;
  /** As the torrent lists them, each once: not filtered. */
  readonly trackers: readonly string[];
  readonly webSeeds: readonly string[];
  /** The bencoded info dictionary. */
  readonly info: Uint8Array;
}

/**
 * Reads a `.torrent` (BEP 3, 12, 19, 27, 47; hybrids of BEP 52 by their first version). What it accepts, the engine's
 * own parser reads alike: same infohash, same files in the same places.
 * @param bytes kept: the answer looks into them
 * @throws TorrentInvalid
 */
export function parseMetainfo(bytes: Uint8Array): Metainfo {
  if (bytes.length > torrentLimits.bytes)
    throw new TorrentInvalid('too-large', 'This .torrent is larger than 8 MB.');
  const root = decodeBencode(bytes);
  if (!(root instanceof BencodedDictionary))
    throw new TorrentInvalid('not-bencoded', 'This is not a .torrent.');
  const info = root.get('info');
  if (!(info instanceof BencodedDictionary)) throw missing('what is in it');
  // The engine encodes the dictionary anew: with keys out of order its infohash would be another one.
  if (!info.canonical)
    throw new TorrentInvalid('not-canonical', 'This .torrent is not sorted as it has to be.');
  const pieceLength = readPieceLength(info);
  const pieceCount = readPieceCount(info);
  const name = info.bytes('name.utf-8') ?? info.bytes('name');
  if (!name) throw missing('its name');
  refuseTraversal([decodeText(name)]);
  const { files, size } = readFiles(info, decodeText(name));
  if (Math.ceil(size / pieceLength) !== pieceCount) {
    throw new TorrentInvalid('piece-count-mismatch', 'The pieces of this .torrent do not fit its size.');
  }
  const raw = bytes.subarray(info.start, info.end);
  return {
    kind: 'metainfo',
    infoHash: createHash('sha1').update(raw).digest('hex'),
    name: decodeText(name),
    files,
    size,
    pieceLength,
    pieceCount,
    private: isPrivate(info),
    ...about(root),
    trackers: trackersOf(root),
    webSeeds: addresses(root.get('url-list'), torrentLimits.webSeeds),
    info: raw,
  };
}

const missing = (what: string): TorrentInvalid =>
  new TorrentInvalid('missing-field', `This .torrent does not say ${what}.`);

/** As the engine's parser decodes text: what is no UTF-8 becomes U+FFFD. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function readPieceLength(info: BencodedDictionary): number {
  const length = info.integer('piece length');
  if (length === undefined) throw missing('how long its pieces are');
  if (length < torrentLimits.minPieceLength || length > torrentLimits.maxPieceLength) {
    throw new TorrentInvalid('piece-length', 'The pieces of this torrent are too short or too long.');
  }
  return length;
}

function readPieceCount(info: BencodedDictionary): number {
  const pieces = info.bytes('pieces');
  if (!pieces) {
    if (info.get('file tree') !== undefined) {
      throw new TorrentInvalid('v2-only', 'This torrent is of version 2 only, which is not supported.');
    }
    throw missing('the checksums of its pieces');
  }
  if (pieces.length % 20 !== 0)
    throw new TorrentInvalid('bad-field', 'The checksums of this .torrent are cut off.');
  if (pieces.length / 20 > torrentLimits.pieces) {
    throw new TorrentInvalid('too-many-pieces', 'This torrent has more than 50 000 pieces.');
  }
  return pieces.length / 20;
}

/** BEP 27; a text counts too, as it does for the engine. */
function isPrivate(info: BencodedDictionary): boolean {
  const value = info.get('private');
  return value !== undefined && value !== 0;
}

function about(root: BencodedDictionary): Pick<Metainfo, 'comment' | 'createdBy' | 'createdAt'> {
  const comment = root.bytes('comment.utf-8') ?? root.bytes('comment');
  const createdBy = root.bytes('created by');
  const seconds = root.integer('creation date');
  // Before BitTorrent (2001) and after the year 2100 it is a mistake.
  const plausible = seconds !== undefined && seconds > 978_307_200 && seconds < 4_102_444_800;
  return {
    comment: comment ? decodeText(comment.subarray(0, 8192)) : null,
    createdBy: createdBy ? decodeText(createdBy.subarray(0, 1024)) : null,
    createdAt: plausible ? new Date(seconds * 1000) : null,
  };
}

/** BEP 12: the list wins where there is one. */
function trackersOf(root: BencodedDictionary): string[] {
  const list = root.get('announce-list');
  const listed = Array.isArray(list) ? addresses(list.flat(), torrentLimits.trackers) : [];
  return listed.length > 0 ? listed : addresses(root.get('announce'), torrentLimits.trackers);
}

/** One text or a list of them, each once; what is longer than any address is left out. */
function addresses(value: unknown, most: number): string[] {
  const texts = (Array.isArray(value) ? value : [value])
    .filter((item) => item instanceof Uint8Array && item.length > 0 && item.length <= 2048)
    .map((item: Uint8Array) => decodeText(item).trim());
  return [...new Set(texts)].slice(0, most);
}
