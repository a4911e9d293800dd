import { z } from 'zod';
import {
  anything,
  integerBetween,
  listOf,
  maybe,
  numberBetween,
  prose,
  webAddress,
  wholeListOf,
  words,
  year,
} from '../lenient.js';

// https://github.com/Stremio/stremio-addon-sdk/tree/master/docs/api/responses

/** Some say one name, some a list. */
const names = anything.transform((value) =>
  [value].flat().filter((name): name is string => typeof name === 'string' && name.trim() !== ''),
);
const text = z.string().max(4000).optional().catch(undefined);
const someText = z.string().min(1);

export const preview = z.object({
  id: z.string().min(1).max(300),
  type: z.string().min(1).max(50),
  name: words(500).pipe(someText),
  poster: webAddress,
  posterShape: z.enum(['poster', 'landscape', 'square']).catch('poster'),
  background: webAddress,
  description: prose,
  genres: names,
  genre: names,
  imdbRating: numberBetween(0, 10),
  releaseInfo: anything.transform((value) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '',
  ),
  year,
  released: year,
  runtime: words(50),
  imdb_id: text,
  moviedb_id: anything.transform((value) => (/^\d{1,12}$/.test(String(value)) ? String(value) : undefined)),
  links: listOf(z.object({ name: words(200).pipe(someText), category: words(100).pipe(someText) })),
});
export type Preview = z.output<typeof preview>;

export const stream = z.object({
  url: text,
  ytId: text,
  infoHash: text,
  externalUrl: text,
  fileIdx: integerBetween(0, 1_000_000),
  name: prose,
  title: prose,
  description: prose,
  sources: listOf(z.string().max(2000)),
  behaviorHints: maybe(
    z.object({
      bingeGroup: words(300),
      filename: words(1000),
      videoSize: numberBetween(0, Number.MAX_SAFE_INTEGER),
      proxyHeaders: maybe(z.object({ request: maybe(z.record(z.string(), z.unknown())) })),
    }),
  ),
});
export type Stream = z.output<typeof stream>;

const video = z.object({
  id: z.string().min(1).max(300),
  title: words(500),
  name: words(500),
  season: integerBetween(0, 10_000),
  episode: integerBetween(0, 100_000),
  number: integerBetween(0, 100_000),
  released: words(40),
  firstAired: words(40),
  thumbnail: webAddress,
  overview: prose,
  description: prose,
  streams: listOf(stream),
});
export type Video = z.output<typeof video>;

export const meta = preview.extend({
  logo: webAddress,
  cast: names,
  director: names,
  writer: names,
  trailers: listOf(z.object({ source: z.string(), type: anything })),
  trailerStreams: listOf(z.object({ ytId: z.string(), title: words(300) })),
  videos: listOf(video),
});
export type Meta = z.output<typeof meta>;

export const catalogAnswer = z.object({ metas: wholeListOf(preview) });
/** Some have nothing under `meta` where they know nothing. */
export const metaAnswer = z.object({ meta: meta.nullish().catch(null) });
export const streamAnswer = z.object({ streams: wholeListOf(stream) });
export const subtitleAnswer = z.object({
  subtitles: wholeListOf(
    z.object({ id: anything, url: webAddress.pipe(someText), lang: z.string().min(1).max(100) }),
  ),
});
