import { z } from 'zod';
import { id } from './common.js';
import { defineRoute } from './route.js';
import { waitStep } from './session-activity.js';
import { infoHash, infoHashParams, torrentLink, torrentReader, torrentState } from './torrent.js';

/** How a stream that a client started is doing. `progress` 0–100 of what its state works at. */
export const streamStatus = z.object({
  streamId: id,
  status: z.enum(['downloading', 'converting', 'ready', 'error', 'stopped']),
  progress: z.number(),
  /** Seconds until it is ready; null while nobody can tell. */
  eta: z.number().nullable(),
  message: z.string(),
  /** Signed HLS multivariant playlist; null until there is one. */
  streamUrl: z.string().nullable(),
  /** Bytes a second. */
  downloadSpeed: z.number(),
  peers: z.int(),
  /** Seconds of the film; null while unknown. */
  duration: z.number().nullable(),
  timeline: z.array(waitStep),
});
export type StreamStatus = z.infer<typeof streamStatus>;

/** A torrent as its viewers see it. */
export const torrentStreamStatus = z.object({
  infoHash,
  state: torrentState,
  message: z.string(),
  progress: z.number(),
  downloadSpeed: z.number(),
  uploadSpeed: z.number(),
  peers: z.int(),
  readers: z.array(torrentReader),
});
export type TorrentStreamStatus = z.infer<typeof torrentStreamStatus>;

/** What a signed address carries besides; the magnet link is signed with it. */
const maybeSigned = {
  user: id.optional(),
  expires: z.coerce.number().int().optional(),
  signature: z.string().max(128).optional(),
};

/** Streams of torrents as outside clients start them; the web plays them through `/api/playback` like any file. */
export const streamRoutes = {
  start: defineRoute({
    method: 'POST',
    path: '/api/stream/start',
    access: 'member',
    summary: 'Starts a stream of a magnet link; poll its status.',
    status: 202,
    body: z.object({
      magnetLink: torrentLink,
      quality: z.enum(['original', '1080p', '720p', '480p']).default('original'),
      fileIndex: z.int().min(0).optional(),
    }),
    reply: streamStatus.pick({ streamId: true, status: true, progress: true, eta: true, message: true }),
  }),
  status: defineRoute({
    method: 'GET',
    path: '/api/stream/status/:streamId',
    access: 'member',
    summary: 'How a stream of yours is doing.',
    params: z.object({ streamId: id }),
    reply: streamStatus,
  }),
  stop: defineRoute({
    method: 'DELETE',
    path: '/api/stream/:streamId',
    access: 'member',
    summary: 'Ends a stream; nothing of it is left.',
    status: 200,
    params: z.object({ streamId: id }),
    reply: z.object({ streamId: id, status: z.literal('stopped'), message: z.string() }),
  }),
  list: defineRoute({
    method: 'GET',
    path: '/api/streams',
    access: 'member',
    summary: 'Active streams: administrators see all, others their own.',
    reply: z.object({ items: z.array(streamStatus) }),
  }),
  address: defineRoute({
    method: 'POST',
    path: '/api/stream/address',
    access: 'member',
    summary: 'A signed address of the bytes below, for media elements, which cannot send headers.',
    status: 200,
    body: z
      .object({ id: id.optional(), magnet: torrentLink.optional(), fileIndex: z.int().min(0).optional() })
      .refine((body) => (body.id === undefined) !== (body.magnet === undefined), {
        message: 'either id or magnet',
      }),
    reply: z.object({ url: z.string() }),
  }),
  bytes: defineRoute({
    method: 'GET',
    path: '/api/stream/:id',
    access: 'member-or-signed',
    summary: 'The bytes of a torrent’s file, or of one of a title’s sources; ranges and HEAD.',
    params: z.object({ id }),
    query: z.object({ fileIndex: z.coerce.number().int().min(0).optional(), ...maybeSigned }),
    produces: 'application/octet-stream',
  }),
  magnetBytes: defineRoute({
    method: 'GET',
    path: '/api/stream',
    access: 'member-or-signed',
    summary: 'The same for a magnet link that need not have been added.',
    query: z.object({
      magnet: torrentLink,
      file_index: z.coerce.number().int().min(0).optional(),
      ...maybeSigned,
    }),
    produces: 'application/octet-stream',
  }),
  torrentStatus: defineRoute({
    method: 'GET',
    path: '/api/stream/:hash/status',
    access: 'member',
    summary: 'How the torrent behind a stream is doing.',
    params: infoHashParams,
    reply: torrentStreamStatus,
  }),
  seek: defineRoute({
    method: 'POST',
    path: '/api/stream/:hash/seek',
    access: 'member',
    summary: 'What lies from there on is fetched first.',
    status: 200,
    params: infoHashParams,
    body: z
      .object({
        seconds: z.number().min(0).optional(),
        byte: z.int().min(0).optional(),
        fileIndex: z.int().min(0).optional(),
      })
      .refine((body) => (body.seconds === undefined) !== (body.byte === undefined), {
        message: 'either seconds or byte',
      }),
    reply: torrentStreamStatus,
  }),
};
