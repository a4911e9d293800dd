import { z } from 'zod';
import { id, idParams, page, pageQuery, timestamp } from './common.js';
import { defineRoute } from './route.js';
import { episode, titleCard, watchCard } from './title.js';

const codecList = z.array(z.string().max(100)).max(200);

/** What the device can play. Codec names are short (`h264`) or RFC 6381 strings (`avc1.640028`). */
export const clientCapabilities = z.object({
  containers: codecList.default([]),
  videoCodecs: codecList.default([]),
  audioCodecs: codecList.default([]),
  maxHeight: z.number().positive().optional(),
  /** Bits per second. */
  maxBitrate: z.number().positive().optional(),
});
export type ClientCapabilities = z.infer<typeof clientCapabilities>;

export const playbackRequest = z
  .object({
    titleId: id.optional(),
    episodeId: id.optional(),
    fileId: id.optional(),
    client: clientCapabilities,
  })
  .refine((request) => request.titleId ?? request.episodeId ?? request.fileId, {
    message: 'one of titleId, episodeId or fileId is needed',
    path: ['titleId'],
  });

export const subtitleTrack = z.object({
  id: z.string(),
  /** Signed URL of a WebVTT file. */
  url: z.string(),
  language: z.string().nullable(),
  label: z.string(),
  forced: z.boolean(),
  hearingImpaired: z.boolean(),
  isDefault: z.boolean(),
  /** Where it comes from. */
  origin: z.enum(['embedded', 'external']),
});
export type SubtitleTrack = z.infer<typeof subtitleTrack>;

export const audioTrack = z.object({
  index: z.int(),
  language: z.string().nullable(),
  label: z.string(),
  codec: z.string(),
  channels: z.int().nullable(),
  isDefault: z.boolean(),
});
export type AudioTrack = z.infer<typeof audioTrack>;

export const playbackSession = z.object({
  sessionId: id,
  method: z.enum(['direct', 'remux', 'transcode']),
  /** Why, in words a person can read. */
  reasons: z.array(z.string()),
  /** Signed, expiring, bound to this account. */
  url: z.string(),
  contentType: z.string(),
  subtitles: z.array(subtitleTrack),
  audioTracks: z.array(audioTrack),
  chapters: z.array(z.object({ startSeconds: z.number(), endSeconds: z.number(), title: z.string() })),
  durationSeconds: z.number(),
  resumeSeconds: z.number(),
  title: titleCard,
  episode: episode.nullable(),
  nextEpisode: episode.nullable(),
  fileId: id,
});
export type PlaybackSession = z.infer<typeof playbackSession>;

export const historyEntry = watchCard.extend({
  id,
  watchedAt: timestamp,
  /** Seconds actually reached in that sitting. */
  positionSeconds: z.number(),
  durationSeconds: z.number(),
  completed: z.boolean(),
  deviceName: z.string(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

const titleIdParams = z.object({ titleId: id });
const signature = { user: id, expires: z.coerce.number().int(), signature: z.string().max(128) };

export const playbackRoutes = {
  start: defineRoute({
    method: 'POST',
    path: '/api/playback',
    access: 'member',
    summary: 'Decides how a source reaches this device and opens a session.',
    status: 201,
    body: playbackRequest,
    reply: playbackSession,
  }),
  progress: defineRoute({
    method: 'PUT',
    path: '/api/playback/:sessionId/progress',
    access: 'member',
    summary: 'Saves where the person is: every 10 s, on pause and on leaving.',
    status: 204,
    params: z.object({ sessionId: id }),
    body: z.object({ positionSeconds: z.number().min(0).max(1e7), paused: z.boolean().default(false) }),
  }),
  stop: defineRoute({
    method: 'DELETE',
    path: '/api/playback/:sessionId',
    access: 'member',
    summary: 'Ends a session.',
    status: 204,
    params: z.object({ sessionId: id }),
  }),
  mediaFile: defineRoute({
    method: 'GET',
    path: '/api/media/files/:id',
    access: 'signed',
    summary: 'A file’s bytes (RFC 9110 ranges, HEAD).',
    params: idParams,
    query: z.object(signature),
    produces: 'application/octet-stream',
  }),
  subtitle: defineRoute({
    method: 'GET',
    path: '/api/media/files/:id/subtitles/:track',
    access: 'signed',
    summary: 'A subtitle track as WebVTT; `track` is a stream index or an external file’s id.',
    params: z.object({ id, track: id }),
    query: z.object(signature),
    produces: 'text/vtt',
  }),
  image: defineRoute({
    method: 'GET',
    path: '/api/images/:id',
    access: 'signed',
    summary: 'A picture at one of the served widths.',
    params: idParams,
    query: z.object({ ...signature, width: z.coerce.number().int().positive().max(3840).optional() }),
    produces: 'image/webp',
  }),
  watched: defineRoute({
    method: 'PUT',
    path: '/api/watched',
    access: 'member',
    summary: 'Marks a film, an episode, a season or a whole series as watched or not.',
    status: 204,
    body: z
      .object({
        titleId: id.optional(),
        seasonId: id.optional(),
        episodeId: id.optional(),
        watched: z.boolean(),
      })
      .refine((body) => [body.titleId, body.seasonId, body.episodeId].filter(Boolean).length === 1, {
        message: 'exactly one of titleId, seasonId, episodeId',
      }),
  }),
  history: defineRoute({
    method: 'GET',
    path: '/api/history',
    access: 'member',
    summary: 'What you watched, newest first.',
    query: pageQuery,
    reply: page(historyEntry),
  }),
  deleteHistory: defineRoute({
    method: 'DELETE',
    path: '/api/history/:id',
    access: 'member',
    summary: 'Takes one entry out of your history.',
    status: 204,
    params: idParams,
  }),
  popular: defineRoute({
    method: 'GET',
    path: '/api/popular',
    access: 'member',
    summary: 'Most watched in this household over the last 90 days.',
    query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(20) }),
    reply: z.object({ items: z.array(titleCard) }),
  }),
  favorites: defineRoute({
    method: 'GET',
    path: '/api/favorites',
    access: 'member',
    summary: 'Your favourites, newest first.',
    query: pageQuery,
    reply: page(titleCard),
  }),
  favorite: defineRoute({
    method: 'GET',
    path: '/api/favorites/:titleId',
    access: 'member',
    summary: 'Whether a title is among your favourites.',
    params: titleIdParams,
    reply: z.object({ favorite: z.boolean() }),
  }),
  addFavorite: defineRoute({
    method: 'PUT',
    path: '/api/favorites/:titleId',
    access: 'member',
    summary: 'Adds a favourite.',
    params: titleIdParams,
    reply: z.object({ favorite: z.boolean() }),
  }),
  removeFavorite: defineRoute({
    method: 'DELETE',
    path: '/api/favorites/:titleId',
    access: 'member',
    summary: 'Removes a favourite.',
    params: titleIdParams,
    reply: z.object({ favorite: z.boolean() }),
  }),
};
