import { z } from 'zod';
import { defineRoute } from './route.js';

// What every page of the web needs to know of torrents; the rest comes with the pages about them.

/** SHA-1 of the info dictionary (BEP 3), 40 hexadecimal digits in lower case. */
export const infoHash = z
  .string()
  .regex(/^[0-9a-fA-F]{40}$/, 'an infohash of 40 hexadecimal digits')
  .transform((text) => text.toLowerCase());
export const infoHashParams = z.object({ hash: infoHash });

/**
 * `metadata`: asking the swarm what is in it; `checking`: verifying what lies on the disk; `waiting`: nobody needs
 * anything; `streaming`: somebody watches; `downloading`: it is being fetched as a whole; `seeding`; `paused`;
 * `stalled`: wants pieces and gets none (`message` says why); `failed`; `held`: its network interface is away.
 */
export const torrentState = z.enum([
  'metadata', 'checking', 'waiting', 'streaming', 'downloading', 'seeding', 'paused', 'stalled', 'failed', 'held',
]); // prettier-ignore
export type TorrentState = z.infer<typeof torrentState>;

/** What the signed-in person may do here, and what the notice says. */
export const torrentAccess = z.object({
  enabled: z.boolean(),
  allowed: z.boolean(),
  administrator: z.boolean(),
  browserPeers: z.boolean(),
  quotaBytes: z.number().nullable(),
  usedBytes: z.number(),
});
export type TorrentAccess = z.infer<typeof torrentAccess>;

export const torrentAccessRoute = defineRoute({
  method: 'GET',
  path: '/api/torrents/access',
  access: 'member',
  summary: 'Whether torrents are on, and what you may do with them.',
  reply: torrentAccess,
});
