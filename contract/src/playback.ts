import { z } from 'zod';
import { id, idParams, page, pageQuery, timestamp } from './common.js';
import { defineRoute } from './route.js';
import { renditionActivity, waitStep } from './session-activity.js';
import { episode, titleCard, watchCard } from './title.js';
import { infoHash } from './torrent-basics.js';

const codecList = z.array(z.string().max(100)).max(200);

/** What the device can play. Codec names are short (`h264`) or RFC 6381 strings (`avc1.640028`). */
export const clientCapabilities = z.object({
  containers: codecList.default([]),
  videoCodecs: codecList.default([]),
  audioCodecs: codecList.default([]),
  maxHeight: z.number().positive().optional(),
  /** Bits per second. */
  maxBitrate: z.number().positive().optional(),
  /** What it decodes when segments are fed to it (Media Source, native HLS), where that differs from whole files. */
  streaming: z.object({ videoCodecs: codecList.default([]), audioCodecs: codecList.default([]) }).optional(),
  /** High dynamic range it shows as such; left out: not said, and nothing is converted for it. */
  hdr: z
    .array(z.enum(['hdr10', 'hdr10plus', 'hlg', 'dolby-vision']))
    .max(4)
    .optional(),
  /** Channels it takes; left out: two. */
  maxAudioChannels: z.int().min(1).max(8).optional(),
  /** Subtitles it draws by itself; others are drawn into the picture. */
  subtitleFormats: z
    .array(z.enum(['vtt', 'ass', 'pgs', 'vobsub']))
    .max(4)
    .default(['vtt']),
});
export type ClientCapabilities = z.infer<typeof clientCapabilities>;

/** `original`, or a nominal height such as `720p`. */
export const qualityName = z.string().regex(/^(original|\d{2,4}p)$/, 'original, or a height such as 720p');

export const playbackChoice = z.object({
  quality: qualityName.optional(),
  /** Index of the audio stream to begin with. */
  audioIndex: z.int().min(0).max(9999).optional(),
  /** Id of the subtitle track to show; it matters here only where it must be drawn into the picture. */
  subtitleId: z.string().max(64).optional(),
  /** Quiet passages lifted, loud ones held down. */
  nightMode: z.boolean().optional(),
});
export type PlaybackChoice = z.infer<typeof playbackChoice>;

export const playbackRequest = z
  .object({
    titleId: id.optional(),
    episodeId: id.optional(),
    fileId: id.optional(),
    /** One of a title’s sources, a file or what a provider found (`sourceRoutes.ofTitle`). */
    sourceId: id.optional(),
    /** A file of a torrent that was added; left out: the one to play first. */
    torrent: z.object({ infoHash, fileIndex: z.int().min(0).optional() }).optional(),
    client: clientCapabilities,
    /** What the person asked for in the player's menus; left out: the server chooses. */
    choice: playbackChoice.optional(),
  })
  .refine(
    (request) =>
      request.titleId ?? request.episodeId ?? request.fileId ?? request.sourceId ?? request.torrent,
    {
      message: 'one of titleId, episodeId, fileId, sourceId or torrent is needed',
      path: ['titleId'],
    },
  );

