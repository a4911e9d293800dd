import { z } from 'zod';
import {
  anything,
  integerBetween,
  numberBetween,
  prose,
  webAddress,
  wholeListOf,
  words,
} from '../../lenient.js';

/** It writes `N/A` where there is nothing. */
const stated = <S extends z.ZodType>(shape: S) =>
  anything.transform((value): unknown => (value === 'N/A' ? null : value)).pipe(shape);

/** `2008`, `2008–2013` or `2008–`, the dash being whatever they typed. */
const years = stated(words(30)).transform((text) => {
  const [, from, to] = /^(\d{4})\D*(\d{4})?/u.exec(text ?? '') ?? [];
  return { from: from ? Number(from) : null, to: to ? Number(to) : null };
});

const names = stated(words(2000)).transform((text) =>
  (text ?? '')
    .split(',')
    .map((name) =>
      name
        .replaceAll(/\(.*?\)/gu, '')
        .trim()
        .slice(0, 200),
    )
    .filter(Boolean),
);

const item = z.object({
  Title: stated(words(500)).pipe(z.string()),
  Year: years,
  imdbID: z.string().regex(/^tt\d{5,12}$/u),
  Type: z.enum(['movie', 'series']),
  Poster: stated(webAddress),
});
export type OmdbItem = z.infer<typeof item>;

export const omdbSearch = z.object({ Search: wholeListOf(item), totalResults: integerBetween(0, 1e9) });

export const omdbTitle = item.extend({
  Rated: stated(words(30)),
  Runtime: stated(words(30)),
  Genre: names,
  Director: names,
  Writer: names,
  Actors: names,
  Plot: stated(prose),
  Production: stated(words(200)),
  imdbRating: stated(numberBetween(0, 10)),
});
export type OmdbTitle = z.infer<typeof omdbTitle>;

/** Misses and troubles have one shape, told apart by their words. */
export const refusal = z.object({ Response: z.literal('False'), Error: z.string().catch('') });
