import { z } from 'zod';
import { parseByteSize } from './byte-size.js';
import { count, maybeOn, onOff, optional, words } from './environment-values.js';

/** Variables about torrents; most are the values of a fresh server that administrators change (`torrent/settings`). */
export const torrentEnvironment = {
  TORRENTS_ENABLED: maybeOn,
  WEBTORRENT_MAX_CONNS: count(1, 2000).default(100),
  WEBTORRENT_DHT_PORT: count(0, 65_535).default(6881),
  WEBTORRENT_DOWNLOAD_LIMIT: count(0, Number.MAX_SAFE_INTEGER).default(0),
  WEBTORRENT_UPLOAD_LIMIT: count(0, Number.MAX_SAFE_INTEGER).default(0),
  TORRENT_TIMEOUT: count(1000, 3_600_000).default(60_000),
  PEER_TIMEOUT: count(1000, 3_600_000).default(30_000),
  ANNOUNCE_TIMEOUT: count(1000, 3_600_000).default(15_000),
  MAX_PEERS: count(1, 2000).default(200),
  TORRENT_INTERFACE: optional(z.string().trim().max(64)),
  TORRENT_CACHE_SIZE: optional(
    z
      .string()
      .transform(parseByteSize)
      .pipe(z.number({ error: 'a size such as 500M or 10G' }).min(64 * 1024 ** 2, 'at least 64M')),
  ).default(4 * 1024 ** 3),
  STREAM_TIMEOUT: count(1000, 3_600_000).default(30_000),
  STREAM_RATE_LIMIT: count(1, 10_000).default(10),
  DISABLE_DISCOVERY: onOff(false),
  TORRENT_DHT_BOOTSTRAP: optional(
    z
      .string()
      .transform(words)
      .pipe(z.array(z.string().regex(/^[\w.[\]:-]+:\d{1,5}$/, 'host:port, separated by commas')).max(20)),
  ),
  TORRENT_ALLOW_PRIVATE: onOff(false),
};

/** What the operator says about torrents. Sizes in bytes, speeds in bytes a second, times in ms. */
export interface TorrentConfig {
  /** Said by the operator, it needs no notice (true) or cannot be changed (false); undefined: an administrator decides. */
  readonly enabled: boolean | undefined;
  readonly maxConnections: number;
  readonly port: number;
  /** 0: none. */
  readonly downloadLimit: number;
  readonly uploadLimit: number;
  /** How long a swarm may take to say what is in a torrent. */
  readonly metadataTimeoutMs: number;
  /** How long nobody may answer until a torrent is called stalled. */
  readonly peerTimeoutMs: number;
  /** How long trackers and other addresses may take to answer. */
  readonly announceTimeoutMs: number;
  readonly maxPeers: number;
  readonly networkInterface: string;
  readonly cacheBytes: number;
  /** How long a stream waits for its next byte. */
  readonly streamTimeoutMs: number;
  /** Streams that an account may start in a minute. */
  readonly streamRateLimit: number;
  /** DHT, PEX and LSD. */
  readonly discovery: boolean;
  readonly dhtBootstrap: readonly string[] | undefined;
  /** Peers, trackers and web seeds in the house may be asked. */
  readonly allowPrivate: boolean;
}

export function torrentConfig(value: z.output<z.ZodObject<typeof torrentEnvironment>>): TorrentConfig {
  return Object.freeze({
    enabled: value.TORRENTS_ENABLED,
    maxConnections: value.WEBTORRENT_MAX_CONNS,
    port: value.WEBTORRENT_DHT_PORT,
    downloadLimit: value.WEBTORRENT_DOWNLOAD_LIMIT,
    uploadLimit: value.WEBTORRENT_UPLOAD_LIMIT,
    metadataTimeoutMs: value.TORRENT_TIMEOUT,
    peerTimeoutMs: value.PEER_TIMEOUT,
    announceTimeoutMs: value.ANNOUNCE_TIMEOUT,
    maxPeers: value.MAX_PEERS,
    networkInterface: value.TORRENT_INTERFACE ?? '',
    cacheBytes: value.TORRENT_CACHE_SIZE,
    streamTimeoutMs: value.STREAM_TIMEOUT,
    streamRateLimit: value.STREAM_RATE_LIMIT,
    discovery: !value.DISABLE_DISCOVERY,
    dhtBootstrap: value.TORRENT_DHT_BOOTSTRAP && Object.freeze(value.TORRENT_DHT_BOOTSTRAP),
    allowPrivate: value.TORRENT_ALLOW_PRIVATE,
  });
}
