import { z } from 'zod';
import { id, timestamp } from './common.js';
import { defineRoute } from './route.js';
import {
  infoHash,
  infoHashParams,
  torrentAccess,
  torrentAccessRoute,
  torrentState,
} from './torrent-basics.js';
import { torrentEngineStatus, torrentPermission, torrentSettings } from './torrent-settings.js';

export { infoHash, infoHashParams, torrentAccess, torrentState };
export type { TorrentAccess, TorrentState } from './torrent-basics.js';
export { torrentEngineStatus, torrentPermission, torrentSettings };
export type { TorrentEngineStatus, TorrentPermission, TorrentSettings } from './torrent-settings.js';

/** A magnet link, a bare infohash, or the http(s) address of a `.torrent`. */
export const torrentLink = z.string().trim().min(20).max(16_384);

/** What a name says; null where it says nothing. */
export const nameGuess = z.object({
  title: z.string(),
  year: z.int().nullable(),
  season: z.int().nullable(),
  episodes: z.array(z.int()),
  /** `1080p`, `2160p`… */
  resolution: z.string().nullable(),
  source: z.string().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
});
export type NameGuess = z.infer<typeof nameGuess>;

export const torrentFileKind = z.enum(['video', 'audio', 'subtitle', 'image', 'other']);
export type TorrentFileKind = z.infer<typeof torrentFileKind>;

/** Something about a torrent or one of its files that a careful person would want to know; the words are the client's. */
export const torrentWarning = z.enum([
  'executable', 'archive', 'fake-codec', 'content-mismatch', 'disguised-extension', 'single-huge-wmv', 'password-note',
  'no-playable-file', 'unusual-size', 'private', 'path-refused', 'external-links-removed',
]); // prettier-ignore
export type TorrentWarning = z.infer<typeof torrentWarning>;

export const torrentFileInfo = z.object({
  /** Place in the torrent: what files are addressed by. */
  index: z.int(),
  /** As the torrent says it, made harmless; for people only. */
  path: z.string(),
  name: z.string(),
  size: z.number(),
  kind: torrentFileKind,
  guess: nameGuess,
  warnings: z.array(torrentWarning),
  /** Whether it can be streamed: a media file without a refusal. */
  playable: z.boolean(),
});
export type TorrentFileInfo = z.infer<typeof torrentFileInfo>;

/** What a torrent says about itself, before anybody joins its swarm. */
export const torrentMetadata = z.object({
  infoHash,
  name: z.string(),
  guess: nameGuess,
  /** Bytes; null while only a magnet link is known. */
  size: z.number().nullable(),
  pieceLength: z.number().nullable(),
  pieceCount: z.int().nullable(),
  private: z.boolean(),
  comment: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: timestamp.nullable(),
  trackers: z.array(z.string()),
  /** Empty while only a magnet link is known. */
  files: z.array(torrentFileInfo),
  /** Index of the file to play first; null where nothing can be played or nothing is known yet. */
  bestFileIndex: z.int().nullable(),
  warnings: z.array(torrentWarning),
  magnet: z.string(),
});
export type TorrentMetadata = z.infer<typeof torrentMetadata>;

export const filePriority = z.enum(['skip', 'low', 'normal', 'high']);
export type FilePriority = z.infer<typeof filePriority>;

/** A torrent that was added, as it is now. Speeds in bytes a second, times in seconds. */
export const torrent = z.object({
  infoHash,
  name: z.string(),
  guess: nameGuess,
  state: torrentState,
  /** For people: why it waits or failed. */
  message: z.string(),
  size: z.number().nullable(),
  /** Verified bytes on the disk now; eviction makes it smaller. */
  haveBytes: z.number(),
  /** 0–100 of what is wanted as a whole (kept or downloaded), else of the whole torrent. */
  progress: z.number(),
  downloadSpeed: z.number(),
  uploadSpeed: z.number(),
  downloaded: z.number(),
  uploaded: z.number(),
  ratio: z.number(),
  peers: z.int(),
  /** Of those, how many have everything; null while unknown. */
  seeders: z.int().nullable(),
  leechers: z.int().nullable(),
  etaSeconds: z.number().nullable(),
  private: z.boolean(),
  /** Downloaded as a whole rather than only where somebody watches. */
  download: z.boolean(),
  /** In a library now, or on its way. */
  kept: z.enum(['no', 'pending', 'yes']),
  shared: z.boolean(),
  mine: z.boolean(),
  addedBy: z.string().nullable(),
  addedAt: timestamp,
  bestFileIndex: z.int().nullable(),
  /** Id of what plays when the best file is started; null until its contents are known. */
  playFileId: id.nullable(),
});
export type Torrent = z.infer<typeof torrent>;

