import type { providerEpisode, providerItem, providerTitle } from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import type { Meta, Preview, Video } from './stremio-answers.js';
import { externalIdsOf } from './stremio-ids.js';

type Credit = NonNullable<z.input<typeof providerTitle>['credits']>[number];

/** `2h 5min`, `125 min`, `125`. @returns seconds */
export function runtimeOf(text: string | null): number | null {
  const [, hours, minutes] =
    /^(?:(\d{1,3})\s*h\w*)?\s*(?:(\d{1,4})\s*(?:m\w*)?)?\.?$/i.exec(text?.trim() ?? '') ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return seconds > 0 ? seconds : null;
}

/** `2008`, `2008-2013`, `2008–`. */
function yearsOf({ releaseInfo, year, released }: Preview): { year: number | null; endYear: number | null } {
  const [, first, last] = /^\s*(\d{4})\s*(?:[-–—]\s*(\d{4})?)?/.exec(releaseInfo) ?? [];
  return { year: first ? Number(first) : (year ?? released), endYear: last ? Number(last) : null };
}

const linked = ({ links }: Preview, ...categories: string[]): string[] =>
  links.filter(({ category }) => categories.includes(category.toLowerCase())).map(({ name }) => name);

export function itemOf(given: Preview): z.input<typeof providerItem> {
  const { id, type, name, poster, posterShape, background, description, imdb_id, moviedb_id } = given;
  const imdb = /^tt\d{5,12}$/.test(imdb_id ?? '') ? imdb_id : undefined;
  return {
    ...{ id, type, name, posterUrl: poster, posterShape, backdropUrl: background, description },
    ...yearsOf(given),
    genres: [...new Set([...given.genres, ...given.genre, ...linked(given, 'genres', 'genre')])].slice(0, 30),
    rating: given.imdbRating,
    runtimeSeconds: runtimeOf(given.runtime),
    externalIds: { ...(imdb && { imdb }), ...(moviedb_id && { tmdb: moviedb_id }), ...externalIdsOf(id) },
  };
}

export function titleOf(given: Meta): z.input<typeof providerTitle> {
  return {
    ...itemOf(given),
    logoUrl: given.logo,
    credits: creditsOf(given),
    trailers: trailersOf(given),
    episodes: given.type === 'movie' ? [] : given.videos.map(episodeOf),
  };
}

/** Channels number nothing: their videos come as they are listed. */
export const numberOf = ({ season, episode, number }: Video, index: number) => ({
  season: season ?? 1,
  episode: episode ?? number ?? index + 1,
});

function episodeOf(given: Video, index: number): z.input<typeof providerEpisode> {
  return {
    id: given.id,
    ...numberOf(given, index),
    name: given.name ?? given.title,
    overview: given.overview ?? given.description,
    airDate: given.released ?? given.firstAired,
    stillUrl: given.thumbnail,
  };
}

function creditsOf(given: Meta): Credit[] {
  const of = (role: Credit['role'], people: string[]): Credit[] =>
    [...new Set(people)].map((name) => ({ name: name.slice(0, 200), role }));
  return [
    ...of('director', [...given.director, ...linked(given, 'director', 'directors')]),
    ...of('writer', [...given.writer, ...linked(given, 'writer', 'writers')]),
    ...of('actor', [...given.cast, ...linked(given, 'actor', 'actors', 'cast')]),
  ];
}

function trailersOf({ name, trailers, trailerStreams }: Meta) {
  const said = [
    ...trailers.map(({ source }) => ({ id: source, name })),
    ...trailerStreams.map(({ ytId, title }) => ({ id: ytId, name: title ?? name })),
  ].filter(({ id }) => /^[\w-]{6,20}$/.test(id));
  const byId = new Map(said.toReversed().map((each) => [each.id, each]));
  return [...byId.values()]
    .map((each) => ({ name: each.name.slice(0, 300), url: videoPage(each.id) }))
    .toReversed();
}

export const videoPage = (youtubeId: string): string => `https://www.youtube.com/watch?v=${youtubeId}`;
