import { z } from 'zod';
import {
  day,
  integerBetween,
  listOf,
  maybe,
  numberBetween,
  prose,
  webAddress,
  wholeListOf,
  words,
  year,
} from '../../lenient.js';

const picture = maybe(z.object({ medium: webAddress, original: webAddress }));
const named = maybe(z.object({ name: words(200) }));

const episode = z.object({
  id: z.int(),
  season: z.int().min(0).max(10_000),
  /** Null for specials, which have no place of their own. */
  number: z.int().min(0).max(100_000),
  name: words(500),
  summary: prose,
  airdate: day,
  airstamp: words(40),
  runtime: numberBetween(1, 10_000),
  image: picture,
});
export type TvmazeEpisode = z.infer<typeof episode>;

const credit = z.object({
  person: z.object({ name: words(200).pipe(z.string()), image: picture }),
  character: named,
});

/** https://www.tvmaze.com/api#show-main-information */
export const show = z.object({
  id: z.int(),
  name: words(500).pipe(z.string()),
  genres: listOf(words(100).pipe(z.string())),
  status: words(50),
  premiered: year,
  ended: year,
  averageRuntime: numberBetween(1, 10_000),
  runtime: numberBetween(1, 10_000),
  rating: maybe(z.object({ average: numberBetween(0, 10) })),
  network: named,
  webChannel: named,
  externals: maybe(z.object({ thetvdb: integerBetween(1, 1e9), imdb: words(20) })),
  image: picture,
  summary: prose,
  _embedded: maybe(z.object({ episodes: listOf(episode), cast: listOf(credit) })),
});
export type TvmazeShow = z.infer<typeof show>;

export const foundShows = wholeListOf(z.object({ show }));

/** Broadcasts hold their show as `show`, those of streaming services inside `_embedded`. */
export const schedule = wholeListOf(
  z.union([z.object({ show }), z.object({ _embedded: z.object({ show }) })]),
).transform((entries) => entries.map((entry) => ('show' in entry ? entry.show : entry._embedded.show)));

export const lookedUp = z.object({ id: z.int() });
