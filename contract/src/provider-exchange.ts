import { z } from 'zod';

// What providers are asked and what they give back, built-in or not. Answers are checked here, once, whoever gave them.

const httpUrl = z.url({ protocol: /^https?$/ }).max(4000);
const text = (longest: number) => z.string().max(longest);
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

/** By authority: `imdb` (`tt0017136`), `tmdb`, `tvdb`, `tvmaze`, `wikidata` (`Q151599`), `archive`. */
export const externalIds = z.record(z.string().max(30), z.string().max(200));
export type ExternalIds = z.infer<typeof externalIds>;

/** A title as a provider lists it. */
export const providerItem = z.object({
  /** The provider's own id. */
  id: text(300).min(1),
  type: text(50).min(1),
  name: text(500).min(1),
  year: maybe(z.int().min(1800).max(2200)),
  endYear: maybe(z.int().min(1800).max(2200)),
  posterUrl: maybe(httpUrl),
  posterShape: z.enum(['poster', 'landscape', 'square']).default('poster'),
  backdropUrl: maybe(httpUrl),
  description: maybe(text(10_000)),
  genres: z.array(text(100)).max(30).default([]),
  /** 0–10 */
  rating: maybe(z.number().min(0).max(10)),
  contentRating: maybe(text(30)),
  runtimeSeconds: maybe(z.number().min(0).max(1_000_000)),
  externalIds: externalIds.default({}),
});
export type ProviderItem = z.infer<typeof providerItem>;

export const providerPage = z.object({
  items: z.array(providerItem).max(500),
  /** What the next page is asked for with; null on the last one. */
  next: maybe(text(500)),
});
export type ProviderPage = z.infer<typeof providerPage>;

export const providerEpisode = z.object({
  id: text(300).min(1),
  /** 0: specials. */
  season: z.int().min(0).max(10_000),
  episode: z.int().min(0).max(100_000),
  name: maybe(text(500)),
  overview: maybe(text(10_000)),
  /** ISO 8601 */
  airDate: maybe(text(40)),
  stillUrl: maybe(httpUrl),
  runtimeSeconds: maybe(z.number().min(0).max(1_000_000)),
});
export type ProviderEpisode = z.infer<typeof providerEpisode>;

/** A title in full. */
export const providerTitle = providerItem.extend({
  originalName: maybe(text(500)),
  tagline: maybe(text(500)),
  logoUrl: maybe(httpUrl),
  studio: maybe(text(200)),
  credits: z
    .array(
      z.object({
        name: text(200).min(1),
        role: z.enum(['actor', 'director', 'writer']),
        character: maybe(text(300)),
        imageUrl: maybe(httpUrl),
      }),
    )
    .max(200)
    .default([]),
  trailers: z
    .array(z.object({ name: text(300), url: httpUrl }))
    .max(20)
    .default([]),
  episodes: z.array(providerEpisode).max(20_000).default([]),
  similar: z.array(providerItem).max(50).default([]),
});
export type ProviderTitle = z.infer<typeof providerTitle>;

/** What a source says of itself, where it says so apart from its name. */
const sourceFacts = {
  /** As the release is called; facts that are left out are read from it. */
  name: text(1000).min(1),
  fileName: maybe(text(1000)),
  /** bytes */
  size: maybe(z.number().min(0)),
  /** Nominal height, pixels. */
  height: maybe(z.int().min(1).max(20_000)),
  languages: z.array(text(35)).max(50).default([]),
  publishedAt: maybe(text(40)),
  /** Sources of consecutive episodes that belong together have the same. */
  group: maybe(text(300)),
};

/** A way to the bytes of a title. */
export const providerSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('torrent'),
    ...sourceFacts,
    /** SHA-1 of the info dictionary, hexadecimal; null: only `torrentUrl` leads there. */
    infoHash: maybe(
      z
        .string()
        .regex(/^[0-9a-fA-F]{40}$/)
        .transform((hash) => hash.toLowerCase()),
    ),
    torrentUrl: maybe(httpUrl),
    /** Null: the file to play first. */
    fileIndex: maybe(z.int().min(0).max(1_000_000)),
    trackers: z.array(text(2000)).max(100).default([]),
    seeders: maybe(z.int().min(0)),
    leechers: maybe(z.int().min(0)),
  }),
  z.object({
    kind: z.literal('http'),
    ...sourceFacts,
    url: httpUrl,
    /** Header fields that the host wants; never those of ours. */
    headers: z.record(text(100), text(2000)).default({}),
  }),
  /** A page to open: nothing that Hearth plays. */
  z.object({ kind: z.literal('link'), ...sourceFacts, url: httpUrl }),
]);
export type ProviderSource = z.infer<typeof providerSource>;
export type ProviderSourceInput = z.input<typeof providerSource>;

export const providerSubtitle = z.object({
  id: text(300).min(1),
  language: text(35),
  name: maybe(text(500)),
  /** Null: asked for when it is used, since the service counts downloads. */
  url: maybe(httpUrl),
  hearingImpaired: z.boolean().default(false),
  /** How likely it fits, 0–1: 1 where the file's own hash was known. */
  score: z.number().min(0).max(1).default(0.5),
});
export type ProviderSubtitle = z.infer<typeof providerSubtitle>;

/** Whom sources, details or subtitles are asked for. */
export const titleReference = z.object({
  type: text(50),
  /** The provider's own id, where the title came from it. */
  id: text(300).optional(),
  externalIds: externalIds.default({}),
  name: text(500).optional(),
  originalName: text(500).optional(),
  year: z.int().optional(),
  season: z.int().min(0).optional(),
  episode: z.int().min(0).optional(),
  /** Of an episode; daily shows are looked for by it. */
  airDate: z.iso.date().optional(),
});
export type TitleReference = z.infer<typeof titleReference>;

/** Which page of which catalog. `extra`: filters by name, as they stand in a query (see `extra` of the manifest). */
export const catalogQuestion = z.object({
  type: text(50),
  id: text(200),
  extra: z.record(text(100), text(1000)).default({}),
  /** `next` of the page before; left out: the first. */
  cursor: text(500).optional(),
});
export type CatalogQuestion = z.infer<typeof catalogQuestion>;

/** What subtitles are asked for. */
export const subtitleQuestion = titleReference.extend({
  languages: z.array(text(35)).max(20).default([]),
  fileName: text(1000).optional(),
  size: z.number().min(0).optional(),
  /** Of OpenSubtitles: the size and the first and last 64 KiB, 16 hexadecimal digits. */
  videoHash: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
});
export type SubtitleQuestion = z.infer<typeof subtitleQuestion>;