export const subtitleTrack = z.object({
  id: z.string(),
  /** What lies at `url`. */
  format: z.enum(['vtt', 'ass', 'pgs', 'vobsub']),
  /** Signed. Empty where the track can only be drawn into the picture: ask for it with `choice.subtitleId`. */
  url: z.string(),
  /** The picture carries it already. */
  burned: z.boolean(),
  language: z.string().nullable(),
  label: z.string(),
  forced: z.boolean(),
  hearingImpaired: z.boolean(),
  isDefault: z.boolean(),
  /** Where it comes from. */
  origin: z.enum(['embedded', 'external']),
  /** `url` has the lines so far: the film is still on its way. Ask again for what has come since. */
  growing: z.boolean().optional(),
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

export const playMethod = z.enum(['direct', 'remux', 'transcode']);
export type PlayMethod = z.infer<typeof playMethod>;

/** Why a stream is not sent as it is; the words that go with a code are the client's, its language's. */
export const reasonCode = z.enum([
  'container-unsupported', 'video-codec-unsupported', 'video-profile-unsupported', 'video-level-unsupported',
  'video-bit-depth-unsupported', 'video-resolution-too-high', 'video-frame-rate-too-high', 'video-range-unsupported',
  'video-colours-wrong',
  'video-interlaced', 'video-anamorphic', 'video-rotated', 'video-unknown', 'audio-codec-unsupported',
  'audio-channels-too-many', 'audio-track-not-default', 'audio-starts-late', 'audio-times-rounded', 'audio-unknown', 'subtitle-needs-burning', 'bitrate-too-high',
  'quality-chosen', 'night-mode-chosen', 'sparse-keyframes', 'open-groups', 'failed-before-on-this-device', 'hardware-encoder-failed',
]); // prettier-ignore
export type ReasonCode = z.infer<typeof reasonCode>;

/** What happens to one stream on its way. */
export const streamDecision = z.object({
  index: z.int(),
  action: z.enum(['copy', 'encode', 'convert', 'burn', 'drop']),
  /** Codec in the file and codec sent, as ffmpeg calls them. */
  from: z.string(),
  to: z.string(),
  reasons: z.array(reasonCode),
});
export type StreamDecision = z.infer<typeof streamDecision>;

/** One entry of the quality menu. */
export const quality = z.object({
  name: qualityName,
  height: z.int(),
  /** Bits per second, about. */
  bitrate: z.number(),
  action: z.enum(['copy', 'encode']),
});
export type Quality = z.infer<typeof quality>;

/** A part that can be skipped. */
export const skipMarker = z.object({
  kind: z.enum(['intro', 'recap', 'credits']),
  startSeconds: z.number(),
  endSeconds: z.number(),
});
export type SkipMarker = z.infer<typeof skipMarker>;

export const playbackSession = z.object({
  sessionId: id,
  method: playMethod,
  /** Why, in words a person can read. */
  reasons: z.array(z.string()),
  /** The same for each stream, by code. */
  streams: z.object({
    video: streamDecision.nullable(),
    audio: z.array(streamDecision),
    subtitle: streamDecision.nullable(),
  }),
  /** What the player falls back to, in order, when this does not play; `POST …/failures` steps down. */
  ladder: z.array(z.object({ method: playMethod, reasons: z.array(z.string()) })),
  /** Signed, expiring, bound to this account. A file, or an HLS multivariant playlist. */
  url: z.string(),
  /** The same segments by an MPEG-DASH manifest; null for a direct play. */
  dashUrl: z.string().nullable(),
  /** What can be chosen, best first; `quality` is what plays. */
  qualities: z.array(quality),
  quality: qualityName,
  /** WebVTT whose cues are pieces of sprites (`#xywh=`); null until they are made. */
  thumbnailsUrl: z.string().nullable(),
  markers: z.array(skipMarker),
  /** Fonts for ASS subtitles. */
  fonts: z.array(z.object({ name: z.string(), url: z.string() })),
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
  /** Which of the title’s sources plays: what was asked for, or another one where that did not open. */
  sourceId: id,
});
export type PlaybackSession = z.infer<typeof playbackSession>;

/** How a session is doing, live. */
export const sessionStatus = z.object({
  sessionId: id,
  state: z.enum(['starting', 'converting', 'ready', 'paused', 'error', 'ended']),
  /** 0–100 of the first picture’s way; null when it is there. */
  progress: z.number().nullable(),
  /** Seconds until the next segment that is waited for; null when nothing is. */
  etaSeconds: z.number().nullable(),
  message: z.string(),
  method: playMethod,
  reasons: z.array(z.string()),
  streams: playbackSession.shape.streams,
  quality: qualityName,
  renditions: z.array(renditionActivity),
  /** Bytes per second sent lately. */
  sendSpeed: z.number(),
  timeline: z.array(waitStep),
  positionSeconds: z.number(),
  durationSeconds: z.number(),
  accountId: id,
  username: z.string(),
  deviceName: z.string(),
  titleId: id,
  titleName: z.string(),
  episodeId: id.nullable(),
  startedAt: timestamp,
});
export type SessionStatus = z.infer<typeof sessionStatus>;

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
    summary: 'Ends a session, saving a last place; an administrator may end anybody’s.',
    status: 204,
    params: z.object({ sessionId: id }),
    /** Where its viewer is: a page that closes has one request left to say it with. */
    query: z.object({ positionSeconds: z.coerce.number().min(0).max(1e7).optional() }),
  }),
  failed: defineRoute({
    method: 'POST',
    path: '/api/playback/:sessionId/failures',
    access: 'member',
    summary: 'This did not play here: steps down the ladder, and remembers it for the device.',
    status: 200,
    params: z.object({ sessionId: id }),
    body: z.object({
      reason: z.string().max(300),
      positionSeconds: z.number().min(0).max(1e7).default(0),
      /** As asked with, so that the next rung fits. */
      client: clientCapabilities,
      choice: playbackChoice.optional(),
    }),
    reply: playbackSession,
  }),
  choose: defineRoute({
    method: 'PUT',
    path: '/api/playback/:sessionId/choice',
    access: 'member',
    summary: 'Another quality, audio track or burned-in subtitle for a running session.',
    params: z.object({ sessionId: id }),
    body: z.object({ client: clientCapabilities, choice: playbackChoice }),
    reply: playbackSession,
  }),
  status: defineRoute({
    method: 'GET',
    path: '/api/playback/:sessionId',
    access: 'member',
    summary: 'How a session of yours is doing: state, encoders, speeds, and why you are waiting.',
    params: z.object({ sessionId: id }),
    reply: sessionStatus,
  }),
  sessions: defineRoute({
    method: 'GET',
    path: '/api/playback',
    access: 'member',
    summary: 'Running sessions: an administrator sees all, others their own.',
    reply: z.object({ items: z.array(sessionStatus) }),
  }),
  extras: defineRoute({
    method: 'GET',
    path: '/api/playback/:sessionId/extras',
    access: 'member',
    summary: 'What was made since the session began; `file.prepared` tells when to ask.',
    params: z.object({ sessionId: id }),
    reply: z.object({ thumbnailsUrl: z.string().nullable(), markers: z.array(skipMarker) }),
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
