import type { providerEpisode, providerItem, providerTitle } from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import type { TmdbDetails, TmdbEpisode, TmdbItem, TmdbPerson } from './tmdb-answers.js';
import { genreNames } from './tmdb-manifest.js';

export type TmdbType = 'movie' | 'series';

/** Sizes that are kept ready: https://developer.themoviedb.org/docs/image-basics */
type PictureSize = 'w780' | 'w1280' | 'w500' | 'w185';

const pictures = 'https://image.tmdb.org/t/p';
const pictureOf = (path: string | null, size: PictureSize): string | null =>
  path && `${pictures}/${size}${path}`;

const inSeconds = (minutes: number | null | undefined): number | null => (minutes ? minutes * 60 : null);
const isImdb = (id: string | null | undefined): id is string => /^tt\d{5,12}$/u.test(id ?? '');

/** A title as a list has it; null for one without a name. */
export function itemOf(item: TmdbItem, type: TmdbType): z.input<typeof providerItem> | null {
  const name = item.title ?? item.name ?? item.original_title ?? item.original_name;
  if (name === null) return null;
  const named = item.genres.length > 0 ? item.genres.map((genre) => genre.name) : [];
  return {
    id: String(item.id),
    type,
    name,
    year: item.release_date ?? item.first_air_date,
    posterUrl: pictureOf(item.poster_path, 'w780'),
    backdropUrl: pictureOf(item.backdrop_path, 'w1280'),
    description: item.overview,
    genres: [...named, ...item.genre_ids.flatMap((id) => genreNames.get(String(id)) ?? [])].slice(0, 30),
    // Nobody has voted: no rating, and not the worst.
    rating: item.vote_count === 0 ? null : item.vote_average,
    externalIds: { tmdb: String(item.id) },
  };
}

/** A title in full. @param country whose age rating is taken, as `US` */
export function titleOf(
  found: TmdbDetails,
  type: TmdbType,
  country: string,
  episodes: readonly TmdbEpisode[],
): z.input<typeof providerTitle> | null {
  const item = itemOf(found, type);
  if (!item) return null;
  const { imdb_id, tvdb_id, wikidata_id } = found.external_ids ?? {};
  const imdb = imdb_id ?? found.imdb_id;
  const { cast = [], crew = [] } = found.aggregate_credits ?? found.credits ?? {};
  const similar = found.recommendations?.results ?? [];
  return {
    ...item,
    endYear: type === 'series' && found.status !== 'Returning Series' ? found.last_air_date : null,
    originalName: found.original_title ?? found.original_name,
    tagline: found.tagline,
    studio: (type === 'movie' ? found.production_companies : found.networks)[0]?.name ?? null,
    runtimeSeconds: inSeconds(found.runtime ?? found.episode_run_time[0]),
    contentRating: ratingIn(found, country) ?? ratingIn(found, 'US'),
    externalIds: {
      ...item.externalIds,
      ...(isImdb(imdb) && { imdb }),
      ...(tvdb_id && { tvdb: String(tvdb_id) }),
      ...(wikidata_id && { wikidata: wikidata_id }),
    },
    credits: [...actorsOf(cast), ...crew.flatMap(crewOf)].slice(0, 200),
    trailers: trailersOf(found),
    episodes: episodes.map(episodeOf),
    similar: similar.slice(0, 50).flatMap((each) => itemOf(each, type) ?? []),
  };
}

const mostActors = 60;

const actorsOf = (cast: readonly TmdbPerson[]) =>
  cast.slice(0, mostActors).map((person) => ({
    name: person.name,
    role: 'actor' as const,
    character: person.character ?? person.roles[0]?.character ?? null,
    imageUrl: pictureOf(person.profile_path, 'w185'),
  }));

const roles: Readonly<Record<string, 'director' | 'writer'>> = {
  Director: 'director', Writer: 'writer', Screenplay: 'writer', Teleplay: 'writer',
}; // prettier-ignore

function crewOf({ name, job, jobs, profile_path }: TmdbPerson) {
  const held = new Set([job, ...jobs.map((each) => each.job)].flatMap((each) => roles[each ?? ''] ?? []));
  return [...held].map((role) => ({ name, role, imageUrl: pictureOf(profile_path, 'w185') }));
}

function ratingIn({ release_dates, content_ratings }: TmdbDetails, country: string): string | null {
  const film = release_dates?.results.find(({ iso_3166_1 }) => iso_3166_1 === country);
  const series = content_ratings?.results.find(({ iso_3166_1 }) => iso_3166_1 === country);
  const certified = film?.release_dates.find(({ certification }) => certification !== null);
  return certified?.certification ?? series?.rating ?? null;
}

const trailersOf = ({ videos }: TmdbDetails) =>
  (videos?.results ?? [])
    .filter(({ site, type, key }) => site === 'YouTube' && type === 'Trailer' && /^[\w-]+$/u.test(key ?? ''))
    .slice(0, 20)
    .map(({ name, key }) => ({ name: name ?? 'Trailer', url: `https://www.youtube.com/watch?v=${key}` }));

const episodeOf = (episode: TmdbEpisode): z.input<typeof providerEpisode> => ({
  id: String(episode.id),
  season: episode.season_number,
  episode: episode.episode_number,
  name: episode.name,
  overview: episode.overview,
  airDate: episode.air_date,
  stillUrl: pictureOf(episode.still_path, 'w500'),
  runtimeSeconds: inSeconds(episode.runtime),
});
