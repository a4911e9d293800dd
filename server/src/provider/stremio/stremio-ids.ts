import type { ExternalIds, TitleReference } from '@hearth/contract/provider-exchange';

/** Authorities whose ids stand in an add-on's as `authority:id`, besides IMDb's, which stand alone. */
const prefixed = ['tmdb', 'tvdb', 'kitsu', 'mal', 'anilist', 'anidb'];

const isImdb = (id: string): boolean => /^tt\d{5,12}$/.test(id);

/** How add-ons may call a title, the likeliest first. */
export function stremioIds({ id, externalIds }: TitleReference): string[] {
  const { imdb } = externalIds;
  const named = prefixed.flatMap((authority) => {
    const known = externalIds[authority];
    return known === undefined ? [] : [`${authority}:${known}`];
  });
  return [id, imdb, ...named].filter((each) => each !== undefined).filter((each) => each !== '');
}

/** What an id says by itself. */
export function externalIdsOf(id: string): ExternalIds {
  if (isImdb(id)) return { imdb: id };
  const [authority = '', rest = ''] = id.split(':', 2);
  return prefixed.includes(authority) && /^\w+$/.test(rest) ? { [authority]: rest } : {};
}

/** Ids of the videos of a series are its own with season and episode behind it, where it is known to all add-ons. */
export const hasEpisodeIds = (id: string): boolean => Object.keys(externalIdsOf(id)).length > 0;

export const episodeId = (id: string, season: number, episode: number): string =>
  `${id}:${season}:${episode}`;
