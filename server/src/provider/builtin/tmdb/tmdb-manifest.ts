import type { Catalog, Extra, ProviderManifest } from '@hearth/contract/provider-manifest';

type Named = readonly [id: string, label: string];

/** https://developer.themoviedb.org/reference/genre-movie-list */
const movieGenres: readonly Named[] = [
  ['28', 'Action'], ['12', 'Adventure'], ['16', 'Animation'], ['35', 'Comedy'], ['80', 'Crime'], ['99', 'Documentary'],
  ['18', 'Drama'], ['10751', 'Family'], ['14', 'Fantasy'], ['36', 'History'], ['27', 'Horror'], ['10402', 'Music'],
  ['9648', 'Mystery'], ['10749', 'Romance'], ['878', 'Science Fiction'], ['53', 'Thriller'], ['10752', 'War'], ['37', 'Western'],
]; // prettier-ignore

/** https://developer.themoviedb.org/reference/genre-tv-list */
const seriesGenres: readonly Named[] = [
  ['10759', 'Action & Adventure'], ['16', 'Animation'], ['35', 'Comedy'], ['80', 'Crime'], ['99', 'Documentary'],
  ['18', 'Drama'], ['10751', 'Family'], ['10762', 'Kids'], ['9648', 'Mystery'], ['10763', 'News'], ['10764', 'Reality'],
  ['10765', 'Sci-Fi & Fantasy'], ['10766', 'Soap'], ['10767', 'Talk'], ['10768', 'War & Politics'], ['37', 'Western'],
]; // prettier-ignore

export const genreNames = new Map<string, string>([...movieGenres, ...seriesGenres]);

const filters = (genres: readonly Named[]): Extra[] => [
  {
    name: 'genre',
    label: 'Genre',
    type: 'multiselect',
    isRequired: false,
    options: genres.map(([id, label]) => ({ id, label })),
    optionsLimit: 5,
  },
  { name: 'year', label: 'Year', type: 'range', isRequired: false, min: 1888, max: 2100, step: 1 },
];

/** Titles a page of its own. */
const pageSize = 20;

const catalogsOf = (type: 'movie' | 'series', genres: readonly Named[], what: string): Catalog[] => [
  { type, id: 'trending', name: `Trending ${what}`, pageSize, extra: [] },
  { type, id: 'popular', name: `Popular ${what}`, pageSize, extra: filters(genres) },
  { type, id: 'top', name: `Top rated ${what}`, pageSize, extra: filters(genres) },
  {
    type,
    id: 'search',
    name: `Search ${what}`,
    pageSize,
    extra: [
      { name: 'search', label: 'Search', type: 'text', isRequired: true },
      { name: 'year', label: 'Year', type: 'text', isRequired: false },
    ],
  },
];

export const tmdbManifest: ProviderManifest = {
  schema: 1,
  id: 'org.themoviedb',
  name: 'TMDB',
  version: '1.0.0',
  description: 'Films and series with pictures, cast and trailers. Needs a free key.',
  runtime: 'builtin',
  types: ['movie', 'series'],
  resources: [{ name: 'catalog' }, { name: 'metadata' }],
  catalogs: [...catalogsOf('movie', movieGenres, 'films'), ...catalogsOf('series', seriesGenres, 'series')],
  config: [
    {
      name: 'apiKey',
      label: 'API key or read access token',
      type: 'password',
      help: 'Made in the settings of a TMDB account; either of the two kinds will do.',
      helpUrl: 'https://www.themoviedb.org/settings/api',
      required: true,
      advanced: false,
    },
    {
      name: 'language',
      label: 'Language of texts',
      type: 'text',
      placeholder: 'en-US',
      default: 'en-US',
      required: false,
      advanced: false,
    },
  ],
  homepage: 'https://www.themoviedb.org',
  hints: { configurationRequired: true },
  legal: {
    contentLicences: [],
    attribution: 'This product uses the TMDB API but is not endorsed or certified by TMDB.',
  },
};
