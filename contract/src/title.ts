import { z } from 'zod';
import { booleanQuery, id, idParams, listQuery, page, pageQuery, timestamp } from './common.js';
import { image } from './image.js';
import { albumCard, artistCard, foundTrack } from './music.js';
import { photo } from './photo.js';
import { playlistCard } from './playlist.js';
import { defineRoute } from './route.js';

export const titleType = z.enum(['movie', 'series']);
export type TitleType = z.infer<typeof titleType>;

export { type Image, image } from './image.js';

/** The widths images are served at, in pixels. */
export const imageWidths = [160, 240, 360, 480, 720, 1080, 1440, 1920] as const;

export const playState = z.object({
  positionSeconds: z.number(),
  durationSeconds: z.number(),
  watched: z.boolean(),
  updatedAt: timestamp.nullable(),
});
export type PlayState = z.infer<typeof playState>;

export const titleCard = z.object({
  id,
  type: titleType,
  name: z.string(),
  year: z.int().nullable(),
  endYear: z.int().nullable(),
  runtimeSeconds: z.number().nullable(),
  rating: z.number().nullable(),
  contentRating: z.string().nullable(),
  genres: z.array(z.string()),
  poster: image.nullable(),
  /** False while every file of it is gone (unplugged disk). */
  available: z.boolean(),
  /** Largest picture height among its versions, in pixels. */
  maxHeight: z.int().nullable(),
  hdr: z.boolean(),
  addedAt: timestamp,
  state: playState.nullable(),
  favorite: z.boolean(),
  /** Series only. */
  episodeCount: z.int().nullable(),
  unwatchedCount: z.int().nullable(),
});
export type TitleCard = z.infer<typeof titleCard>;

export const credit = z.object({
  personId: id,
  name: z.string(),
  role: z.enum(['actor', 'director', 'writer']),
  character: z.string().nullable(),
  image: image.nullable(),
});
export type Credit = z.infer<typeof credit>;

