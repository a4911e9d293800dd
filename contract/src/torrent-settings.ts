import { z } from 'zod';
import { id, timestamp } from './common.js';

/** Hour ranges in which other limits hold. */
export const torrentSchedule = z.object({
  /** 0 is Sunday. */
  days: z.array(z.int().min(0).max(6)).min(1).max(7),
  fromMinute: z.int().min(0).max(1439),
  toMinute: z.int().min(0).max(1439),
  /** Bytes a second, 0 for none; -1 pauses. */
  downloadLimit: z.int().min(-1),
  uploadLimit: z.int().min(-1),
});

/** Everything an administrator sets; environment variables give the values of a fresh server. */
export const torrentSettings = z.object({
  enabled: z.boolean(),
  /** The notice was read and accepted. */
  noticeAcceptedAt: timestamp.nullable(),
  /** Bytes a second, 0 for none. */
  downloadLimit: z.int().min(0),
  uploadLimit: z.int().min(0),
  maxConnections: z.int().min(1).max(2000),
  /** Of one torrent. */
  maxPeers: z.int().min(1).max(2000),
  maxActive: z.int().min(1).max(100),
  /** Bytes that what is only watched may take: never exceeded. */
  cacheBytes: z
    .int()
    .min(64 * 1024 * 1024)
    .max(64 * 1024 ** 4),
  port: z.int().min(0).max(65_535),
  discovery: z.object({ dht: z.boolean(), pex: z.boolean(), lsd: z.boolean() }),
  encryption: z.enum(['off', 'prefer', 'require']),
  /** What is complete is given on until either is reached; 0 counts for nothing, both 0: it is not given on. */
  seedRatio: z.number().min(0).max(1000),
  seedMinutes: z.int().min(0).max(10_000_000),
  /** Lists of trackers that are added to public torrents. */
  trackerListUrl: z.string().max(2000),
  extraTrackers: z.array(z.string().max(2000)).max(200),
  blockedTrackers: z.array(z.string().max(2000)).max(1000),
  blockListUrl: z.string().max(2000),
  blockedAddresses: z.array(z.string().max(64)).max(10_000),
  /** Name of the network interface that everything must go through; empty: any. */
  networkInterface: z.string().max(64),
  /** `socks5://host:port` for trackers and HTTP; empty: none. */
  proxy: z.string().max(500),
  watchFolder: z.string().max(4096),
  schedules: z.array(torrentSchedule).max(20),
  /** People may let their browser exchange pieces itself. */
  browserPeers: z.boolean(),
});
export type TorrentSettings = z.infer<typeof torrentSettings>;

/** What one person may do; administrators may always. */
export const torrentPermission = z.object({
  accountId: id,
  username: z.string(),
  allowed: z.boolean(),
  /** Torrents watched at the same time; null: as the server allows. */
  maxStreams: z.int().min(0).max(100).nullable(),
  /** Bytes kept and downloaded; null: no limit. */
  quotaBytes: z.number().min(0).nullable(),
  usedBytes: z.number(),
});
export type TorrentPermission = z.infer<typeof torrentPermission>;

/** How the engine and its way out are doing. */
export const torrentEngineStatus = z.object({
  state: z.enum(['off', 'starting', 'running', 'restarting', 'held']),
  message: z.string(),
  restarts: z.int(),
  memoryBytes: z.number().nullable(),
  cacheUsedBytes: z.number(),
  cacheBytes: z.number(),
  downloadSpeed: z.number(),
  uploadSpeed: z.number(),
  peers: z.int(),
  dhtNodes: z.int().nullable(),
  listeningPort: z.int().nullable(),
  trackerList: z.object({ count: z.int(), refreshedAt: timestamp.nullable(), error: z.string().nullable() }),
  blockList: z.object({ count: z.int(), refreshedAt: timestamp.nullable(), error: z.string().nullable() }),
  /** Where traffic leaves: each interface, whether it is the one asked for, and what is bound to it. */
  interfaces: z.array(
    z.object({ name: z.string(), addresses: z.array(z.string()), up: z.boolean(), used: z.boolean() }),
  ),
});
export type TorrentEngineStatus = z.infer<typeof torrentEngineStatus>;
