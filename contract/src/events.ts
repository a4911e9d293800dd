import { z } from 'zod';
import { id, timestamp } from './common.js';
import { job } from './job.js';
import { renderer } from './renderer.js';
import { logEntry } from './system.js';
import { infoHash, torrentState } from './torrent-basics.js';

/** Where Socket.IO listens; the handshake's `auth.token` is an access token. */
export const eventsPath = '/api/events';

/**
 * What a client can send. `refresh`: `{ token }`, a newer access token of the same session, so that the socket outlives
 * the old one; acknowledged with `{ ok: true, expiresAt }` or `{ ok: false, code }`. A socket is closed when its token
 * expires.
 */
export const clientEvents = { refresh: 'auth.refresh' } as const;

/**
 * Every event a client can receive. Payloads carry ids, never whole titles: clients ask again for what they show.
 * `audience`: who hears it.
 */
export const serverEvents = {
  'job.updated': { audience: 'admin', payload: job },
  'scan.progress': {
    audience: 'member',
    payload: z.object({
      libraryId: id,
      jobId: id,
      state: z.enum(['running', 'paused', 'done', 'failed', 'cancelled']),
      /** 0–100, null while still counting. */
      progress: z.number().nullable(),
      filesDone: z.int(),
      filesTotal: z.int().nullable(),
      added: z.int(),
      changed: z.int(),
      failed: z.int(),
      current: z.string(),
    }),
  },
  'library.changed': {
    audience: 'member',
    /** `titleIds` is empty when too many changed to list: reload what is shown. */
    payload: z.object({ libraryId: id, titleIds: z.array(id) }),
  },
  'playstate.changed': {
    audience: 'account',
    payload: z.object({
      titleId: id,
      episodeId: id.nullable(),
      positionSeconds: z.number(),
      watched: z.boolean(),
    }),
  },
  /** One of your own playlists came, went or holds something else. */
  'playlists.changed': { audience: 'account', payload: z.object({ playlistId: id }) },
  'favorites.changed': { audience: 'account', payload: z.object({ titleId: id, favorite: z.boolean() }) },
  /** What the account may see or use is another now: ask again for what is shown. */
  'limits.changed': { audience: 'account', payload: z.object({ limited: z.boolean() }) },
  /** While a session waits, about once a second; `playbackRoutes.status` tells the rest. */
  'playback.status': {
    audience: 'account',
    payload: z.object({
      sessionId: id,
      state: z.enum(['starting', 'converting', 'ready', 'paused', 'error', 'ended']),
      progress: z.number().nullable(),
      etaSeconds: z.number().nullable(),
      message: z.string(),
    }),
  },
  'download.updated': {
    audience: 'account',
    payload: z.object({
      downloadId: id,
      state: z.enum(['waiting', 'converting', 'ready', 'failed']),
      progress: z.number().nullable(),
    }),
  },
  /** Seek thumbnails or skip markers of a file are there. */
  'file.prepared': { audience: 'member', payload: z.object({ fileId: id }) },
  /** A screen in the house came, went, or does something else; `position` ticks once a second while it plays. */
  'renderer.updated': { audience: 'member', payload: renderer },
  /** A television came over DLNA, or what is known of one changed. */
  'device.updated': { audience: 'admin', payload: z.object({ deviceId: id }) },
  /** While somebody listens and something moves, once a second: the numbers of torrents that the account may see. */
  'torrent.numbers': {
    audience: 'account',
    payload: z.object({
      items: z.array(
        z.object({
          infoHash,
          state: torrentState,
          progress: z.number(),
          downloadSpeed: z.number(),
          uploadSpeed: z.number(),
          peers: z.int(),
        }),
      ),
    }),
  },
  /** A torrent came, went, or learnt what is in it: ask again. */
  'torrent.changed': { audience: 'account', payload: z.object({ infoHash, removed: z.boolean() }) },
  /** More was found for a title, or its search is over: ask again. */
  'sources.changed': {
    audience: 'account',
    payload: z.object({ titleId: id, episodeId: id.nullable(), searching: z.boolean() }),
  },
  /** A provider answered a search over catalogs, or, where `q` is empty, its row came: ask again. */
  'discover.found': { audience: 'account', payload: z.object({ q: z.string(), searching: z.boolean() }) },
  /** A provider came, went, or does better or worse than before. */
  'provider.changed': { audience: 'member', payload: z.object({ providerId: id }) },
  'session.revoked': { audience: 'account', payload: z.object({ sessionId: id }) },
  'log.entry': { audience: 'admin', payload: logEntry },
  notice: {
    audience: 'member',
    payload: z.object({ level: z.enum(['info', 'warn', 'error']), message: z.string(), time: timestamp }),
  },
} as const;

export type ServerEventName = keyof typeof serverEvents;
export type ServerEventPayload<N extends ServerEventName> = z.infer<(typeof serverEvents)[N]['payload']>;
