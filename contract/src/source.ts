import { z } from 'zod';
import { booleanQuery, id, idParams, listQuery, timestamp } from './common.js';
import { titleReference } from './provider-exchange.js';
import { defineRoute } from './route.js';
import { source as fileSource, titleDetail } from './title.js';
import { infoHash } from './torrent-basics.js';

/** Why a source stands where it does; the words are the client's, its language's. `weight`: what it adds or takes. */
export const sourceReason = z.object({
  code: z.enum([
    'here-already', 'partly-here', 'plays-directly', 'needs-remux', 'needs-transcode', 'resolution-wanted', 'resolution-low',
    'resolution-above-limit', 'resolution-unknown', 'hdr-shown', 'hdr-lost', 'line-fast-enough', 'line-too-slow', 'size-above-limit', 'size-unlikely', 'seeders-many', 'seeders-few',
    'seeders-none', 'language-wanted', 'language-other', 'language-unknown', 'provider-trusted', 'provider-doubted', 'source-quality-high', 'recorded-in-cinema', 'same-group',
    'needs-no-swarm', 'opens-elsewhere', 'extra', 'unavailable',
  ]), // prettier-ignore
  weight: z.number(),
});
export type SourceReason = z.infer<typeof sourceReason>;

/** What is known of how something was made, read from its name where nobody says. */
export const sourceFacts = z.object({
  resolution: z.enum(['2160p', '1440p', '1080p', '720p', '576p', '480p', 'sd']).nullable(),
  /** `bluray`, `remux`, `web-dl`, `webrip`, `hdtv`, `dvd`, `cam`… */
  origin: z.string().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  hdr: z.string().nullable(),
  languages: z.array(z.string()),
  releaseGroup: z.string().nullable(),
});
export type SourceFacts = z.infer<typeof sourceFacts>;

const ranked = {
  id,
  label: z.string(),
  facts: sourceFacts,
  score: z.number(),
  /** The strongest first. */
  reasons: z.array(sourceReason),
  /** Seconds until the first picture, about; null: nobody can tell. */
  startSeconds: z.number().nullable(),
};

/** Found by a provider; nothing of it is here. */
const remote = {
  ...ranked,
  name: z.string(),
  fileName: z.string().nullable(),
  size: z.number().nullable(),
  /** Who found it: a provider's id and name, the most trusted first. */
  providers: z.array(z.object({ id, name: z.string() })),
  foundAt: timestamp,
};

export const rankedSource = z.discriminatedUnion('kind', [
  fileSource.extend({ ...ranked, kind: z.literal('file') }),
  z.object({
    ...remote,
    kind: z.literal('torrent'),
    /** Null: it is known once it is played. */
    infoHash: infoHash.nullable(),
    fileIndex: z.int().nullable(),
    seeders: z.int().nullable(),
    leechers: z.int().nullable(),
  }),
  z.object({ ...remote, kind: z.literal('http') }),
  z.object({ ...remote, kind: z.literal('link'), url: z.string() }),
]);
export type RankedSource = z.infer<typeof rankedSource>;
export type RankedFile = Extract<RankedSource, { kind: 'file' }>;

/** The library's own among them. */
export const filesAmong = (sources: readonly RankedSource[]): RankedFile[] =>
  sources.filter((source) => source.kind === 'file');

/** How one provider's part of a search goes. */
export const searchPart = z.object({
  id,
  name: z.string(),
  state: z.enum(['asking', 'answered', 'failed', 'late', 'resting']),
  count: z.int(),
  ms: z.number().nullable(),
  message: z.string().nullable(),
});
export type SearchPart = z.infer<typeof searchPart>;

export const titleSources = z.object({
  items: z.array(rankedSource),
  /** Somebody is still being asked: `sources.changed` says when there is more. */
  searching: z.boolean(),
  parts: z.array(searchPart),
});
export type TitleSources = z.infer<typeof titleSources>;

