import type { ProviderManifest } from '@hearth/contract/provider-manifest';

/** What people filed films under (https://archive.org/details/movies). */
const collections = [
  ['feature_films', 'Feature films'],
  ['silent_films', 'Silent films'],
  ['SciFi_Horror', 'Science fiction and horror'],
  ['Comedy_Films', 'Comedy'],
  ['Film_Noir', 'Film noir'],
  ['short_films', 'Short films'],
  ['animationandcartoons', 'Animation and cartoons'],
  ['classic_cartoons', 'Classic cartoons'],
  ['prelinger', 'Prelinger Archives'],
  ['opensource_movies', 'Community video'],
] as const;

/** Items say their language by name or by code, whoever filed them. */
export const languages: Readonly<Record<string, readonly [label: string, ...written: string[]]>> = {
  eng: ['English', 'eng', 'English'],
  fra: ['French', 'fre', 'fra', 'French'],
  deu: ['German', 'ger', 'deu', 'German'],
  ita: ['Italian', 'ita', 'Italian'],
  spa: ['Spanish', 'spa', 'Spanish'],
  rus: ['Russian', 'rus', 'Russian'],
  jpn: ['Japanese', 'jpn', 'Japanese'],
};

/** Orders it knows, as its query wants them. */
export const orders: Readonly<Record<string, readonly [label: string, query: string]>> = {
  popular: ['Most watched', 'downloads desc'],
  added: ['Newest here', 'publicdate desc'],
  newest: ['Year, newest first', 'date desc'],
  oldest: ['Year, oldest first', 'date asc'],
  name: ['Name', 'titleSorter asc'],
  size: ['Size', 'item_size desc'],
};

/** Documents a page. */
export const pageSize = 50;

const option = ([id, label]: readonly [string, string]) => ({ id, label });
const labelled = (table: Readonly<Record<string, readonly [label: string, ...unknown[]]>>) =>
  Object.entries(table).map(([id, [label]]) => ({ id, label }));

/** A filter as it is without being told otherwise. */
const usual = { isRequired: false } as const;

export const archiveManifest: ProviderManifest = {
  schema: 1,
  id: 'org.archive',
  name: 'Internet Archive',
  version: '1.0.0',
  description: 'Films that are free to watch and share: public domain and Creative Commons.',
  runtime: 'builtin',
  types: ['movie'],
  resources: [{ name: 'catalog' }, { name: 'metadata' }, { name: 'source' }],
  catalogs: [
    {
      type: 'movie',
      id: 'films',
      name: 'Internet Archive films',
      pageSize,
      extra: [
        { ...usual, name: 'search', label: 'Search', type: 'text' },
        {
          ...usual,
          name: 'collection',
          label: 'Collection',
          type: 'multiselect',
          options: collections.map(option),
          optionsLimit: collections.length,
          default: 'feature_films,silent_films,SciFi_Horror,Comedy_Films,Film_Noir',
        },
        { ...usual, name: 'year', label: 'Year', type: 'range', min: 1888, max: 2100, step: 1 },
        { ...usual, name: 'subject', label: 'Subject', type: 'text' },
        { ...usual, name: 'language', label: 'Language', type: 'select', options: labelled(languages) },
        {
          ...usual,
          name: 'sort',
          label: 'Order',
          type: 'sort',
          options: labelled(orders),
          default: 'popular',
        },
      ],
    },
  ],
  config: [],
  homepage: 'https://archive.org',
  hints: {},
  legal: {
    contentLicences: ['Public domain', 'Creative Commons'],
    attribution: 'From the Internet Archive',
  },
};
