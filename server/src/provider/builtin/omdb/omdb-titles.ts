import type { providerItem, providerTitle } from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import type { OmdbItem, OmdbTitle } from './omdb-answers.js';

/** A title as a search lists it. */
export const itemOf = (item: OmdbItem): z.input<typeof providerItem> => ({
  id: item.imdbID,
  type: item.Type,
  name: item.Title,
  year: item.Year.from,
  endYear: item.Year.to,
  posterUrl: item.Poster,
  externalIds: { imdb: item.imdbID },
});

const unrated: ReadonlySet<string> = new Set(['Not Rated', 'Unrated', 'NOT RATED', 'UNRATED']);

/** A title in full. */
export function titleOf(found: OmdbTitle): z.input<typeof providerTitle> {
  const minutes = /^(?:(\d+) h )?(\d+) min/u.exec(found.Runtime ?? '');
  const credit = (role: 'actor' | 'director' | 'writer') => (name: string) => ({ name, role });
  return {
    ...itemOf(found),
    description: found.Plot,
    genres: found.Genre.slice(0, 30),
    rating: found.imdbRating,
    contentRating: unrated.has(found.Rated ?? '') ? null : found.Rated,
    runtimeSeconds: minutes && (Number(minutes[1] ?? 0) * 60 + Number(minutes[2])) * 60,
    studio: found.Production,
    credits: [
      ...found.Actors.map(credit('actor')),
      ...found.Director.map(credit('director')),
      ...found.Writer.map(credit('writer')),
    ].slice(0, 200),
  };
}