/** A torrent that was found by asking, without a title of the library. */
export const foundTorrent = z.object({
  infoHash: infoHash.nullable(),
  fileIndex: z.int().nullable(),
  name: z.string(),
  /** To hand to `POST /api/torrents` or `/api/stream/start`. */
  magnet: z.string().nullable(),
  size: z.number().nullable(),
  seeders: z.int().nullable(),
  leechers: z.int().nullable(),
  facts: sourceFacts,
  providers: z.array(z.object({ id, name: z.string() })),
});
export type FoundTorrent = z.infer<typeof foundTorrent>;

/** One person's way of ranking. */
export const sourcePreferences = z.object({
  maxResolution: z.enum(['2160p', '1080p', '720p', '480p']).nullable(),
  /** Bytes. */
  maxSize: z.number().min(0).nullable(),
  languages: z.array(z.string().max(35)).max(10),
});
export type SourcePreferences = z.infer<typeof sourcePreferences>;

/** Names of codecs; short, or RFC 6381 strings. */
const codecs = listQuery(z.string().max(100)).optional();

export const sourceRoutes = {
  ofTitle: defineRoute({
    method: 'GET',
    path: '/api/titles/:id/sources',
    access: 'member',
    summary:
      'Everything that can be played for a title, best first: what is here at once, what providers find as they answer.',
    params: idParams,
    query: z.object({
      episodeId: id.optional(),
      /** Seconds to wait for providers; 0: what is known now. */
      wait: z.coerce.number().min(0).max(10).default(0),
      /** What the device plays, as in `clientCapabilities`; left out: its fit counts for nothing. */
      containers: codecs,
      videoCodecs: codecs,
      audioCodecs: codecs,
      maxHeight: z.coerce.number().positive().optional(),
      hdr: listQuery(z.enum(['hdr10', 'hdr10plus', 'hlg', 'dolby-vision'])).optional(),
      /** Bits per second of its line, measured. */
      bandwidth: z.coerce.number().positive().optional(),
    }),
    reply: titleSources,
  }),
  movie: defineRoute({
    method: 'GET',
    path: '/api/movies/:id',
    access: 'member',
    summary: 'A title, with its sources on request.',
    params: idParams,
    query: z.object({ includeSources: booleanQuery.default(false) }),
    reply: titleDetail.extend({ sources: z.array(rankedSource).optional() }),
  }),
  search: defineRoute({
    method: 'GET',
    path: '/api/search',
    access: 'member',
    summary: 'Torrents from all providers, merged; waits for them until their deadline. Kept for an hour.',
    query: z.object({
      query: z.string().trim().max(300).default(''),
      type: z.enum(['movie', 'series']).optional(),
      imdb: z
        .string()
        .regex(/^tt\d{5,12}$/, 'an IMDb id such as tt0017136')
        .optional(),
      season: z.coerce.number().int().min(0).max(10_000).optional(),
      episode: z.coerce.number().int().min(0).max(100_000).optional(),
    }),
    reply: z.object({ items: z.array(foundTorrent), parts: z.array(searchPart) }),
  }),
  /** For titles that are in no library. */
  ofReference: defineRoute({
    method: 'POST',
    path: '/api/discover/sources',
    access: 'member',
    summary: 'Sources of a title that the library does not have.',
    status: 200,
    body: titleReference.extend({ wait: z.number().min(0).max(10).default(0) }),
    reply: titleSources,
  }),
  viewport: defineRoute({
    method: 'POST',
    path: '/api/ui/viewport',
    access: 'member',
    summary: 'What you are looking at: its sources and details are fetched first.',
    status: 204,
    body: z.object({ titleIds: z.array(id).max(200) }),
  }),
  preferences: defineRoute({
    method: 'GET',
    path: '/api/source-preferences',
    access: 'member',
    summary: 'How sources are ranked for you.',
    reply: sourcePreferences,
  }),
  prefer: defineRoute({
    method: 'PUT',
    path: '/api/source-preferences',
    access: 'member',
    summary: 'Changes how sources are ranked for you.',
    body: sourcePreferences,
    reply: sourcePreferences,
  }),
};
