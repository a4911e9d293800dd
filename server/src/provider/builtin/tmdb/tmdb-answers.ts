import { z } from 'zod';
import {
  anything,
  day,
  integerBetween,
  listOf,
  maybe,
  numberBetween,
  prose,
  wholeListOf,
  words,
  year,
} from '../../lenient.js';

/** A path below the host of pictures. */
const picture = anything.transform((value) =>
  typeof value === 'string' && /^\/[\w.-]{1,200}$/u.test(value) ? value : null,
);

/** Of films as `title` and `release_date`, of series as `name` and `first_air_date`. */
const item = z.object({
  id: z.int(),
  title: words(500),
  name: words(500),
  original_title: words(500),
  original_name: words(500),
  release_date: year,
  first_air_date: year,
  last_air_date: year,
  overview: prose,
  poster_path: picture,
  backdrop_path: picture,
  genre_ids: listOf(z.int()),
  genres: listOf(z.object({ name: words(100).pipe(z.string()) })),
  vote_average: numberBetween(0, 10),
  vote_count: numberBetween(0, 1e9),
});
export type TmdbItem = z.infer<typeof item>;

export const page = z.object({ results: wholeListOf(item), total_pages: integerBetween(0, 1e6) });

/** https://developer.themoviedb.org/reference/find-by-id */
export const foundById = z.object({ movie_results: wholeListOf(item), tv_results: wholeListOf(item) });

const person = z.object({
  name: words(200).pipe(z.string()),
  character: words(300),
  roles: listOf(z.object({ character: words(300) })),
  job: words(100),
  jobs: listOf(z.object({ job: words(100) })),
  profile_path: picture,
});
export type TmdbPerson = z.infer<typeof person>;

const credits = maybe(z.object({ cast: listOf(person), crew: listOf(person) }));
const certified = z.object({ iso_3166_1: words(5), rating: words(30) });
const released = z.object({
  iso_3166_1: words(5),
  release_dates: listOf(z.object({ certification: words(30) })),
});
const video = z.object({ site: words(50), type: words(50), key: words(50), name: words(300) });

/** https://developer.themoviedb.org/reference/movie-details, tv-series-details, with what is appended. */
export const details = item.extend({
  tagline: words(500),
  status: words(50),
  runtime: numberBetween(1, 10_000),
  episode_run_time: listOf(numberBetween(1, 10_000)),
  imdb_id: words(20),
  external_ids: maybe(
    z.object({ imdb_id: words(20), tvdb_id: integerBetween(1, 1e9), wikidata_id: words(20) }),
  ),
  production_companies: listOf(z.object({ name: words(200) })),
  networks: listOf(z.object({ name: words(200) })),
  credits,
  aggregate_credits: credits,
  videos: maybe(z.object({ results: listOf(video) })),
  recommendations: maybe(z.object({ results: listOf(item) })),
  release_dates: maybe(z.object({ results: listOf(released) })),
  content_ratings: maybe(z.object({ results: listOf(certified) })),
  seasons: listOf(z.object({ season_number: z.int().min(0).max(10_000) })),
});
export type TmdbDetails = z.infer<typeof details>;

const episode = z.object({
  id: z.int(),
  season_number: z.int().min(0).max(10_000),
  episode_number: z.int().min(0).max(100_000),
  name: words(500),
  overview: prose,
  air_date: day,
  runtime: numberBetween(1, 10_000),
  still_path: picture,
});
export type TmdbEpisode = z.infer<typeof episode>;

/** Seasons that were appended to a series, as `season/1`. */
export const appendedSeasons = z.record(z.string(), z.unknown()).transform((answer) =>
  Object.entries(answer).flatMap(([key, value]) => {
    const season = /^season\/\d+$/u.test(key)
      ? z.object({ episodes: listOf(episode) }).safeParse(value)
      : null;
    return season?.success ? season.data.episodes : [];
  }),
);