export const torrentFile = torrentFileInfo.extend({
  progress: z.number(),
  priority: filePriority,
  /** For `POST /api/playback`; null for what cannot be played. */
  fileId: id.nullable(),
});
export type TorrentFile = z.infer<typeof torrentFile>;

export const torrentTracker = z.object({
  /** Without passkeys. */
  url: z.string(),
  state: z.enum(['working', 'waiting', 'failed', 'blocked']),
  message: z.string().nullable(),
  seeders: z.int().nullable(),
  leechers: z.int().nullable(),
});
export type TorrentTracker = z.infer<typeof torrentTracker>;

export const torrentPeer = z.object({
  address: z.string(),
  client: z.string().nullable(),
  kind: z.enum(['tcp', 'utp', 'webrtc', 'webseed']),
  incoming: z.boolean(),
  downloadSpeed: z.number(),
  uploadSpeed: z.number(),
  /** 0–100 */
  progress: z.number().nullable(),
  choking: z.boolean(),
});
export type TorrentPeer = z.infer<typeof torrentPeer>;

/** Somebody's window into a file: what is ready from where they are. Bytes are of that file. */
export const torrentReader = z.object({
  fileIndex: z.int(),
  position: z.number(),
  readyUntil: z.number(),
  windowEnd: z.number(),
});
export type TorrentReader = z.infer<typeof torrentReader>;

export const torrentDetails = torrent.extend({
  files: z.array(torrentFile),
  trackers: z.array(torrentTracker),
  peerList: z.array(torrentPeer),
  readers: z.array(torrentReader),
  pieceLength: z.number().nullable(),
  pieceCount: z.int().nullable(),
  /** Base64, one bit a piece, first piece in the highest bit: verified and on the disk. Empty until known. */
  pieces: z.string(),
  comment: z.string().nullable(),
  magnet: z.string(),
  warnings: z.array(torrentWarning),
});
export type TorrentDetails = z.infer<typeof torrentDetails>;

/** Where browsers of the household that play the same torrent find each other, and what they verify pieces by. */
export const browserSwarm = z.object({
  /** Path of a WebSocket that speaks as WebTorrent's trackers do; signed, for this account and torrent. */
  trackerUrl: z.string(),
  /** Base64: the `.torrent`, without a tracker or a web seed. */
  metainfo: z.string(),
});
export type BrowserSwarm = z.infer<typeof browserSwarm>;

const addOptions = {
  /** Fetch it as a whole; left out: only what is watched. */
  download: z.boolean().default(false),
  /** Everybody who may use torrents sees it. */
  shared: z.boolean().default(false),
  /** Files to fetch; left out: all playable ones and their subtitles. */
  fileIndices: z.array(z.int().min(0)).max(5000).optional(),
};