export const mediaStream = z.object({
  index: z.int(),
  kind: z.enum(['video', 'audio', 'subtitle']),
  codec: z.string(),
  /** RFC 6381 */
  codecString: z.string().nullable(),
  language: z.string().nullable(),
  title: z.string().nullable(),
  isDefault: z.boolean(),
  forced: z.boolean(),
  hearingImpaired: z.boolean(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  frameRate: z.number().nullable(),
  hdr: z.string().nullable(),
  channels: z.int().nullable(),
  channelLayout: z.string().nullable(),
  bitrate: z.number().nullable(),
});
export type MediaStream = z.infer<typeof mediaStream>;

/** A file of a library as something to play; what providers find stands beside it (`rankedSource`). */
export const source = z.object({
  id,
  kind: z.enum(['file']),
  fileId: id,
  episodeIds: z.array(id),
  /** What tells versions apart: “Director’s Cut”, “2160p”. */
  label: z.string(),
  fileName: z.string(),
  size: z.number(),
  container: z.string(),
  durationSeconds: z.number().nullable(),
  bitrate: z.number().nullable(),
  available: z.boolean(),
  streams: z.array(mediaStream),
  externalSubtitles: z.array(z.object({ language: z.string().nullable(), format: z.string() })),
  extraKind: z.string().nullable(),
});
export type Source = z.infer<typeof source>;

export const season = z.object({
  id,
  number: z.int(),
  name: z.string(),
  episodeCount: z.int(),
  unwatchedCount: z.int(),
  poster: image.nullable(),
});
export type Season = z.infer<typeof season>;

export const episode = z.object({
  id,
  titleId: id,
  seasonNumber: z.int(),
  number: z.int(),
  name: z.string(),
  overview: z.string().nullable(),
  airDate: z.string().nullable(),
  runtimeSeconds: z.number().nullable(),
  still: image.nullable(),
  available: z.boolean(),
  state: playState.nullable(),
});
export type Episode = z.infer<typeof episode>;

export const titleDetail = titleCard.extend({
  libraryId: id,
  originalName: z.string().nullable(),
  overview: z.string().nullable(),
  tagline: z.string().nullable(),
  studio: z.string().nullable(),
  backdrop: image.nullable(),
  logo: image.nullable(),
  credits: z.array(credit),
  externalIds: z.record(z.string(), z.string()),
  /** What Play would play now: the next episode of a series, or the film itself. */
  upNext: z.object({ episode: episode.nullable(), resumeSeconds: z.number() }).nullable(),
  extras: z.array(
    z.object({ fileId: id, name: z.string(), kind: z.string(), durationSeconds: z.number().nullable() }),
  ),
});
export type TitleDetail = z.infer<typeof titleDetail>;

export const titleSort = z.enum(['name', 'added', 'year', 'rating', 'runtime', 'random']);
export const resolution = z.enum(['sd', '720p', '1080p', '2160p']);

/** Filters combine with “and”; several genres or resolutions in one filter with “or”. */
export const titleFilter = z.object({
  type: titleType.optional(),
  libraryId: id.optional(),
  genre: listQuery(z.string().max(100)).optional(),
  year: z
    .string()
    .regex(/^\d{4}(-\d{4})?$/, 'a year, or two joined by “-”')
    .optional(),
  minRating: z.coerce.number().min(0).max(10).optional(),
  contentRating: listQuery(z.string().max(20)).optional(),
  resolution: listQuery(resolution).optional(),
  hdr: booleanQuery.optional(),
  watched: z.enum(['yes', 'no', 'started']).optional(),
  favorite: booleanQuery.optional(),
  available: booleanQuery.optional(),
  personId: id.optional(),
  /** First letter of the sort name, `#` for anything but a letter. */
  letter: z.string().max(2).optional(),
  q: z.string().trim().max(200).optional(),
});

export const titleQuery = titleFilter.extend({
  ...pageQuery.shape,
  sort: titleSort.default('name'),
  order: z.enum(['asc', 'desc']).optional(),
});
export type TitleQuery = z.infer<typeof titleQuery>;

const facetCount = z.object({ value: z.string(), count: z.int() });
export const titleFacets = z.object({
  genres: z.array(facetCount),
  decades: z.array(facetCount),
  resolutions: z.array(facetCount),
  contentRatings: z.array(facetCount),
  letters: z.array(facetCount),
});
export type TitleFacets = z.infer<typeof titleFacets>;

/** One thing to watch: a film, or an episode with its series. */
export const watchCard = z.object({
  title: titleCard,
  episode: episode.nullable(),
  backdrop: image.nullable(),
});
export type WatchCard = z.infer<typeof watchCard>;

export const home = z.object({
  continueWatching: z.array(watchCard),
  nextUp: z.array(watchCard),
  recentlyAdded: z.array(titleCard),
  genres: z.array(z.object({ genre: z.string(), items: z.array(titleCard) })),
});
export type Home = z.infer<typeof home>;

export const searchResults = z.object({
  titles: z.array(titleCard),
  episodes: z.array(z.object({ episode, titleName: z.string() })),
  people: z.array(z.object({ id, name: z.string(), titleCount: z.int() })),
  files: z.array(z.object({ fileId: id, titleId: id.nullable(), fileName: z.string() })),
  albums: z.array(albumCard),
  artists: z.array(artistCard),
  tracks: z.array(foundTrack),
  photos: z.array(photo),
  playlists: z.array(playlistCard),
});
export type SearchResults = z.infer<typeof searchResults>;

export const titleRoutes = {
  home: defineRoute({
    method: 'GET',
    path: '/api/home',
    access: 'member',
    summary: 'Everything the home screen needs, in one answer.',
    reply: home,
  }),
  list: defineRoute({
    method: 'GET',
    path: '/api/titles',
    access: 'member',
    summary: 'Titles, filtered, sorted and paged by keyset.',
    query: titleQuery,
    reply: page(titleCard),
  }),
  facets: defineRoute({
    method: 'GET',
    path: '/api/titles/facets',
    access: 'member',
    summary: 'What could be filtered by, with counts.',
    query: titleFilter,
    reply: titleFacets,
  }),
  search: defineRoute({
    method: 'GET',
    path: '/api/library/search',
    access: 'member',
    summary:
      'Search as you type over titles, episodes, people, music, photos and file names; tolerates typos.',
    query: z.object({
      q: z.string().trim().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(50).default(12),
    }),
    reply: searchResults,
  }),
  detail: defineRoute({
    method: 'GET',
    path: '/api/titles/:id',
    access: 'member',
    summary: 'One title in full.',
    params: idParams,
    reply: titleDetail,
  }),
  update: defineRoute({
    method: 'PATCH',
    path: '/api/titles/:id',
    access: 'admin',
    summary: 'Corrects a title by hand; what a person set, no scan changes.',
    params: idParams,
    body: z.object({
      name: z.string().trim().min(1).max(300).optional(),
      year: z.int().min(1870).max(2200).nullable().optional(),
      overview: z.string().max(10_000).nullable().optional(),
    }),
    reply: titleDetail,
  }),
  seasons: defineRoute({
    method: 'GET',
    path: '/api/titles/:id/seasons',
    access: 'member',
    summary: 'Seasons of a series; specials are season 0.',
    params: idParams,
    reply: z.object({ items: z.array(season) }),
  }),
  episodes: defineRoute({
    method: 'GET',
    path: '/api/titles/:id/episodes',
    access: 'member',
    summary: 'Episodes of a series, or of one season.',
    params: idParams,
    query: z.object({ season: z.coerce.number().int().min(0).optional() }),
    reply: z.object({ items: z.array(episode) }),
  }),
  similar: defineRoute({
    method: 'GET',
    path: '/api/titles/:id/similar',
    access: 'member',
    summary: 'Titles that share genres and people.',
    params: idParams,
    reply: z.object({ items: z.array(titleCard) }),
  }),
};
