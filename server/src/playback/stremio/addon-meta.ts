import type { Episode, TitleCard, TitleDetail, TitleType } from '@hearth/contract/title';
import { addonId, ownPrefix } from './addon-ids.js';

/** Titles of a page: with fewer, apps ask for no more (stremio-addon-sdk, docs/api/requests/defineCatalogHandler.md). */
export const pageSize = 100;

const catalogs = { movie: 'Films', series: 'Series' } as const satisfies Record<TitleType, string>;

/** @param genres that a list can be narrowed by, of each type */
export function manifest(version: string, genres: Readonly<Record<TitleType, readonly string[]>>) {
  return {
    ...{ id: 'org.hearth.home', version, name: 'Hearth', description: 'What is at home.' },
    types: ['movie', 'series'],
    resources: ['catalog', 'meta', 'stream'],
    idPrefixes: ['tt', ownPrefix],
    catalogs: (['movie', 'series'] as const).map((type) => ({
      ...{ type, id: 'hearth', name: `Hearth · ${catalogs[type]}` },
      extra: [
        { name: 'search' },
        ...(genres[type].length > 0 ? [{ name: 'genre', options: genres[type].slice(0, 50) }] : []),
        { name: 'skip' },
      ],
    })),
  };
}

/** @param absolute makes an address of ours one that is reached from elsewhere */
export type Absolute = (address: string) => string;

type Known = TitleCard & { readonly externalIds: Readonly<Record<string, string>> };

const years = ({ type, year, endYear }: TitleCard): string | undefined => {
  if (year === null) return undefined;
  return type === 'series' ? `${year}-${endYear ?? ''}` : String(year);
};

export function preview(title: Known, absolute: Absolute) {
  const { type, name, genres, rating, poster, runtimeSeconds } = title;
  const releaseInfo = years(title);
  return {
    ...{ id: addonId(title), type, name, genres, posterShape: 'poster' },
    ...(poster && { poster: absolute(`${poster.url}&width=360`) }),
    ...(releaseInfo !== undefined && { releaseInfo }),
    ...(rating !== null && { imdbRating: rating.toFixed(1) }),
    ...(runtimeSeconds !== null && { runtime: `${Math.round(runtimeSeconds / 60)} min` }),
  };
}

export function meta(title: TitleDetail, episodes: readonly Episode[], absolute: Absolute) {
  const of = (role: string): string[] =>
    title.credits.filter((credit) => credit.role === role).map(({ name }) => name);
  const { backdrop, logo, overview } = title;
  return {
    ...preview(title, absolute),
    ...(backdrop && { background: absolute(`${backdrop.url}&width=1920`) }),
    ...(logo && { logo: absolute(`${logo.url}&width=480`) }),
    ...(overview !== null && { description: overview }),
    ...{ director: of('director'), writer: of('writer'), cast: of('actor').slice(0, 20) },
    ...(title.type === 'series' && {
      videos: episodes.map((episode) => video(addonId(title), episode, absolute)),
    }),
  };
}

function video(id: string, episode: Episode, absolute: Absolute) {
  const { seasonNumber: season, number, name, overview, airDate, still, available } = episode;
  return {
    ...{ id: `${id}:${season}:${number}`, title: name, season, episode: number, available },
    // Apps sort by it and want one; where nobody knows, the beginning of time says so.
    released: new Date(airDate ?? 0).toISOString(),
    ...(overview !== null && { overview }),
    ...(still && { thumbnail: absolute(`${still.url}&width=480`) }),
  };
}