export const torrentRoutes = {
  access: torrentAccessRoute,
  settings: defineRoute({
    method: 'GET',
    path: '/api/torrents/settings',
    access: 'admin',
    summary: 'The settings.',
    reply: torrentSettings,
  }),
  changeSettings: defineRoute({
    method: 'PATCH',
    path: '/api/torrents/settings',
    access: 'admin',
    summary: 'Changes settings, at once. Turning torrents on for the first time needs `acceptNotice: true`.',
    body: torrentSettings
      .omit({ noticeAcceptedAt: true })
      .partial()
      .extend({ acceptNotice: z.literal(true).optional() }),
    reply: torrentSettings,
  }),
  engine: defineRoute({
    method: 'GET',
    path: '/api/torrents/engine',
    access: 'admin',
    summary: 'How the engine is doing, and where its traffic leaves.',
    reply: torrentEngineStatus,
  }),
  refreshLists: defineRoute({
    method: 'POST',
    path: '/api/torrents/lists/refresh',
    access: 'admin',
    summary: 'Fetches the list of trackers and the block list again.',
    status: 200,
    reply: torrentEngineStatus,
  }),
  permissions: defineRoute({
    method: 'GET',
    path: '/api/torrents/permissions',
    access: 'admin',
    summary: 'Who may use torrents.',
    reply: z.object({ items: z.array(torrentPermission) }),
  }),
  changePermission: defineRoute({
    method: 'PUT',
    path: '/api/torrents/permissions/:accountId',
    access: 'admin',
    summary: 'What one person may do. Accounts with an age limit never may.',
    params: z.object({ accountId: id }),
    body: torrentPermission.pick({ allowed: true, maxStreams: true, quotaBytes: true }).partial(),
    reply: torrentPermission,
  }),
  parse: defineRoute({
    method: 'POST',
    path: '/api/torrents/parse',
    access: 'member',
    summary:
      'What is in a magnet link or a `.torrent` (multipart field `torrent`), without joining where that suffices.',
    status: 200,
    body: z.object({ magnet: torrentLink }),
    upload: 'torrent',
    reply: torrentMetadata,
  }),
  swarm: defineRoute({
    method: 'POST',
    path: '/api/torrents/swarm',
    access: 'member',
    summary: 'How many have it, as its own trackers say, without joining; null where none of them does.',
    status: 200,
    body: z.object({ magnet: torrentLink }),
    reply: torrent.pick({ seeders: true, leechers: true }),
  }),
  convert: defineRoute({
    method: 'POST',
    path: '/api/torrents/convert',
    access: 'member',
    summary: 'Joins the swarm for the metadata and answers with the `.torrent`.',
    status: 200,
    body: z.object({ magnet: torrentLink }),
    produces: 'application/x-bittorrent',
  }),
  add: defineRoute({
    method: 'POST',
    path: '/api/torrents',
    access: 'member',
    summary: 'Adds a magnet link, the address of a `.torrent`, or one uploaded (multipart field `torrent`).',
    status: 201,
    body: z.object({ magnet: torrentLink, ...addOptions }),
    upload: 'torrent',
    reply: torrent,
  }),
  list: defineRoute({
    method: 'GET',
    path: '/api/torrents',
    access: 'member',
    summary: 'Yours and those shared with you, newest first; administrators see all.',
    reply: z.object({ items: z.array(torrent) }),
  }),
  info: defineRoute({
    method: 'GET',
    path: '/api/torrents/:hash/info',
    access: 'member',
    summary: 'One torrent with its files, peers, trackers and pieces.',
    params: infoHashParams,
    reply: torrentDetails,
  }),
  browserSwarm: defineRoute({
    method: 'POST',
    path: '/api/torrents/:hash/swarm',
    access: 'member',
    summary: 'Where browsers that play it exchange pieces; null where they are not to.',
    status: 200,
    params: infoHashParams,
    reply: z.object({ swarm: browserSwarm.nullable() }),
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/torrents/:hash',
    access: 'member',
    summary: 'Takes it off the list; with `data=true` what was downloaded goes too. Kept files stay.',
    status: 204,
    params: infoHashParams,
    query: z.object({
      data: z
        .enum(['true', 'false', '1', '0'])
        .or(z.boolean())
        .transform((value) => value === true || value === 'true' || value === '1')
        .default(true),
    }),
  }),
  pause: defineRoute({
    method: 'POST',
    path: '/api/torrents/:hash/pause',
    access: 'member',
    summary: 'Nothing is exchanged until it is resumed.',
    status: 200,
    params: infoHashParams,
    reply: torrent,
  }),
  resume: defineRoute({
    method: 'POST',
    path: '/api/torrents/:hash/resume',
    access: 'member',
    summary: 'Goes on; also after a failure.',
    status: 200,
    params: infoHashParams,
    reply: torrent,
  }),
  keep: defineRoute({
    method: 'POST',
    path: '/api/torrents/:hash/keep',
    access: 'member',
    summary:
      'Fetches what is missing and moves it into a library under a clean name; it seeds on from there.',
    status: 202,
    params: infoHashParams,
    body: z.object({
      /** Left out: the library that fits what it is. */
      libraryId: id.optional(),
      fileIndices: z.array(z.int().min(0)).max(5000).optional(),
    }),
    reply: torrent,
  }),
  change: defineRoute({
    method: 'PATCH',
    path: '/api/torrents/:hash',
    access: 'member',
    summary: 'Download as a whole or not, shared or not, and what each file is worth.',
    params: infoHashParams,
    body: z.object({
      download: z.boolean().optional(),
      shared: z.boolean().optional(),
      priorities: z
        .array(z.object({ index: z.int().min(0), priority: filePriority }))
        .max(5000)
        .optional(),
    }),
    reply: torrent,
  }),
};
