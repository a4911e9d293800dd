import type { providerEpisode, providerItem, providerTitle } from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import type { TvmazeEpisode, TvmazeShow } from './tvmaze-answers.js';

const inSeconds = (minutes: number | null): number | null => minutes && minutes * 60;

/** A show as a list has it. */
export function itemOf(show: TvmazeShow): z.input<typeof providerItem> {
  const { thetvdb, imdb } = show.externals ?? { thetvdb: null, imdb: null };
  return {
    id: String(show.id),
    type: 'series',
    name: show.name,
    year: show.premiered,
    endYear: show.ended,
    posterUrl: show.image?.original ?? show.image?.medium ?? null,
    description: show.summary,
    genres: show.genres.slice(0, 30),
    rating: show.rating?.average ?? null,
    runtimeSeconds: inSeconds(show.averageRuntime ?? show.runtime),
    externalIds: {
      tvmaze: String(show.id),
      ...(imdb !== null && /^tt\d{5,12}$/u.test(imdb) && { imdb }),
      ...(thetvdb !== null && { tvdb: String(thetvdb) }),
    },
  };
}

/** A show in full, with what is embedded in it. */
export function titleOf(show: TvmazeShow): z.input<typeof providerTitle> {
  const { episodes = [], cast = [] } = show._embedded ?? {};
  return {
    ...itemOf(show),
    studio: show.network?.name ?? show.webChannel?.name ?? null,
    credits: cast.slice(0, 200).map(({ person, character }) => ({
      name: person.name,
      role: 'actor' as const,
      character: character?.name ?? null,
      imageUrl: person.image?.medium ?? null,
    })),
    episodes: episodes.slice(0, 20_000).map(episodeOf),
  };
}

const episodeOf = (episode: TvmazeEpisode): z.input<typeof providerEpisode> => ({
  id: String(episode.id),
  season: episode.season,
  episode: episode.number,
  name: episode.name,
  overview: episode.summary,
  airDate: episode.airdate ?? episode.airstamp,
  stillUrl: episode.image?.original ?? episode.image?.medium ?? null,
  runtimeSeconds: inSeconds(episode.runtime),
});
